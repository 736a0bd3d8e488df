import { LightningElement, api, wire } from 'lwc';
import type { WireResult } from 'salesforce-wire';
import { getLayout } from '../../../adapters/uiLayoutApi';
import { getObjectInfo } from '../../../adapters/uiObjectInfoApi';
import { getRecord } from '../../../adapters/uiRecordApi';
import type { Layout, LayoutItem } from '../../../layout';
import { messagesOf } from '../../../messages';
import { lookupCell, type Cell, type RecordData } from '../../../record-cells';

interface ObjectInfo {
  readonly fields: Readonly<Record<string, { relationshipName: string | null } | undefined>>;
}
interface Item {
  readonly key: string;
  readonly label: string;
  readonly value: Cell | undefined;
}
interface Section {
  readonly key: string;
  readonly heading: string;
  readonly cssClass: string;
  readonly items: readonly Item[];
}

/** `force:detailPanel`: the record's fields in the sections of the page layout that its record type and profile have. */
export default class DetailPanel extends LightningElement {
  @api recordId?: string;
  @api objectApiName?: string;

  layoutTypes = ['Full'];

  @wire(getRecord, { recordId: '$recordId', layoutTypes: '$layoutTypes' })
  record?: WireResult<RecordData>;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  objectInfo?: WireResult<ObjectInfo>;

  @wire(getLayout, { objectApiName: '$objectApiName', recordTypeId: '$recordTypeId', layoutType: 'Full' })
  layout?: WireResult<Layout>;

  get recordTypeId(): string | undefined {
    return this.record?.data?.recordTypeId ?? undefined;
  }

  get sections(): Section[] {
    const record = this.record?.data;
    if (!record || !this.objectInfo?.data || !this.layout?.data) return [];
    return this.layout.data.sections.map(({ id, heading, useHeading, columns, layoutRows }) => ({
      key: id,
      heading: useHeading ? heading : '',
      cssClass: columns > 1 ? 'grid two' : 'grid',
      items: layoutRows.flatMap(({ layoutItems }, row) =>
        layoutItems.map((item, column) => this.itemOf(record, item, `${String(row)}-${String(column)}`)),
      ),
    }));
  }

  private itemOf(record: RecordData, { label, layoutComponents }: LayoutItem, key: string): Item {
    const field = layoutComponents[0]?.apiName ?? null;
    if (field === null) return { key, label: '', value: undefined };
    const relationship = this.objectInfo?.data?.fields[field]?.relationshipName ?? null;
    return { key: field, label, value: lookupCell(record, field, relationship) };
  }

  get error(): string | undefined {
    const error = this.record?.error ?? this.layout?.error ?? this.objectInfo?.error;
    return error && messagesOf(error);
  }
}
