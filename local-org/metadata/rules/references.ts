import type { MetadataReader, StoredComponent } from '../types.ts';
import { splitChildName } from './rule.ts';

/** Types whose content may name a component that is about to be deleted, and how the platform calls them in its message. */
const REFERRING_TYPES: Readonly<Record<string, string>> = {
  Flow: 'Flow',
  ValidationRule: 'Validation Rule',
  Layout: 'Page Layout',
  FlexiPage: 'Lightning Page',
  CustomField: 'Formula Field',
  CompactLayout: 'Compact Layout',
  PathAssistant: 'Path',
  RecordType: 'Record Type',
  CustomApplication: 'App',
  CustomTab: 'Tab',
  CustomObject: 'Object',
};

/**
 * Types that hinder the deletion of a component of a type. Page layouts, list views, permission sets and profiles let a field go:
 * the platform takes it out of them. Help, "Delete Custom Fields" ("Before deleting a custom field, consider where it's referenced").
 */
const HINDERED_BY: Readonly<Record<string, readonly string[]>> = {
  CustomField: ['Flow', 'ValidationRule', 'CustomField', 'FlexiPage', 'Layout', 'CompactLayout', 'PathAssistant'],
  CustomObject: ['Flow', 'CustomField', 'FlexiPage', 'CustomTab'],
  BusinessProcess: ['RecordType'],
  CustomPermission: ['Flow', 'ValidationRule', 'CustomField', 'FlexiPage'],
  FlexiPage: ['CustomApplication', 'CustomObject', 'CustomTab'],
  LightningComponentBundle: ['FlexiPage'],
  CompactLayout: ['CustomObject', 'RecordType'],
  GlobalValueSet: ['CustomField'],
  Layout: [],
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Pattern that finds a component's own name where another component names it. */
function patternFor(type: string, fullName: string): RegExp {
  const [, child] = splitChildName(fullName);
  const name = child === '' ? fullName : child;
  // The lookup `Source__c` is also traversed as `Source__r`.
  const stem = type === 'CustomField' ? `${escaped(name.replace(/__c$/i, ''))}__[cr]` : escaped(name);
  return new RegExp(`(?<![A-Za-z0-9_])${stem}(?![A-Za-z0-9_])`, 'i');
}

/** Strings in which `Object.Field__c`'s object can be told: a component of another object does not hinder unless it names the object. */
function concernsObject(component: StoredComponent, text: string, object: string): boolean {
  const own = component.fullName.split(/[.-]/)[0] ?? '';
  return (
    own.toLowerCase() === object.toLowerCase() ||
    new RegExp(`(?<![A-Za-z0-9_])${escaped(object)}(?![A-Za-z0-9_])`, 'i').test(text)
  );
}

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
      if (leaving(component.type, component.fullName)) continue;
      const text = JSON.stringify(component.metadata);
      if (!pattern.test(text)) continue;
      if (child !== '' && !concernsObject(component, text, object)) continue;
      users.push(`${REFERRING_TYPES[referring] ?? referring} - ${component.fullName}`);
    }
  }
  return users;
}
