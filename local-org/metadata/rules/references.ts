import { FLOW_VERSION } from '../deploy/flow-versions.ts';
import type { MetadataReader, StoredComponent } from '../types.ts';
import { splitChildName } from './rule.ts';

/** Types whose content may name a component that is about to be deleted, and how the platform calls them in its message. */
const REFERRING_TYPES: Readonly<Record<string, string>> = {
  [FLOW_VERSION]: 'Flow Version',
  ValidationRule: 'Validation Rule',
  FlexiPage: 'Lightning Page',
  // https://github.com/SFDO-Tooling/CumulusCI/issues/142
  CustomField: 'Custom Formula Field',
  CompactLayout: 'Compact Layout',
  PathAssistant: 'Path',
  RecordType: 'Record Type',
  CustomApplication: 'App',
  CustomTab: 'Tab',
  CustomObject: 'Object',
};

/**
 * Types that hinder the deletion of a component of a type. Every version of a flow does, obsolete ones included, and a validation rule
 * while it is active: https://www.simplysfdc.com/2016/09/salesforce-delete-custom-field.html. Page layouts, list views, reports, record
 * types, permission sets and profiles let a field go (deploy/forget-field.ts). For compact layouts and paths it is unconfirmed.
 */
const HINDERED_BY: Readonly<Record<string, readonly string[]>> = {
  CustomField: [FLOW_VERSION, 'ValidationRule', 'CustomField', 'FlexiPage', 'CompactLayout', 'PathAssistant'],
  CustomObject: [FLOW_VERSION, 'CustomField', 'FlexiPage', 'CustomTab'],
  BusinessProcess: ['RecordType'],
  CustomPermission: [FLOW_VERSION, 'ValidationRule', 'CustomField', 'FlexiPage'],
  FlexiPage: ['CustomApplication', 'CustomObject', 'CustomTab'],
  LightningComponentBundle: ['FlexiPage'],
  CompactLayout: ['CustomObject', 'RecordType'],
  GlobalValueSet: ['CustomField'],
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Elements that name a component of these types; other types are named inside formulas and paths. */
const NAMING_ELEMENTS: Readonly<Record<string, string>> = {
  BusinessProcess: '"businessProcess":"',
  CompactLayout: '"compactLayoutAssignment":"',
  FlexiPage: '"(?:content|flexiPage|utilityBar)":"',
  GlobalValueSet: '"valueSetName":"',
  LightningComponentBundle: '"componentName":"(?:c:)?',
};

/** Pattern that finds a component's own name in another component's content, written as JSON. */
function patternFor(type: string, fullName: string): RegExp {
  const [, child] = splitChildName(fullName);
  const name = child === '' ? fullName : child;
  const naming = NAMING_ELEMENTS[type];
  if (naming !== undefined) return new RegExp(`${naming}${escaped(JSON.stringify(name).slice(1, -1))}"`, 'i');
  // The lookup `Source__c` is also traversed as `Source__r`.
  const stem = type === 'CustomField' ? `${escaped(name.replace(/__c$/i, ''))}__[cr]` : escaped(name);
  return new RegExp(`(?<![A-Za-z0-9_])${stem}(?![A-Za-z0-9_])`, 'i');
}

/** What a component says for people refers to nothing. */
const PROSE: ReadonlySet<string> = new Set([
  'description',
  'inlineHelpText',
  'errorMessage',
  'label',
  'masterLabel',
  'info',
]);
const contentOf = (component: StoredComponent): string =>
  JSON.stringify(component.metadata, (key, value: unknown) => (PROSE.has(key) ? undefined : value));

/** Strings in which `Object.Field__c`'s object can be told: a component of another object does not hinder unless it names the object. */
function concernsObject(component: StoredComponent, text: string, object: string): boolean {
  const own = component.fullName.split(/[.-]/)[0] ?? '';
  return (
    own.toLowerCase() === object.toLowerCase() ||
    new RegExp(`(?<![A-Za-z0-9_])${escaped(object)}(?![A-Za-z0-9_])`, 'i').test(text)
  );
}

const isInactiveRule = (component: StoredComponent): boolean =>
  component.type === 'ValidationRule' && component.metadata.active !== true;

/** Who stands in the way of deleting a component, as `Flow - My_Flow`; `leaving` are deleted in the same deploy. */
export function usersOf(
  metadata: MetadataReader,
  type: string,
  fullName: string,
  leaving: (type: string, fullName: string) => boolean,
): readonly string[] {
  const pattern = patternFor(type, fullName);
  const [object, child] = splitChildName(fullName);
  const users: string[] = [];
  for (const referring of HINDERED_BY[type] ?? []) {
    for (const component of metadata.ofType(referring)) {
      if (component.fullName === fullName && component.type === type) continue;
      if (leaving(referring === FLOW_VERSION ? 'Flow' : referring, component.fullName)) continue;
      if (isInactiveRule(component)) continue;
      const text = contentOf(component);
      if (!pattern.test(text)) continue;
      if (child !== '' && !concernsObject(component, text, object)) continue;
      users.push(`${REFERRING_TYPES[referring] ?? referring} - ${component.fullName}`);
    }
  }
  return users;
}
