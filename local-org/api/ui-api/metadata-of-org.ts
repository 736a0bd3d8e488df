import type { MetadataReader, StoredComponent } from '../../metadata/types.ts';

/** Names of standard profiles in the Metadata API where they differ from what users see (Metadata API Guide, Profile). */
const PROFILE_FULL_NAMES: Readonly<Record<string, string>> = {
  'System Administrator': 'Admin',
  'Standard User': 'Standard',
  'Read Only': 'ReadOnly',
  'Marketing User': 'MarketingProfile',
};

/** A component's elements under a type of @salesforce/types; the deploy has checked them against it. */
export const metadataOf = <T extends object>(component: StoredComponent | undefined): Partial<T> =>
  (component?.metadata ?? {}) as Partial<T>;

export const profileOf = (reader: MetadataReader, profileName: string): StoredComponent | undefined =>
  reader.get('Profile', PROFILE_FULL_NAMES[profileName] ?? profileName) ?? reader.get('Profile', profileName);

/** Children of an object by the part of their name after the object: `Opportunity.Waterfall_Opportunity`. */
export const childrenOf = (reader: MetadataReader, type: string, object: string): readonly StoredComponent[] =>
  reader.ofType(type).filter(({ fullName }) => fullName.startsWith(`${object}.`));
