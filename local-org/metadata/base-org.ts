import type { MetadataStore } from './open-metadata-store.ts';
import { standardLayouts } from './base-org/layouts.ts';
import { standardProfiles } from './base-org/profiles.ts';
import { LEAD_CONVERT_SETTINGS, SETTINGS } from './base-org/settings.ts';
import { STANDARD_VALUE_SETS } from './base-org/standard-value-sets.ts';

/** Objects whose own settings an org has from the start. Sharing as in a new org: Help, "Organization-Wide Sharing Defaults". */
const OBJECTS: Readonly<Record<string, string>> = {
  Account: 'ReadWrite',
  Campaign: 'ReadWrite',
  CampaignMember: 'ControlledByParent',
  Contact: 'ControlledByParent',
  Contract: 'ControlledByParent',
  Event: 'Private',
  Lead: 'ReadWriteTransfer',
  Opportunity: 'ReadWrite',
  OpportunityContactRole: 'ControlledByParent',
  OpportunityLineItem: 'ControlledByParent',
  Order: 'ControlledByParent',
  Product2: 'ReadWrite',
  Task: 'Private',
  User: 'Read',
};
const SALES_TABS = [
  'standard-home',
  'standard-Opportunity',
  'standard-Lead',
  'standard-Task',
  'standard-File',
  'standard-Account',
  'standard-Contact',
  'standard-Campaign',
  'standard-Dashboard',
  'standard-report',
  'standard-Feed',
  'standard-OtherUserProfile',
  'standard-Event',
];

/** Puts into an empty store what a new Enterprise org has. Does nothing to a store that has it already. */
export function seedBaseOrg(store: MetadataStore, at: Date = new Date()): void {
  if (store.get('StandardValueSet', 'OpportunityStage')) return;
  const put = (type: string, fullName: string, metadata: Readonly<Record<string, unknown>>): void => {
    store.put({ type, fullName, metadata, at });
  };
  for (const [name, standardValue] of Object.entries(STANDARD_VALUE_SETS))
    put('StandardValueSet', name, { sorted: false, standardValue });
  for (const [name, metadata] of Object.entries(SETTINGS)) put('Settings', name, metadata);
  put('LeadConvertSettings', 'LeadConvertSettings', LEAD_CONVERT_SETTINGS);
  for (const [name, sharingModel] of Object.entries(OBJECTS)) {
    put('CustomObject', name, {
      compactLayoutAssignment: 'SYSTEM',
      enableFeeds: false,
      enableHistory: name === 'Opportunity',
      sharingModel,
    });
  }
  for (const [name, metadata] of standardLayouts()) put('Layout', name, metadata);
  for (const [name, metadata] of standardProfiles()) put('Profile', name, metadata);
  put('CustomApplication', 'standard__LightningSales', {
    formFactors: ['Large', 'Small'],
    label: 'Sales',
    navType: 'Standard',
    tabs: SALES_TABS,
    uiType: 'Lightning',
  });
  put('CustomApplication', 'standard__Sales', { label: 'Sales', tabs: SALES_TABS.slice(0, 8), uiType: 'Aloha' });
}
