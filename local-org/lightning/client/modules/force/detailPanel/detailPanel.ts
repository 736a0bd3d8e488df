import { LightningElement, api, wire } from 'lwc';
import type { WireResult } from 'salesforce-wire';
import { getLayout } from '../../../adapters/uiLayoutApi';
import { getObjectInfo, getPicklistValuesByRecordType } from '../../../adapters/uiObjectInfoApi';
import { getRecord, updateRecord } from '../../../adapters/uiRecordApi';
import type { Layout, LayoutItem } from '../../../layout';
import { messagesOf } from '../../../messages';
import { EDITABLE_TYPES, type Editable } from '../inputField/inputField';
import { lookupCell, recordTypeOf, type Cell, type RecordData } from '../../../record-cells';

interface ObjectInfo {
  readonly updateable: boolean;
  readonly fields: Readonly<Record<string, { relationshipName: string | null; dataType: string } | undefined>>;
}
interface PicklistValues {
  readonly picklistFieldValues: Readonly<
    Record<string, { values: readonly { label: string; value: string }[] } | undefined>
  >;
}
interface Item {
  readonly key: string;
  readonly label: string;
  readonly value: Cell | undefined;
  /** Set while the record is being edited and the field may be. */
  readonly editable: Editable | undefined;
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
  editing = false;
  saving = false;
  saveError?: string;
  /** What the user has changed so far, by field. */
  changes: Readonly<Record<string, unknown>> = {};

  @wire(getRecord, { recordId: '$recordId', layoutTypes: '$layoutTypes' })
  record?: WireResult<RecordData>;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  objectInfo?: WireResult<ObjectInfo>;

  @wire(getLayout, { objectApiName: '$objectApiName', recordTypeId: '$recordTypeId', layoutType: 'Full' })
  layout?: WireResult<Layout>;

  @wire(getPicklistValuesByRecordType, { objectApiName: '$objectApiName', recordTypeId: '$recordTypeId' })
  picklists?: WireResult<PicklistValues>;

  get recordTypeId(): string | undefined {
    return recordTypeOf(this.record?.data);
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

  private itemOf(record: RecordData, item: LayoutItem, key: string): Item {
    const { label, layoutComponents } = item;
    const field = layoutComponents[0]?.apiName ?? null;
    if (field === null) return { key, label: '', value: undefined, editable: undefined };
    const editable = this.editing ? this.editableOf(record, item, field) : undefined;
    if (editable) return { key: field, label, value: undefined, editable };
    const relationship = this.objectInfo?.data?.fields[field]?.relationshipName ?? null;
    return { key: field, label, value: lookupCell(record, field, relationship), editable: undefined };
  }

  private editableOf(
    record: RecordData,
    { label, editableForUpdate, required }: LayoutItem,
    field: string,
  ): Editable | undefined {
    const dataType = this.objectInfo?.data?.fields[field]?.dataType ?? '';
    if (!editableForUpdate || !EDITABLE_TYPES.includes(dataType)) return undefined;
    const options = dataType === 'Picklist' ? (this.picklists?.data?.picklistFieldValues[field]?.values ?? []) : null;
    const value = field in this.changes ? this.changes[field] : (record.fields[field]?.value ?? null);
    return { field, label, dataType, required, options, value };
  }

  get mayEdit(): boolean {
    return this.record?.data !== undefined && this.objectInfo?.data?.updateable === true;
  }

  get error(): string | undefined {
    const error = this.record?.error ?? this.layout?.error ?? this.objectInfo?.error;
    return error && messagesOf(error);
  }

  handleEdit(): void {
    this.editing = true;
    this.changes = {};
    this.saveError = undefined;
  }

  handleCancel(): void {
    this.editing = false;
    this.saveError = undefined;
  }

  handleFieldChange(event: CustomEvent<{ field: string; value: unknown }>): void {
    this.changes = { ...this.changes, [event.detail.field]: event.detail.value };
  }

  async handleSave(): Promise<void> {
    this.saving = true;
    this.saveError = undefined;
    try {
      if (Object.keys(this.changes).length > 0) await updateRecord({ fields: { Id: this.recordId, ...this.changes } });
      this.editing = false;
    } catch (error) {
      this.saveError = messagesOf(error);
    } finally {
      this.saving = false;
    }
  }
}
