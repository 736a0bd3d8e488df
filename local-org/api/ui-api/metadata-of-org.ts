import type { MetadataReader, StoredComponent } from '../../metadata/types.ts';

/** A component's elements under a type of @salesforce/types; the deploy has checked them against it. */
export const metadataOf = <T extends object>(component: StoredComponent | undefined): Partial<T> =>
  (component?.metadata ?? {}) as Partial<T>;

/** Children of an object by the part of their name after the object: `Opportunity.Waterfall_Opportunity`. */
export const childrenOf = (reader: MetadataReader, type: string, object: string): readonly StoredComponent[] =>
  reader.ofType(type).filter(({ fullName }) => fullName.startsWith(`${object}.`));
