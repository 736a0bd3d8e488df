import { LightningElement, api, wire } from 'lwc';
import type { WireResult } from 'salesforce-wire';
import { getRelatedListRecords } from '../../../adapters/uiRelatedListApi';
import { recordUrl } from '../../../context';
import { messagesOf } from '../../../messages';
import { cells, type Cell, type RecordData } from '../../../record-cells';

export interface RelatedListInfo {
  readonly relatedListId: string;
  readonly label: string;
  readonly objectApiName: string;
  readonly sortBy: string | null;
  readonly displayColumns: readonly { readonly fieldApiName: string; readonly label: string }[];
}

const PAGE_SIZE = 6;

/** One related list as a card with a table. */
export default class RelatedList extends LightningElement {
  @api recordId?: string;
  @api info?: RelatedListInfo;

  pageSize = PAGE_SIZE;

  @wire(getRelatedListRecords, {
    parentRecordId: '$recordId',
    relatedListId: '$info.relatedListId',
    optionalFields: '$fields',
    pageSize: '$pageSize',
  })
  records?: WireResult<{ records: readonly RecordData[]; nextPageToken: string | null }>;

  get fields(): string[] {
    const { objectApiName = '', displayColumns = [] } = this.info ?? {};
    return displayColumns.map(({ fieldApiName }) => `${objectApiName}.${fieldApiName}`);
  }

  get heading(): string {
    const count = this.rows.length;
    return `${this.info?.label ?? ''} (${this.records?.data?.nextPageToken ? `${String(count)}+` : String(count)})`;
  }

  get icon(): string {
    return this.info?.objectApiName === 'Opportunity' ? 'standard:opportunity' : 'standard:related_list';
  }

  get rows(): { id: string; cells: Cell[] }[] {
    const paths = (this.info?.displayColumns ?? []).map(({ fieldApiName }) => fieldApiName);
    return (this.records?.data?.records ?? []).map((record) => ({
      id: record.id,
      cells: cells(record, paths).map((cell) =>
        cell.key === 'Name' ? { ...cell, url: recordUrl(record.apiName, record.id) } : cell,
      ),
    }));
  }

  get empty(): boolean {
    return this.rows.length === 0;
  }

  get more(): boolean {
    return Boolean(this.records?.data?.nextPageToken);
  }

  get error(): string | undefined {
    return this.records?.error && messagesOf(this.records.error);
  }

  handleMore(): void {
    this.pageSize += 50;
  }
}
