/**
 * Types whose content the org understands, checks and acts on. Anything else is stored and given back as it came, and the
 * deploy says so.
 */
export const MODELLED_TYPES: ReadonlySet<string> = new Set([
  'ApexClass',
  'BusinessProcess',
  'CompactLayout',
  'CustomApplication',
  'CustomField',
  'CustomLabel',
  'CustomLabels',
  'CustomMetadata',
  'CustomNotificationType',
  'CustomObject',
  'CustomPermission',
  'CustomTab',
  'Dashboard',
  'DashboardFolder',
  'DuplicateRule',
  'FlexiPage',
  'Flow',
  'FlowDefinition',
  'GlobalValueSet',
  'Layout',
  'LeadConvertSettings',
  'LightningComponentBundle',
  'ListView',
  'PathAssistant',
  'PermissionSet',
  'Profile',
  'Queue',
  'QuickAction',
  'RecordType',
  'Report',
  'ReportFolder',
  'ReportType',
  'Settings',
  'StandardValueSet',
  'ValidationRule',
]);

/** Types of features whose data the org does not have: taking them would promise access rules that nothing follows. */
export const REFUSED_TYPES: ReadonlySet<string> = new Set([
  'Territory',
  'Territory2',
  'Territory2Model',
  'Territory2Rule',
  'Territory2Type',
]);

/** The local org's own words; the platform says that the type is not available for the organization. */
export const refusedType = (type: string): string =>
  `The local org does not support ${type}: sales territories are not modelled. Leave the component out of the package.`;

export const storedUnchanged = (type: string): string =>
  `The local org does not model ${type}: the component is stored and returned unchanged and has no effect.`;

/** Folders of reports and dashboards: components of their own (`ReportFolder`), which manifests name under the type that they hold. */
export const isFolderType = (type: string): boolean => type === 'ReportFolder' || type === 'DashboardFolder';

/**
 * Types whose text is kept beside what was understood of it: values of custom metadata carry a type (`xsi:type`) that is returned as
 * it came.
 */
export const keepsText = (type: string): boolean => !MODELLED_TYPES.has(type) || type === 'CustomMetadata';

/** Name of the schema's type for a component: settings have a type of their own each, folders share one. */
export function schemaTypeOf(type: string, fullName: string): string {
  if (type === 'Settings') return `${fullName}Settings`;
  return isFolderType(type) ? 'Folder' : type;
}
