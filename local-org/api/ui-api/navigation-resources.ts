import type { CustomApplication, CustomTab } from '@salesforce/types/metadata';
import type { StoredComponent } from '../../metadata/types.ts';
import type { Resource } from '../rest/resource.ts';
import { etagOf } from './etag.ts';
import { metadataOf } from './metadata-of-org.ts';
import { themeInfo } from './theme-info.ts';
import type { UiCall } from './ui-call.ts';

type Json = Readonly<Record<string, unknown>>;

/** The app that every org has and that users see first. */
const FIRST_APP = 'standard__LightningSales';

const PAGES: Readonly<Record<string, { readonly label: string; readonly url: string }>> = {
  'standard-home': { label: 'Home', url: '/lightning/page/home' },
};

/** One tab of an app; null for a tab whose object or page the org does not show. */
function navItem({ context, tx }: UiCall, tab: string): Json | null {
  const page = PAGES[tab];
  const custom = metadataOf<CustomTab>(context.org.metadata.get('CustomTab', tab));
  const objectName = tab.startsWith('standard-') ? tab.slice('standard-'.length) : tab;
  const object = page ? undefined : tx.schema.object(objectName);
  if (!page && !object && custom.flexiPage === undefined) return null;
  const theme = object ? themeInfo(object, context.baseUrl()) : null;
  const url = page?.url ?? (object ? `/lightning/o/${object.name}/home` : `/lightning/n/${tab}`);
  return {
    availableInClassic: true,
    availableInLightning: true,
    color: theme?.color ?? null,
    content: url,
    custom: !tab.startsWith('standard-'),
    developerName: tab,
    iconUrl: theme?.iconUrl ?? null,
    id: null,
    itemType: object ? 'Entity' : 'Standard',
    label: page?.label ?? object?.labelPlural ?? custom.label ?? tab,
    objectApiName: object?.name ?? null,
    objectLabel: object?.label ?? null,
    objectLabelPlural: object?.labelPlural ?? null,
    pageReference: null,
    standardType: tab.startsWith('standard-') ? objectName : null,
  };
}

const itemsOf = (ui: UiCall, app: StoredComponent | undefined): readonly Json[] =>
  (metadataOf<CustomApplication>(app).tabs ?? []).map((tab) => navItem(ui, tab)).filter((item) => item !== null);

const isLightning = (app: StoredComponent): boolean => metadataOf<CustomApplication>(app).uiType === 'Lightning';

function appJson(ui: UiCall, app: StoredComponent): Json {
  const { label, description, formFactors } = metadataOf<CustomApplication>(app);
  const body = {
    appId: app.id,
    description: description ?? null,
    developerName: app.fullName.replace(/^standard__/, ''),
    formFactors: formFactors ?? ['Large'],
    label: label ?? app.fullName,
    navItems: itemsOf(ui, app),
    selected: app.fullName === FIRST_APP,
    type: 'Lightning',
  };
  return { ...body, eTag: etagOf(body) };
}

const navItems: Resource = {
  method: 'GET',
  path: '/ui-api/nav-items',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const body = { navItems: itemsOf(ui, context.org.metadata.get('CustomApplication', FIRST_APP)) };
    return { status: 200, body: { ...body, eTag: etagOf(body) } };
  },
};

const apps: Resource = {
  method: 'GET',
  path: '/ui-api/apps',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const all = context.org.metadata.ofType('CustomApplication').filter(isLightning);
    return { status: 200, body: { apps: all.map((app) => appJson(ui, app)) } };
  },
};

/** Apps and the tabs of the first one ("Get Navigation Items", "Get Apps", User Interface API Developer Guide). */
export const navigationResources: readonly Resource[] = [navItems, apps];
