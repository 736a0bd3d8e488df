import { LightningElement, api } from 'lwc';
import type { Cell } from '../../../record-cells';

/** One field of a record: label above, value below, a lookup as a link. */
export default class OutputField extends LightningElement {
  @api label = '';
  @api value?: Cell;
}
