import type { CustomObject, FlexiPage } from '@salesforce/types/metadata';
import type { MetadataReader } from '../../metadata/types.ts';
import { metadataOf } from '../../api/ui-api/metadata-of-org.ts';
import { flexipageTree, type PlacedComponent, type RecordPage } from './flexipage-tree.ts';

const component = (
  name: string,
  facets: PlacedComponent['facets'] = {},
  properties: PlacedComponent['properties'] = {},
): PlacedComponent => ({
  name,
  key: `${name}-${properties.title ?? ''}`,
  properties,
  facets,
});
const tab = (title: string, body: PlacedComponent): PlacedComponent =>
  component('flexipage:tab', { body: [body] }, { title });

/** Objects whose default page has a path. */
const WITH_PATH: readonly string[] = ['Opportunity', 'Lead', 'Contract', 'Order'];

/** What an object shows that has no Lightning page of its own: path, details, related lists, activity. */
const defaultPage = (object: string): RecordPage => ({
  name: null,
  template: 'flexipage:recordHomeWithSubheaderTemplateDesktop',
  regions: [
    { name: 'header', components: [component('force:highlightsPanel')] },
    {
      name: 'subheader',
      components: WITH_PATH.includes(object) ? [component('runtime_sales_pathassistant:pathAssistant')] : [],
    },
    {
      name: 'main',
      components: [
        component('flexipage:tabset', {
          tabs: [
            tab('Standard.Tab.relatedLists', component('force:relatedListContainer')),
            tab('Standard.Tab.detail', component('force:detailPanel')),
          ],
        }),
      ],
    },
    {
      name: 'sidebar',
      components: [
        component('flexipage:tabset', {
          tabs: [tab('Standard.Tab.activity', component('runtime_sales_activities:activityPanel'))],
        }),
      ],
    },
  ],
});

/**
 * The object's record page on the desktop: the org default (an action override of View, form factor Large), otherwise the
 * platform's own. Sources: Metadata API Developer Guide, ActionOverride; assignments by app, record type and profile are not
 * looked at.
 */
export function recordPage(metadata: MetadataReader, object: string): RecordPage {
  const overrides = metadataOf<CustomObject>(metadata.get('CustomObject', object)).actionOverrides ?? [];
  const view = overrides.find(
    ({ actionName, formFactor, type }) => actionName === 'View' && type === 'Flexipage' && formFactor !== 'Small',
  );
  const assigned = view?.content === undefined ? undefined : metadata.get('FlexiPage', view.content);
  return assigned ? flexipageTree(assigned.fullName, metadataOf<FlexiPage>(assigned)) : defaultPage(object);
}
