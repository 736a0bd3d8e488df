import { LightningElement, api, wire } from 'lwc';
import type { WireResult } from 'salesforce-wire';
import { getObjectInfo } from '../../../adapters/uiObjectInfoApi';
import { getListInfoByName, getListInfosByObjectName, getListRecordsByName } from '../../../adapters/uiListsApi';
import { listUrl, recordUrl } from '../../../context';
import { cells, type Cell, type RecordData } from '../../../record-cells';
import { iconName, type ThemeInfo } from '../../../layout';
import { messagesOf } from '../../../messages';

interface ListSummary {
  readonly apiName: string;
  readonly label: string;
}
interface Column {
  readonly fieldApiName: string;
  readonly label: string;
}

const PAGE_SIZE = 50;

/** An object's list views and their records. */
export default class ObjectHome extends LightningElement {
  @api objectApiName?: string;
  /** Developer name; the first list view when there is none. */
  @api listViewApiName?: string | null;

  pageSize = PAGE_SIZE;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  objectInfo?: WireResult<{ labelPlural: string; themeInfo: ThemeInfo }>;

  @wire(getListInfosByObjectName, { objectApiName: '$objectApiName' })
  lists?: WireResult<{ lists: readonly ListSummary[] }>;

  @wire(getListInfoByName, { objectApiName: '$objectApiName', listViewApiName: '$shownList' })
  listInfo?: WireResult<{ label: string; displayColumns: readonly Column[] }>;

  @wire(getListRecordsByName, { objectApiName: '$objectApiName', listViewApiName: '$shownList', pageSize: '$pageSize' })
  records?: WireResult<{ records: readonly RecordData[]; nextPageToken: string | null }>;

  get shownList(): string | undefined {
    return this.listViewApiName ?? this.lists?.data?.lists[0]?.apiName;
  }

  get heading(): string {
    return this.objectInfo?.data?.labelPlural ?? '';
  }

  get icon(): string {
    return iconName(this.objectInfo?.data?.themeInfo);
  }

  get options(): (ListSummary & { selected: boolean })[] {
    return (this.lists?.data?.lists ?? []).map((list) => ({ ...list, selected: list.apiName === this.shownList }));
  }

  get columns(): readonly Column[] {
    return this.listInfo?.data?.displayColumns ?? [];
  }

  get rows(): { id: string; cells: (Cell & { key: string })[] }[] {
    const paths = this.columns.map(({ fieldApiName }) => fieldApiName);
    return (this.records?.data?.records ?? []).map((record) => ({
      id: record.id,
      cells: cells(record, paths).map((cell) =>
        cell.key === 'Name' ? { ...cell, url: recordUrl(record.apiName, record.id) } : cell,
      ),
    }));
  }

  get summary(): string {
    const count = this.rows.length;
    return this.more ? `${String(count)}+ items` : count === 1 ? '1 item' : `${String(count)} items`;
  }

  get more(): boolean {
    return Boolean(this.records?.data?.nextPageToken);
  }

  get error(): string | undefined {
    const error = this.lists?.error ?? this.listInfo?.error ?? this.records?.error;
    return error && messagesOf(error);
  }

  handleListChange(event: Event): void {
    location.assign(listUrl(this.objectApiName ?? '', (event.target as HTMLSelectElement).value));
  }

  handleMore(): void {
    this.pageSize += PAGE_SIZE;
  }
}
