import { standardLayouts } from './layouts.ts';
import { ADMINISTRATOR_PERMISSIONS } from './system-permissions.ts';

/** Profiles that every org has, with the rights that matter to deploys, data access and audits. Help, "Standard Profiles". */
export const SYSTEM_ADMINISTRATOR = 'Admin';
/** The API's names of standard profiles differ from their labels: `Admin` is System Administrator. Metadata API Developer Guide, Profile. */
export const PROFILE_LABELS: Readonly<Record<string, string>> = {
  Admin: 'System Administrator',
  Standard: 'Standard User',
  'Minimum Access - Salesforce': 'Minimum Access - Salesforce',
};

const DATA_OBJECTS = [
  'Account',
  'Campaign',
  'Contact',
  'Contract',
  'Lead',
  'Opportunity',
  'Order',
  'Pricebook2',
  'Product2',
];
const STANDARD_PERMISSIONS = [
  'ActivityTimeline',
  'ApiEnabled',
  'ConvertLeads',
  'LightningExperienceUser',
  'RunReports',
  'ViewHelpLink',
];

const userPermissions = (names: readonly string[]) => names.map((name) => ({ enabled: true, name }));

const objectPermissions = (all: boolean, objects: readonly string[] = DATA_OBJECTS) =>
  objects.map((object) => ({
    allowCreate: true,
    allowDelete: all,
    allowEdit: true,
    allowRead: true,
    modifyAllRecords: all,
    object,
    viewAllRecords: all,
  }));

const layoutAssignments = () => [...standardLayouts().keys()].map((layout) => ({ layout }));
const applicationVisibilities = (isDefault: boolean) => [
  { application: 'standard__LightningSales', default: isDefault, visible: true },
  { application: 'standard__Sales', default: false, visible: true },
];
const tabVisibilities = () =>
  ['Account', 'Campaign', 'Contact', 'Lead', 'Opportunity', 'Product2'].map((object) => ({
    tab: `standard-${object}`,
    visibility: 'DefaultOn',
  }));

/** fullName -> Profile metadata. */
export function standardProfiles(): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  return new Map<string, Readonly<Record<string, unknown>>>([
    [
      SYSTEM_ADMINISTRATOR,
      {
        applicationVisibilities: applicationVisibilities(true),
        custom: false,
        layoutAssignments: layoutAssignments(),
        objectPermissions: objectPermissions(true),
        tabVisibilities: tabVisibilities(),
        userLicense: 'Salesforce',
        userPermissions: userPermissions(ADMINISTRATOR_PERMISSIONS),
      },
    ],
    [
      'Standard',
      {
        applicationVisibilities: applicationVisibilities(true),
        custom: false,
        layoutAssignments: layoutAssignments(),
        objectPermissions: objectPermissions(false),
        tabVisibilities: tabVisibilities(),
        userLicense: 'Salesforce',
        userPermissions: userPermissions(STANDARD_PERMISSIONS),
      },
    ],
    [
      'Minimum Access - Salesforce',
      {
        custom: false,
        layoutAssignments: layoutAssignments(),
        userLicense: 'Salesforce',
        userPermissions: userPermissions(['LightningExperienceUser']),
      },
    ],
  ]);
}
