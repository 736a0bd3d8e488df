import { LightningElement, api, wire } from 'lwc';
import type { WireResult } from 'salesforce-wire';
import { getRelatedListInfo } from '../../../adapters/uiRelatedListApi';
import { messagesOf } from '../../../messages';
import type { RelatedListInfo } from '../relatedList/relatedList';

/** `force:relatedListSingleContainer` and `lst:dynamicRelatedList`: one related list by its relationship. */
export default class RelatedListSingleContainer extends LightningElement {
  @api recordId?: string;
  @api objectApiName?: string;
  @api relatedListApiName?: string;

  @wire(getRelatedListInfo, { parentObjectApiName: '$objectApiName', relatedListId: '$relatedListApiName' })
  list?: WireResult<RelatedListInfo>;

  get error(): string | undefined {
    return this.list?.error && messagesOf(this.list.error);
  }
}
