import type { CustomApplication, CustomObject, FlexiPage } from '@salesforce/types/metadata';
import type { MetadataReader } from '../../metadata/types.ts';
import { profileComponent } from '../../data/user-context.ts';
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

/** Who looks at which record: what a page can be assigned by. */
export interface PageViewer {
  /** What people see as the profile's name: `System Administrator`. */
  readonly profileName: string;
  /** Developer name of the record's type; null for the master record type. */
  readonly recordType: string | null;
}

/** The Lightning app that the pages stand in: Sales. */
export const SALES_APP = 'standard__LightningSales';
/** How metadata names the record type of records without one. */
const MASTER = 'Master';

interface Override {
  readonly actionName?: string;
  readonly content?: string;
  readonly formFactor?: string;
  readonly type?: string;
}

const isPageOfView = ({ actionName, formFactor, type, content }: Override): boolean =>
  actionName === 'View' && type === 'Flexipage' && formFactor !== 'Small' && content !== undefined;

/**
 * The object's record page on the desktop. The most specific assignment wins: app, record type and profile; then the
 * app's default; then the org's; then the platform's own page. Sources: Help, "Activate Lightning Experience Record
 * Pages"; Metadata API Developer Guide, CustomApplication (profileActionOverrides, actionOverrides) and ActionOverride.
 */
export function recordPage(metadata: MetadataReader, object: string, viewer: PageViewer): RecordPage {
  const app = metadataOf<CustomApplication>(metadata.get('CustomApplication', SALES_APP));
  const ofObject = <T extends { readonly pageOrSobjectType: string }>(overrides: readonly T[] | undefined): T[] =>
    (overrides ?? []).filter(({ pageOrSobjectType }) => pageOrSobjectType === object);
  const profile = profileComponent(metadata, viewer.profileName)?.fullName;
  const recordType = `${object}.${viewer.recordType ?? MASTER}`;
  const byProfile = ofObject(app.profileActionOverrides).filter(
    (override) => override.profile === profile && (override.recordType ?? `${object}.${MASTER}`) === recordType,
  );
  const ofOrg = metadataOf<CustomObject>(metadata.get('CustomObject', object)).actionOverrides ?? [];
  const view = [byProfile, ofObject(app.actionOverrides), ofOrg].flatMap(
    (overrides: readonly Override[]) => overrides.find(isPageOfView) ?? [],
  )[0];
  const assigned = view?.content === undefined ? undefined : metadata.get('FlexiPage', view.content);
  return assigned ? flexipageTree(assigned.fullName, metadataOf<FlexiPage>(assigned)) : defaultPage(object);
}
