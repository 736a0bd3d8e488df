import { textOf } from '../text-of.ts';
import type { StoredComponent } from '../types.ts';

type Entry = Readonly<Record<string, unknown>>;

/** Tells whether a component is in the same retrieve. */
export type InRequest = (type: string, fullName: string) => boolean;

/**
 * What a profile says about a component is retrieved only together with that component.
 * Metadata API Developer Guide, Profile: "the content of a profile returned by Metadata API depends on the content requested".
 */
const PROFILE_PARTS: Readonly<Record<string, (entry: Entry, inRequest: InRequest) => boolean>> = {
  applicationVisibilities: (entry, has) => has('CustomApplication', String(entry.application)),
  classAccesses: (entry, has) => has('ApexClass', String(entry.apexClass)),
  customPermissions: (entry, has) => has('CustomPermission', String(entry.name)),
  fieldPermissions: (entry, has) => {
    const field = String(entry.field);
    return has('CustomField', field) || has('CustomObject', field.split('.')[0] ?? '');
  },
  flowAccesses: (entry, has) => has('Flow', String(entry.flow)),
  layoutAssignments: (entry, has) => has('Layout', String(entry.layout)),
  objectPermissions: (entry, has) => has('CustomObject', String(entry.object)),
  pageAccesses: (entry, has) => has('ApexPage', String(entry.apexPage)),
  recordTypeVisibilities: (entry, has) => {
    const recordType = String(entry.recordType);
    return has('RecordType', recordType) || has('CustomObject', recordType.split('.')[0] ?? '');
  },
  tabVisibilities: (entry, has) =>
    has('CustomTab', String(entry.tab)) || has('CustomObject', String(entry.tab).replace(/^standard-/, '')),
};

/** The part of a component's content that this retrieve gives. */
export function filterByRequest(component: StoredComponent, inRequest: InRequest): Readonly<Record<string, unknown>> {
  if (component.type === 'Profile') return filterProfile(component.metadata, inRequest);
  if (component.type === 'RecordType') return filterRecordType(component, inRequest);
  if (component.type === 'BusinessProcess')
    return { ...component.metadata, values: encodeValues(component.metadata.values) };
  return component.metadata;
}

function filterProfile(metadata: Entry, inRequest: InRequest): Entry {
  const filtered: Record<string, unknown> = { ...metadata };
  for (const [part, keep] of Object.entries(PROFILE_PARTS)) {
    filtered[part] = ((metadata[part] ?? []) as Entry[]).filter((entry) => keep(entry, inRequest));
  }
  return filtered;
}

/** Custom picklists come only with their fields: Metadata API Developer Guide, RecordType. */
function filterRecordType(component: StoredComponent, inRequest: InRequest): Entry {
  const object = component.fullName.split('.')[0] ?? '';
  const picklistValues = ((component.metadata.picklistValues ?? []) as Entry[])
    .filter((entry) => {
      const field = String(entry.picklist);
      return (
        !/__c$/i.test(field) || inRequest('CustomField', `${object}.${field}`) || inRequest('CustomObject', object)
      );
    })
    .map((entry) => ({ ...entry, values: encodeValues(entry.values) }));
  return { ...component.metadata, picklistValues };
}

/** The platform percent-encodes punctuation in these values, but not spaces: `Id%2E Decision Makers`. NPSP, opportunity_record_types. */
export function encodeValues(values: unknown): readonly Entry[] {
  return ((values ?? []) as Entry[]).map((value) => ({
    ...value,
    fullName: encodeValue(textOf(value.fullName)),
  }));
}

function encodeValue(text: string): string {
  return text.replace(/[^A-Za-z0-9 _-]/gu, (character) => {
    const encoded = encodeURIComponent(character);
    return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded;
  });
}
