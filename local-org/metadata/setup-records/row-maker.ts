import type { Row } from '../../data/types.ts';
import type { Schema } from '../../schema/types.ts';
import type { MetadataReader, StoredComponent } from '../types.ts';
import type { StableIds } from './stable-ids.ts';

export interface RowSource {
  readonly metadata: MetadataReader;
  readonly schema: Schema;
  readonly ids: StableIds;
}

/** All rows of one setup object, from the metadata. */
export type RowMaker = (source: RowSource) => readonly Row[];

export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function auditOf(component: StoredComponent): Row {
  return {
    CreatedDate: component.createdDate,
    CreatedById: component.createdById,
    LastModifiedDate: component.lastModifiedDate,
    LastModifiedById: component.lastModifiedById,
    SystemModstamp: component.lastModifiedDate,
  };
}
