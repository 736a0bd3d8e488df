import { queryForEach } from '../bulk-query.ts';
import { FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames, type Resource } from '../flow-scope.ts';
import { compileValue, converted } from '../flow-value.ts';
import type { DataElement, Interview } from '../interview.ts';
import type { StoredLookup } from '../metadata.ts';
import { compileFilters, fieldOf, objectOf } from '../record-filters.ts';
import { foundRecord, type FlowRecord } from '../values.ts';
import { formulaTypeOf } from '../../records/field-types.ts';
import { notRun } from '../messages.ts';
import { dataElement } from './data-element.ts';

/** Puts what was found where the flow wants it. */
type Store = (interview: Interview, records: readonly FlowRecord[]) => void;

/** "limit": 2 to 20,000 records (Metadata API Developer Guide, FlowRecordLookup). */
const ONE = 1;

export function compileGetRecords(names: FlowNames, element: StoredLookup): DataElement {
  const name = element.name ?? '';
  const object = objectOf(names, element.object);
  if ((element.relatedRecords ?? []).length > 0) throw new FlowProblem(notRun('related records in Get Records'));
  const filters = compileFilters(names, object, element.filters ?? [], element.filterLogic);
  const sortField = element.sortField === undefined ? null : fieldOf(object, element.sortField).name;
  const orderBy = sortField === null ? undefined : [{ field: sortField, descending: element.sortOrder === 'Desc' }];
  for (const field of element.queriedFields ?? []) fieldOf(object, field);
  const { store, single } = compileStore(names, element, name);
  const limit =
    element.limit === undefined
      ? null
      : converted(compileValue(names, element.limit), { kind: 'value', type: 'Number' });
  return dataElement(
    element,
    (interview) => ({
      filter: filters(interview),
      limit: single ? ONE : limit === null ? undefined : Number(limit.read(interview) ?? 0) || undefined,
    }),
    (prepared) => {
      const found = queryForEach(prepared[0]!.interview.session, {
        complete: filters.complete,
        object: object.name,
        orderBy,
        limits: prepared.map(({ input }) => input.limit),
        filters: prepared.map(({ input }) => input.filter),
      });
      for (const [index, { interview }] of prepared.entries()) {
        const rows = found[index]!;
        store(
          interview,
          rows.map((row) => foundRecord(object, { ...row })),
        );
        interview.trace.push(`${element.label ?? name}: ${rows.length} ${object.name} found`);
      }
      return new Map();
    },
  );
}

function compileStore(
  names: FlowNames,
  element: StoredLookup,
  name: string,
): { readonly store: Store; readonly single: boolean } {
  const blankWhenNone = element.assignNullValuesIfNoRecordsFound === true;
  if ((element.outputAssignments ?? []).length > 0) {
    const object = objectOf(names, element.object);
    const outputs = element.outputAssignments!.map(({ assignToReference, field }) => {
      const from = fieldOf(object, field ?? '');
      const target = assignable(names, assignToReference ?? '');
      const source = converted({ type: { kind: 'value', type: formulaTypeOf(from) }, read: () => null }, target.type);
      return { field: from.name, assign: target.assign!, type: source.type };
    });
    return {
      single: true,
      store(interview, [record]) {
        if (!record && !blankWhenNone) return;
        for (const { field, assign } of outputs) assign(interview, record?.values[field] ?? null);
      },
    };
  }
  const automatic = element.storeOutputAutomatically === true;
  const target = assignable(names, automatic ? name : (element.outputReference ?? ''));
  const single = target.type.kind === 'record';
  return {
    single,
    store(interview, records) {
      if (records.length === 0 && !automatic && !blankWhenNone) return;
      target.assign!(interview, single ? (records[0] ?? null) : records);
    },
  };
}

function assignable(names: FlowNames, reference: string): Resource {
  const target = resolveResource(names, reference);
  if (!target.assign) throw new FlowProblem(`${reference} can't be assigned a value.`);
  return target;
}
