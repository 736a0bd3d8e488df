import { createElement, type LightningElement } from 'lwc';
import { COMPONENTS } from 'registry';
import App from 'one/app';
import Tabset from 'flexipage/tabset';
import DetailPanel from 'force/detailPanel';
import HighlightsPanel from 'force/highlightsPanel';
import RelatedListContainer from 'force/relatedListContainer';
import RelatedListSingleContainer from 'force/relatedListSingleContainer';
import ActivityPanel from 'runtime/activityPanel';
import PathAssistant from 'runtime/pathAssistant';
import { registered } from './registered';

/** Stand-ins for the standard components of record pages, by the name that page metadata uses. */
const STANDARD: Readonly<Record<string, typeof LightningElement>> = {
  'flexipage:tabset': Tabset,
  'force:detailPanel': DetailPanel,
  'force:highlightsPanel': HighlightsPanel,
  'force:relatedListContainer': RelatedListContainer,
  'force:relatedListSingleContainer': RelatedListSingleContainer,
  'lst:dynamicRelatedList': RelatedListSingleContainer,
  'runtime_sales_activities:activityPanel': ActivityPanel,
  'runtime_sales_pathassistant:pathAssistant': PathAssistant,
};

for (const [name, component] of Object.entries({ ...STANDARD, ...COMPONENTS })) registered.set(name, component);

document.querySelector('#app')?.append(createElement('one-app', { is: App }));
