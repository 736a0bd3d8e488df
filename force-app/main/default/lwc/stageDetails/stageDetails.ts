import { LightningElement, api } from 'lwc';

/** A label and its text; rows without a text are left out by whoever builds them. */
export interface DetailRow {
  readonly label: string;
  readonly text: string;
}

/** What there is to know about one stage, in two columns as the platform's path shows key fields and guidance. */
export default class StageDetails extends LightningElement {
  @api heading = '';
  @api factsHeading = '';
  @api guidanceHeading = '';
  /** Dates, days, owner, SLA, RACI. */
  @api facts: readonly DetailRow[] = [];
  /** Definition, entry rule, next step. */
  @api guidance: readonly DetailRow[] = [];
}
