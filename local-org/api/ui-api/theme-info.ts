import type { ObjectDef } from '../../schema/types.ts';

/** "Theme Info", User Interface API Developer Guide: a colour in six hexadecimal digits and the icon's address. */
export interface ThemeInfo {
  readonly color: string;
  readonly iconUrl: string;
}

/** Below this path every org serves the icons of its objects. */
export const ICON_PATH = '/img/icon/t4v35';

/** Icon and colour of an object; those of the Lightning Design System (`slds-icon-standard-…`). */
const THEMES: Readonly<Record<string, readonly [icon: string, color: string]>> = {
  Account: ['account', '5867E8'],
  Campaign: ['campaign', '9050E9'],
  CampaignMember: ['campaign_members', 'FF5D2D'],
  Contact: ['contact', '9602C7'],
  Contract: ['contract', '396547'],
  Dashboard: ['dashboard', '2F2CB7'],
  EmailMessage: ['email', '939393'],
  Event: ['event', 'CB65FF'],
  Group: ['groups', '1B96FF'],
  Lead: ['lead', '1B96FF'],
  Opportunity: ['opportunity', 'FF5D2D'],
  OpportunityContactRole: ['opportunity_contact_role', '5867E8'],
  Order: ['orders', '1B96FF'],
  Pricebook2: ['pricebook', '9050E9'],
  Product2: ['product', '9050E9'],
  Report: ['report', '06A59A'],
  Task: ['task', '3BA755'],
  User: ['user', '107CAD'],
};

/** Of custom objects, whatever their tab shows, and of objects without an icon of their own. */
const OTHERS = { custom: ['custom', '939393'], standard: ['default', '939393'] } as const;

/** Colour and icon of an object, as the org at `baseUrl` serves it. */
export function themeInfo(object: ObjectDef, baseUrl: string): ThemeInfo {
  const [icon, color] = THEMES[object.name] ?? (object.custom ? OTHERS.custom : OTHERS.standard);
  return { color, iconUrl: `${baseUrl}${ICON_PATH}/standard/${icon}_120.png` };
}
