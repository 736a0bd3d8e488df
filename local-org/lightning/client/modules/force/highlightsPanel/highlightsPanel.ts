import { LightningElement, api, wire } from 'lwc';
import type { WireResult } from 'salesforce-wire';
import { getLayout } from '../../../adapters/uiLayoutApi';
import { getObjectInfo } from '../../../adapters/uiObjectInfoApi';
import { getRecord } from '../../../adapters/uiRecordApi';
import { fieldsOf, iconName, type Layout, type ThemeInfo } from '../../../layout';
import { messagesOf } from '../../../messages';
import { lookupCell, recordTypeOf, type Cell, type RecordData } from '../../../record-cells';

interface ObjectInfo {
  readonly label: string;
  readonly themeInfo: ThemeInfo;
  readonly fields: Readonly<
    Record<string, { label: string; relationshipName: string | null; nameField: boolean } | undefined>
  >;
}

/** `force:highlightsPanel`: the record's name and the fields of its compact layout. */
export default class HighlightsPanel extends LightningElement {
  @api recordId?: string;
  @api objectApiName?: string;

  layoutTypes = ['Compact'];
  nameField: readonly string[] = [];

  @wire(getRecord, { recordId: '$recordId', layoutTypes: '$layoutTypes' })
  record?: WireResult<RecordData>;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  objectInfo?: WireResult<ObjectInfo>;

  @wire(getLayout, { objectApiName: '$objectApiName', recordTypeId: '$recordTypeId', layoutType: 'Compact' })
  layout?: WireResult<Layout>;

  get recordTypeId(): string | undefined {
    return recordTypeOf(this.record?.data);
  }

  get icon(): string {
    return iconName(this.objectInfo?.data?.themeInfo);
  }

  get objectLabel(): string {
    return this.objectInfo?.data?.label ?? '';
  }

  get all(): { key: string; label: string; value: Cell }[] {
    const record = this.record?.data;
    const infos = this.objectInfo?.data?.fields;
    if (!record || !infos || !this.layout?.data) return [];
    return fieldsOf(this.layout.data).map(({ apiName, label }) => ({
      key: apiName,
      label,
      value: lookupCell(record, apiName, infos[apiName]?.relationshipName ?? null),
    }));
  }

  get name(): string {
    return this.all[0]?.value.text ?? '';
  }

  get fields(): { key: string; label: string; value: Cell }[] {
    return this.all.slice(1);
  }

  get error(): string | undefined {
    return this.record?.error && messagesOf(this.record.error);
  }
}
