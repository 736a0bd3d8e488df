/**
 * The order in which components of one deploy enter the org, whatever their order in the zip. What a type refers to comes before it.
 * The platform does not publish its own; this is the order that CumulusCI and NPSP deploy in.
 */
const ORDER: readonly string[] = [
  'Settings',
  'GlobalValueSet',
  'StandardValueSet',
  'CustomObject',
  'CustomPermission',
  'CustomField',
  'CustomMetadata',
  'CustomLabels',
  'CustomLabel',
  'ApexClass',
  'ApexTrigger',
  'StaticResource',
  'LightningComponentBundle',
  'CompactLayout',
  'BusinessProcess',
  'RecordType',
  'ValidationRule',
  'ListView',
  'WebLink',
  'FieldSet',
  'CustomTab',
  'QuickAction',
  'Queue',
  'CustomNotificationType',
  'MatchingRule',
  'DuplicateRule',
  'Flow',
  'FlowDefinition',
  'FlexiPage',
  'Layout',
  'CustomApplication',
  'PathAssistant',
  'ReportType',
  'ReportFolder',
  'Report',
  'DashboardFolder',
  'Dashboard',
  'LeadConvertSettings',
  'PermissionSet',
  'Profile',
];
const RANKS = new Map(ORDER.map((type, index) => [type, index]));
const BEFORE_PERMISSIONS = ORDER.indexOf('LeadConvertSettings');

/** Smaller first. Types that nothing here refers to come just before permission sets. */
export const rankOf = (type: string): number => RANKS.get(type) ?? BEFORE_PERMISSIONS;
