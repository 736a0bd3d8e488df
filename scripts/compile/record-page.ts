import type { FlexiPage } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { RECORD_PAGE, STAGE_TRACKER } from './names.ts';

type Region = Authored<FlexiPage['flexiPageRegions'][number]>;
type Item = Authored<FlexiPage['flexiPageRegions'][number]['itemInstances'][number]>;

/**
 * A component on the page. Its identifier is unique on the page (v49 and later); a custom component's name has no
 * namespace prefix.
 */
const item = (
  name: string,
  properties: Readonly<Record<string, string>> = {},
  identifier = name.replace(':', '_'),
): Item => {
  const componentInstanceProperties = Object.entries(properties).map(([key, value]) => ({ name: key, value }));
  return {
    componentInstance: {
      ...(componentInstanceProperties.length > 0 ? { componentInstanceProperties } : {}),
      componentName: name,
      identifier,
    },
  };
};

const region = (name: string, ...itemInstances: readonly Item[]): Region => ({ itemInstances, name, type: 'Region' });
const facet = (name: string, ...itemInstances: readonly Item[]): Region => ({ itemInstances, name, type: 'Facet' });
const tab = (title: string, body: string, active: boolean): Item =>
  item('flexipage:tab', { ...(active ? { active: 'true' } : {}), body, title: `Standard.Tab.${title}` }, `${body}Tab`);

/**
 * The regions of the page: record header, the stage tracker below it, details and related lists in the middle,
 * activities beside them. A page for Opportunity has no parent page, and its regions therefore no mode. Shape:
 * retrieved record pages, API version 58 and later.
 */
const REGIONS: readonly Region[] = [
  region(
    'header',
    item('force:highlightsPanel', {
      collapsed: 'false',
      enableActionsConfiguration: 'false',
      enableActionsInNative: 'false',
      hideChatterActions: 'false',
      numVisibleActions: '3',
    }),
  ),
  region('subheader', item(STAGE_TRACKER, {}, `c_${STAGE_TRACKER}`)),
  facet('detailTabContent', item('force:detailPanel')),
  facet('relatedTabContent', item('force:relatedListContainer')),
  facet('maintabs', tab('detail', 'detailTabContent', true), tab('relatedLists', 'relatedTabContent', false)),
  region('main', item('flexipage:tabset', { tabs: 'maintabs' })),
  facet('activityTabContent', item('runtime_sales_activities:activityPanel', { showLegacyActivityComposer: 'false' })),
  facet('sidebartabs', tab('activity', 'activityTabContent', true)),
  region('sidebar', item('flexipage:tabset', { tabs: 'sidebartabs' }, 'flexipage_tabset2')),
];

/**
 * One record page for all opportunity types: its parts follow the record (layout by record type, stages by the
 * tracker).
 */
export const compileRecordPage = (): readonly Component[] => [
  define<FlexiPage>(
    'FlexiPage',
    RECORD_PAGE,
    {
      description:
        'Record page for opportunities of the revenue waterfall: the stage tracker above details, related lists and activities.',
      flexiPageRegions: REGIONS,
      masterLabel: 'Waterfall Opportunity Record Page',
      sobjectType: 'Opportunity',
      template: { name: 'flexipage:recordHomeWithSubheaderTemplateDesktop' },
      type: 'RecordPage',
    },
    'name',
  ),
];
