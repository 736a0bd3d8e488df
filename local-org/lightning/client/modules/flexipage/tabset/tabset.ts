import { LightningElement, api } from 'lwc';
import type { PlacedComponent } from '../../../../page/flexipage-tree.ts';

/** Titles that page metadata gives by a key of the platform. */
const STANDARD_TITLES: Readonly<Record<string, string>> = {
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.relatedLists': 'Related',
  'Standard.Tab.activity': 'Activity',
  'Standard.Tab.collaborate': 'Chatter',
  'Standard.Tab.news': 'News',
};

interface Tab {
  readonly key: string;
  readonly label: string;
  readonly body: readonly PlacedComponent[];
}

/** `flexipage:tabset`: the tabs of a page. */
export default class Tabset extends LightningElement {
  @api tabs: readonly PlacedComponent[] = [];
  @api recordId?: string;
  @api objectApiName?: string;

  get shown(): Tab[] {
    return this.tabs.map(({ key, properties, facets }) => ({
      key,
      label: STANDARD_TITLES[properties.title ?? ''] ?? properties.title ?? '',
      body: facets.body ?? [],
    }));
  }

  get active(): string | undefined {
    return (this.tabs.find(({ properties }) => properties.active === 'true') ?? this.tabs[0])?.key;
  }
}
