/**
 * Types whose content the org understands, checks and acts on. Anything else is stored and given back as it came, and the
 * deploy says so.
 */
export const MODELLED_TYPES: ReadonlySet<string> = new Set([
  'BusinessProcess',
  'CompactLayout',
  'CustomApplication',
  'CustomField',
  'CustomLabel',
  'CustomLabels',
  'CustomObject',
  'CustomPermission',
  'CustomTab',
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
  'RecordType',
  'Settings',
  'StandardValueSet',
  'ValidationRule',
]);

export const storedUnchanged = (type: string): string =>
  `The local org does not model ${type}: the component is stored and returned unchanged and has no effect.`;

/** Name of the schema's type for a component: settings have a type of their own each. */
export function schemaTypeOf(type: string, fullName: string): string {
  return type === 'Settings' ? `${fullName}Settings` : type;
}
