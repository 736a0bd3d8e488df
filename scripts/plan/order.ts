/**
 * Metadata types in the order in which the platform needs them when they come one after the other: value sets, fields,
 * processes, record types, layouts and paths, access, pages, automation. (One deployment resolves it by itself; the order is for
 * readers and for follow-ups. https://github.com/SFDO-Tooling/CumulusCI and NPSP deploy in it.)
 */
const ORDER = [
  'Settings',
  'StandardValueSet',
  'CustomObject',
  'CustomField',
  'CustomPermission',
  'CompactLayout',
  'BusinessProcess',
  'RecordType',
  'ValidationRule',
  'ListView',
  'Layout',
  'CustomTab',
  'Queue',
  'CustomNotificationType',
  'PathAssistant',
  'ApexClass',
  'CustomLabel',
  'LightningComponentBundle',
  'FlexiPage',
  'PermissionSet',
  'Profile',
  'LayoutAssignment',
  'RecordPage',
  'Flow',
  'Activate',
  'Deactivate',
  'Assign',
] as const;

/** Types that are not in the list come before automation, in their names' order. */
export function stepRank(stepId: string): number {
  const type = stepId.slice(0, stepId.indexOf(':'));
  const index = (ORDER as readonly string[]).indexOf(type);
  return index === -1 ? ORDER.indexOf('Flow') - 0.5 : index;
}
