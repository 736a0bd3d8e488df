import type { FieldValue, Row } from '../../../data/types.ts';
import type { ObjectDef } from '../../../schema/types.ts';
import { queryForEach } from '../bulk-query.ts';
import { saveForAll, type Change } from '../bulk-save.ts';
import { readInputs, type FieldInput } from '../field-inputs.ts';
import { FlowProblem } from '../flow-fault.ts';
import type { FlowNames } from '../flow-scope.ts';
import type { DataElement, Interview } from '../interview.ts';
import { notRun } from '../messages.ts';
import type { StoredCreate } from '../metadata.ts';
import { compileFilters } from '../record-filters.ts';
import { dataElement } from './data-element.ts';

/** Which of the records that match are updated (Metadata API Developer Guide, FlowRecordCreate, from API 61.0 on). */
type Choose = (rows: readonly Row[]) => readonly Row[];

const CHOICES: Readonly<Record<string, Choose>> = {
  None: () => [],
  UpdateAllRecords: (rows) => rows,
  UpdateLatestRecord: (rows) => rows.toSorted((left, right) => (modified(left) < modified(right) ? 1 : -1)).slice(0, 1),
};
const modified = (row: Row): string => String(row.LastModifiedDate ?? row.SystemModstamp ?? row.Id);

type Property = 'operationOneMatchingRecord' | 'operationMultMatchingRecords';

function choice(element: StoredCreate, property: Property): Choose {
  const value = element[property];
  const choose = CHOICES[value ?? ''];
  if (!choose) throw new FlowProblem(notRun(`${property} ${String(value)}`));
  return choose;
}

/**
 * Create Records that checks for matching records: one query for all interviews, then one insert for those that found
 * none and one update for the others. The element's output is the new record, or the one that was found.
 */
export function createUnlessMatching(
  names: FlowNames,
  element: StoredCreate,
  object: ObjectDef,
  inputs: readonly FieldInput[],
  keepId: (interview: Interview, id: string | null) => void,
): DataElement {
  const filters = compileFilters(names, object, element.filters ?? [], element.filterLogic);
  const one = choice(element, 'operationOneMatchingRecord');
  const many = choice(element, 'operationMultMatchingRecords');
  /** "Valid values are: None": without it the record is created. */
  const creates = element.operationZeroMatchingRecords !== 'None';
  const label = element.label ?? element.name ?? '';
  return dataElement(
    element,
    (interview) => ({ filter: filters(interview), values: readInputs(inputs, interview) }),
    (prepared) => {
      const { tx } = prepared[0]!.interview.session;
      const found = queryForEach(prepared[0]!.interview.session, {
        complete: filters.complete,
        object: object.name,
        orderBy: undefined,
        limits: prepared.map(() => undefined),
        filters: prepared.map(({ input }) => input.filter),
      });
      const inserts: Change[] = [];
      const updates: Change[] = [];
      for (const [index, { interview, input }] of prepared.entries()) {
        const rows = found[index]!;
        if (rows.length === 0) {
          interview.trace.push(`${label}: no ${object.name} matches${creates ? ', create 1' : ''}`);
          if (creates)
            inserts.push({ interview, values: input.values, saved: (result) => keepId(interview, result.id) });
          continue;
        }
        const chosen = (rows.length === 1 ? one : many)(rows);
        interview.trace.push(`${label}: ${rows.length} ${object.name} match, update ${chosen.length}`);
        keepId(interview, (chosen[0] ?? rows[0]!).Id as string);
        for (const row of chosen) updates.push({ interview, values: withId(input.values, row.Id ?? null) });
      }
      const faults = saveForAll(tx, 'insert', object.name, inserts);
      return new Map([...faults, ...saveForAll(tx, 'update', object.name, updates)]);
    },
  );
}

const withId = (values: Record<string, FieldValue>, Id: FieldValue): Record<string, FieldValue> => ({ ...values, Id });
