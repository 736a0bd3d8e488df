import type { MetadataReader, StoredComponent } from '../metadata/types.ts';
import type { RecordTypeDef } from './types.ts';
import { decodeValue } from './value-sets.ts';

/** Id of the master record type, the same in every org. DOC uiapi: "012000000000000AAA". */
export const MASTER_RECORD_TYPE_ID = '012000000000000AAA';

/** The picklist a business process restricts. DOC metadata-api/businessprocess. */
const PROCESS_FIELD: Readonly<Record<string, string>> = { Opportunity: 'StageName', Lead: 'Status' };

interface ProcessValue {
  readonly fullName?: string;
  readonly default?: boolean;
}

/** An object's record types, the master last, as describe lists them. */
export function recordTypesOf(
  metadata: MetadataReader,
  object: string,
  components: readonly StoredComponent[],
): readonly RecordTypeDef[] {
  const own = components.map((component): RecordTypeDef => {
    const source = component.metadata;
    const process = typeof source['businessProcess'] === 'string' ? source['businessProcess'] : null;
    const lists = (source['picklistValues'] ?? []) as readonly {
      picklist?: string;
      values?: readonly ProcessValue[];
    }[];
    const picklists = new Map(lists.map((list) => [String(list.picklist), allowed(list.values ?? [])] as const));
    const field = PROCESS_FIELD[object];
    const stored = process ? metadata.get('BusinessProcess', `${object}.${process}`) : undefined;
    if (field && stored) picklists.set(field, allowed((stored.metadata['values'] ?? []) as readonly ProcessValue[]));
    return {
      id: component.id,
      developerName: component.fullName.slice(component.fullName.indexOf('.') + 1),
      label: typeof source['label'] === 'string' ? source['label'] : component.fullName,
      description: typeof source['description'] === 'string' ? source['description'] : null,
      active: source['active'] === true,
      isMaster: false,
      businessProcess: process,
      picklistValues: picklists,
    };
  });
  return [
    ...own,
    {
      id: MASTER_RECORD_TYPE_ID,
      developerName: 'Master',
      label: 'Master',
      description: null,
      active: true,
      isMaster: true,
      businessProcess: null,
      picklistValues: new Map(),
    },
  ];
}

function allowed(values: readonly ProcessValue[]): { values: readonly string[]; defaultValue: string | null } {
  const names = values.map((value) => decodeValue(String(value.fullName)));
  const chosen = values.findIndex((value) => value.default === true);
  return { values: names, defaultValue: names[chosen] ?? null };
}
