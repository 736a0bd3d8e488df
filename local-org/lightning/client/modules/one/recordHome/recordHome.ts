import { LightningElement, api } from 'lwc';
import type { PageRegion, RecordPage } from '../../../../page/flexipage-tree.ts';

const FULL_WIDTH = ['header', 'subheader'];
const SIDE = /sidebar/i;

/** A record page: header regions across, then main and side columns as the page's template has them. */
export default class RecordHome extends LightningElement {
  @api recordId?: string;
  @api objectApiName?: string;
  @api page?: RecordPage;

  get headers(): readonly PageRegion[] {
    return this.regions.filter(({ name }) => FULL_WIDTH.includes(name.toLowerCase()));
  }

  get columns(): readonly (PageRegion & { cssClass: string })[] {
    return this.regions
      .filter(({ name }) => !FULL_WIDTH.includes(name.toLowerCase()))
      .map((region) => ({ ...region, cssClass: SIDE.test(region.name) ? 'column side' : 'column' }));
  }

  private get regions(): readonly PageRegion[] {
    return (this.page?.regions ?? []).filter(({ components }) => components.length > 0);
  }
}
