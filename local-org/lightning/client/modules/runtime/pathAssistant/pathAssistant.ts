import { LightningElement, api, wire } from 'lwc';
import type { WireResult } from 'salesforce-wire';
import { ShowToastEvent } from '../../../adapters/platformShowToastEvent';
import { getPicklistValues } from '../../../adapters/uiObjectInfoApi';
import { getRecord, updateRecord } from '../../../adapters/uiRecordApi';
import { messagesOf } from '../../../messages';
import { recordTypeOf, type RecordData } from '../../../record-cells';

interface PicklistValue {
  readonly label: string;
  readonly value: string;
  readonly attributes: { readonly closed?: boolean } | null;
}
interface Step {
  readonly value: string;
  readonly label: string;
  readonly cssClass: string;
  readonly current: 'step' | undefined;
}

/** The picklist that an object's path follows. */
const PATH_FIELDS: Readonly<Record<string, string>> = { Opportunity: 'StageName', Lead: 'Status' };

/** `runtime_sales_pathassistant:pathAssistant`: the open stages of the record's type, and on to the next one. */
export default class PathAssistant extends LightningElement {
  @api recordId?: string;
  @api objectApiName?: string;

  saving = false;

  @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
  record?: WireResult<RecordData>;

  @wire(getPicklistValues, { recordTypeId: '$recordTypeId', fieldApiName: '$field' })
  picklist?: WireResult<{ values: readonly PicklistValue[] }>;

  get field(): string | undefined {
    const field = PATH_FIELDS[this.objectApiName ?? ''];
    return field === undefined ? undefined : `${this.objectApiName ?? ''}.${field}`;
  }

  get fields(): string[] {
    return this.field === undefined ? [] : [this.field];
  }

  get recordTypeId(): string | undefined {
    return recordTypeOf(this.record?.data);
  }

  private get current(): unknown {
    return this.record?.data?.fields[PATH_FIELDS[this.objectApiName ?? ''] ?? '']?.value;
  }

  /** Closed stages that the record is not in stay off the path. */
  private get values(): readonly PicklistValue[] {
    const values = this.picklist?.data?.values ?? [];
    return values.filter(({ attributes, value }) => attributes?.closed !== true || value === this.current);
  }

  private get place(): number {
    return this.values.findIndex(({ value }) => value === this.current);
  }

  get steps(): Step[] {
    return this.values.map(({ value, label }, index) => {
      const state =
        index === this.place
          ? 'slds-is-current slds-is-active'
          : index < this.place
            ? 'slds-is-complete'
            : 'slds-is-incomplete';
      return { value, label, cssClass: `slds-path__item ${state}`, current: index === this.place ? 'step' : undefined };
    });
  }

  get hasSteps(): boolean {
    return this.steps.length > 0;
  }

  get next(): PicklistValue | undefined {
    return this.place < 0 ? undefined : this.values[this.place + 1];
  }

  get error(): string | undefined {
    const error = this.record?.error ?? this.picklist?.error;
    return error && messagesOf(error);
  }

  async handleComplete(): Promise<void> {
    const { next } = this;
    const field = PATH_FIELDS[this.objectApiName ?? ''];
    if (!next || field === undefined) return;
    this.saving = true;
    try {
      await updateRecord({ fields: { Id: this.recordId, [field]: next.value } });
      this.dispatchEvent(new ShowToastEvent({ title: 'Stage changed successfully.', variant: 'success' }));
    } catch (error) {
      this.dispatchEvent(new ShowToastEvent({ title: messagesOf(error), variant: 'error', mode: 'sticky' }));
    } finally {
      this.saving = false;
    }
  }
}
