import { textOf } from '../text-of.ts';
import type { IncomingComponent } from '../package/incoming.ts';
import { decodeName } from '../rules/rule.ts';
import type { StoredComponent } from '../types.ts';

type Metadata = Readonly<Record<string, unknown>>;
type Entry = Readonly<Record<string, unknown>>;

/** What the org keeps when `incoming` arrives on top of `previous`. Types that are not listed are replaced whole. */
export function mergeComponent(incoming: IncomingComponent, previous: StoredComponent | undefined): Metadata {
  switch (incoming.type) {
    case 'StandardValueSet':
      return {
        ...incoming.metadata,
        standardValue: overwriteValues(previous?.metadata.standardValue, incoming.metadata.standardValue),
      };
    case 'GlobalValueSet':
      return {
        ...incoming.metadata,
        customValue: overwriteValues(previous?.metadata.customValue, incoming.metadata.customValue),
      };
    case 'CustomField':
      return mergeField(incoming.metadata, previous?.metadata);
    case 'RecordType':
      return mergeRecordType(incoming, previous?.metadata);
    case 'Profile':
      return mergeProfile(incoming.metadata, previous?.metadata);
    case 'CustomObject':
    case 'Settings':
      return overlaySent(incoming, previous?.metadata);
    default:
      return incoming.metadata;
  }
}

/**
 * A value that is missing from a deployed set becomes inactive; it cannot be deleted. Metadata API Developer Guide, CustomValue:
 * "If picklist values are missing from a component definition, they get deactivated when deployed to an org."
 */
function overwriteValues(before: unknown, sent: unknown): readonly Entry[] {
  const incoming = (sent ?? []) as Entry[];
  const names = new Set(incoming.map((value) => String(value.fullName).toLowerCase()));
  const missing = ((before ?? []) as Entry[]).filter((value) => !names.has(String(value.fullName).toLowerCase()));
  return [...incoming, ...missing.map((value) => ({ ...value, default: false, isActive: false }))];
}

function mergeField(sent: Metadata, before: Metadata | undefined): Metadata {
  const valueSet = sent.valueSet as { valueSetDefinition?: Entry } | undefined;
  const old = before?.valueSet as { valueSetDefinition?: Entry } | undefined;
  if (!valueSet?.valueSetDefinition || !old?.valueSetDefinition) return sent;
  const value = overwriteValues(old.valueSetDefinition.value, valueSet.valueSetDefinition.value);
  return { ...sent, valueSet: { ...valueSet, valueSetDefinition: { ...valueSet.valueSetDefinition, value } } };
}

/** A picklist that the file lists is replaced; one that it does not list keeps its values (platform behaviour that merge tools rely on). */
function mergeRecordType(incoming: IncomingComponent, before: Metadata | undefined): Metadata {
  const sent = ((incoming.metadata.picklistValues ?? []) as Entry[]).map(decodeValues);
  const listed = new Set(sent.map((one) => String(one.picklist).toLowerCase()));
  const kept = ((before?.picklistValues ?? []) as Entry[]).filter(
    (one) => !listed.has(String(one.picklist).toLowerCase()),
  );
  const picklistValues = [...kept, ...sent].sort((one, other) =>
    String(one.picklist) < String(other.picklist) ? -1 : 1,
  );
  return { ...incoming.metadata, picklistValues };
}

function decodeValues(entry: Entry): Entry {
  const values = ((entry.values ?? []) as Entry[]).map((value) => ({
    ...value,
    fullName: decodeName(textOf(value.fullName)),
  }));
  return { ...entry, values };
}

/** Elements that the file does not have stay as they are: a file of an object or of settings need not be complete. */
function overlaySent(incoming: IncomingComponent, before: Metadata | undefined): Metadata {
  const sent = Object.fromEntries(Object.entries(incoming.metadata).filter(([name]) => incoming.sent.has(name)));
  return { ...(before ?? incoming.metadata), ...sent };
}

/** What identifies an entry of a profile's list. */
const PROFILE_KEYS: Readonly<Record<string, (entry: Entry) => string>> = {
  applicationVisibilities: (entry) => String(entry.application),
  classAccesses: (entry) => String(entry.apexClass),
  customPermissions: (entry) => String(entry.name),
  customMetadataTypeAccesses: (entry) => String(entry.name),
  customSettingAccesses: (entry) => String(entry.name),
  fieldPermissions: (entry) => String(entry.field),
  flowAccesses: (entry) => String(entry.flow),
  layoutAssignments: (entry) => `${String(entry.layout).split('-')[0] ?? ''} ${textOf(entry.recordType)}`,
  objectPermissions: (entry) => String(entry.object),
  pageAccesses: (entry) => String(entry.apexPage),
  profileActionOverrides: (entry) =>
    [entry.actionName, entry.pageOrSobjectType, entry.recordType, entry.formFactor].join(' '),
  recordTypeVisibilities: (entry) => String(entry.recordType),
  tabVisibilities: (entry) => String(entry.tab),
  userPermissions: (entry) => String(entry.name),
};

/** A profile is an overlay: what the file does not name is left alone. Metadata API Developer Guide, Profile. */
function mergeProfile(sent: Metadata, before: Metadata | undefined): Metadata {
  if (!before) return sent;
  const merged: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(sent)) {
    const key = PROFILE_KEYS[name];
    if (!key || !Array.isArray(value)) {
      if (!Array.isArray(value) || value.length > 0) merged[name] = value;
      continue;
    }
    const entries = new Map(((before[name] ?? []) as Entry[]).map((entry) => [key(entry).toLowerCase(), entry]));
    for (const entry of value as Entry[])
      entries.set(key(entry).toLowerCase(), { ...entries.get(key(entry).toLowerCase()), ...entry });
    merged[name] = [...entries.values()];
  }
  return withOneDefaultPerObject(merged, sent);
}

/** A default record type takes the place of the object's former default. */
function withOneDefaultPerObject(profile: Record<string, unknown>, sent: Metadata): Metadata {
  const objectOf = (entry: Entry): string => String(entry.recordType).split('.')[0] ?? '';
  const isDefault = (entry: Entry): boolean => entry.default === true;
  const chosen = new Map(
    ((sent.recordTypeVisibilities ?? []) as Entry[])
      .filter(isDefault)
      .map((entry) => [objectOf(entry), String(entry.recordType)]),
  );
  const recordTypeVisibilities = ((profile.recordTypeVisibilities ?? []) as Entry[]).map((entry) => {
    const winner = chosen.get(objectOf(entry));
    return winner !== undefined && winner !== entry.recordType && isDefault(entry)
      ? { ...entry, default: false }
      : entry;
  });
  return { ...profile, recordTypeVisibilities };
}
