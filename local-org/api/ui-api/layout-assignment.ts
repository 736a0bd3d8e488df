import type { CompactLayout, CustomObject, Layout, Profile, RecordType } from '@salesforce/types/metadata';
import type { UserContext } from '../../data/types.ts';
import { profileComponent } from '../../data/user-context.ts';
import type { MetadataReader, StoredComponent } from '../../metadata/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { metadataOf } from './metadata-of-org.ts';

/**
 * The page layout of an object for a user's profile and a record type: the profile's assignment for the record type, then its
 * assignment without one (Metadata API Developer Guide, ProfileLayoutAssignment), then the object's first layout. Undefined
 * when the object has none.
 */
export function layoutFor(
  reader: MetadataReader,
  user: UserContext,
  object: ObjectDef,
  recordTypeId: string | null,
): StoredComponent | undefined {
  const recordType = object.recordTypes.find((type) => type.id === recordTypeId && !type.isMaster);
  const ofObject = reader.ofType('Layout').filter(({ fullName }) => fullName.startsWith(`${object.name}-`));
  const assignments = metadataOf<Profile>(profileComponent(reader, user.profileName)).layoutAssignments ?? [];
  const named = assignments.filter(({ layout }) => layout.startsWith(`${object.name}-`));
  const assigned =
    named.find((each) => recordType && each.recordType === `${object.name}.${recordType.developerName}`) ??
    named.find((each) => each.recordType === undefined);
  return (assigned && reader.get('Layout', assigned.layout)) ?? ofObject[0];
}

export const layoutElements = (layout: StoredComponent | undefined): Partial<Layout> => metadataOf<Layout>(layout);

/** Fields of the platform's own compact layouts (Help, "Compact Layouts"); the name alone for objects not listed. */
const SYSTEM_COMPACT_LAYOUTS: Readonly<Record<string, readonly string[]>> = {
  Opportunity: ['Name', 'AccountId', 'CloseDate', 'Amount', 'OwnerId'],
  Account: ['Name', 'Type', 'Phone', 'Website', 'OwnerId', 'Industry'],
  Contact: ['Name', 'Title', 'AccountId', 'Phone', 'Email', 'OwnerId'],
};

/** The assignment that stands for the platform's own compact layout. */
const SYSTEM = 'SYSTEM';

/** Fields of the highlights panel, the name first: by record type, then by object, then the platform's own. */
export function compactLayoutFields(
  reader: MetadataReader,
  object: ObjectDef,
  recordTypeId: string | null,
): readonly string[] {
  const recordType = object.recordTypes.find((type) => type.id === recordTypeId && !type.isMaster);
  const ofType = recordType && reader.get('RecordType', `${object.name}.${recordType.developerName}`);
  const assigned =
    metadataOf<RecordType>(ofType).compactLayoutAssignment ??
    metadataOf<CustomObject>(reader.get('CustomObject', object.name)).compactLayoutAssignment ??
    SYSTEM;
  const compact = assigned === SYSTEM ? undefined : compactLayout(reader, object, assigned);
  const fields = metadataOf<CompactLayout>(compact).fields ?? SYSTEM_COMPACT_LAYOUTS[object.name] ?? ['Name'];
  return fields.filter((field) => object.fields.has(field.toLowerCase()));
}

/** Assignments name the compact layout with or without the object in front. */
const compactLayout = (reader: MetadataReader, object: ObjectDef, name: string): StoredComponent | undefined =>
  reader.get('CompactLayout', name) ?? reader.get('CompactLayout', `${object.name}.${name}`);
