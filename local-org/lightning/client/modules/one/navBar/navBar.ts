import { LightningElement } from 'lwc';
import { context, listUrl } from '../../../context';

interface Tab {
  readonly key: string;
  readonly label: string;
  readonly url: string;
  readonly cssClass: string;
  readonly current: 'page' | 'false';
}

const ITEM = 'slds-context-bar__item';

/** The app's name and its tabs. */
export default class NavBar extends LightningElement {
  get tabs(): Tab[] {
    const { tabs, route } = context();
    return tabs.map(({ objectApiName, label }) => {
      const active = objectApiName === route.objectApiName;
      return {
        key: objectApiName,
        label,
        url: listUrl(objectApiName),
        cssClass: active ? `${ITEM} slds-is-active` : ITEM,
        current: active ? 'page' : 'false',
      };
    });
  }
}
