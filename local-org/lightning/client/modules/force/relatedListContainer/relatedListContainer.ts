import { LightningElement, api, wire } from 'lwc';
import type { WireResult } from 'salesforce-wire';
import { getRecord } from '../../../adapters/uiRecordApi';
import { getRelatedListsInfo } from '../../../adapters/uiRelatedListApi';
import { messagesOf } from '../../../messages';
import { recordTypeOf, type RecordData } from '../../../record-cells';
import type { RelatedListInfo } from '../relatedList/relatedList';

/** `force:relatedListContainer`: the related lists of the record's page layout. */
export default class RelatedListContainer extends LightningElement {
  @api recordId?: string;
  @api objectApiName?: string;

  layoutTypes = ['Compact'];

  @wire(getRecord, { recordId: '$recordId', layoutTypes: '$layoutTypes' })
  record?: WireResult<RecordData>;

  @wire(getRelatedListsInfo, { parentObjectApiName: '$objectApiName', recordTypeId: '$recordTypeId' })
  lists?: WireResult<{ relatedLists: readonly RelatedListInfo[] }>;

  get recordTypeId(): string | undefined {
    return recordTypeOf(this.record?.data);
  }

  get relatedLists(): readonly RelatedListInfo[] {
    return this.lists?.data?.relatedLists ?? [];
  }

  get empty(): boolean {
    return this.lists?.data?.relatedLists.length === 0;
  }

  get error(): string | undefined {
    return this.lists?.error && messagesOf(this.lists.error);
  }
}
