import type { FieldValue, Row, Transaction } from '../../../data/types.ts';
import { queryForEach } from '../bulk-query.ts';
import { saveForAll, type Change } from '../bulk-save.ts';
import { compileInputs, readInputs, type FieldInput } from '../field-inputs.ts';
import { FlowFault, FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames } from '../flow-scope.ts';
import type { DataElement, Interview } from '../interview.ts';
import { notSet } from '../messages.ts';
import type { StoredDelete, StoredUpdate } from '../metadata.ts';
import { compileFilters, objectOf } from '../record-filters.ts';
import { isCollection, isRecord, setField, shownFields, type FlowRecord, type FlowValue } from '../values.ts';
import { dataElement } from './data-element.ts';

/** Update Records: by a record variable, by `$Record`, or by conditions (which costs a query as well). */
export function compileUpdateRecords(names: FlowNames, element: StoredUpdate): DataElement {
  const trace = traceOf(element, 'update');
  if (element.inputReference === undefined) {
    const object = objectOf(names, element.object);
    const inputs = compileInputs(names, object, element.inputAssignments ?? []);
    return byConditions(names, element, 'update', (interview) => readInputs(inputs, interview), trace);
  }
  const { object, recordsOf } = recordsSource(names, element.inputReference);
  const inputs = compileInputs(names, object, element.inputAssignments ?? []);
  return dataElement(
    element,
    (interview) => recordsOf(interview).map((record) => changedValues(record, inputs, interview)),
    (prepared) => {
      const changes = prepared.flatMap(({ interview, input }) => {
        trace(interview, input.length, object.name, input.length === 1 ? input[0] : undefined);
        return input.map((values): Change => ({ interview, values }));
      });
      return saveForAll(transactionOf(prepared), 'update', object.name, changes);
    },
  );
}

/** Delete Records: by a record variable or by conditions. */
export function compileDeleteRecords(names: FlowNames, element: StoredDelete): DataElement {
  const trace = traceOf(element, 'delete');
  if (element.inputReference === undefined) return byConditions(names, element, 'delete', () => ({}), trace);
  const { object, recordsOf } = recordsSource(names, element.inputReference);
  return dataElement(
    element,
    (interview) => recordsOf(interview).map((record): Record<string, FieldValue> => ({ Id: record.values.Id ?? null })),
    (prepared) => {
      const changes = prepared.flatMap(({ interview, input }) => {
        trace(interview, input.length, object.name);
        return input.map((values): Change => ({ interview, values }));
      });
      return saveForAll(transactionOf(prepared), 'delete', object.name, changes);
    },
  );
}

type Values = Readonly<Record<string, FieldValue>>;
/** Values are told where there is one set of them. */
type Trace = (interview: Interview, count: number, object: string, values?: Values) => void;

const traceOf =
  (element: StoredUpdate | StoredDelete, verb: string): Trace =>
  (interview, count, object, values = {}) =>
    void interview.trace.push(`${element.label ?? element.name}: ${verb} ${count} ${object}${shownFields(values)}`);

const transactionOf = (prepared: readonly { readonly interview: Interview }[]): Transaction =>
  prepared[0]!.interview.session.tx;

function recordsSource(names: FlowNames, reference: string) {
  const source = resolveResource(names, reference);
  const type = source.type.kind === 'collection' ? source.type.of : source.type;
  if (type.kind !== 'record') throw new FlowProblem(`${source.name} holds no records.`);
  const recordsOf = (interview: Interview): readonly FlowRecord[] => {
    const value: FlowValue = source.read(interview);
    if (isCollection(value)) return value.filter((item) => isRecord(item));
    if (isRecord(value)) return [value];
    throw new FlowFault(notSet(source.name));
  };
  return { object: type.object, recordsOf };
}

/** The Id and what the flow has set; fields that only were read stay as they are in the database. */
function changedValues(
  record: FlowRecord,
  inputs: readonly FieldInput[],
  interview: Interview,
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = { Id: record.values.Id ?? null };
  for (const field of record.changed) values[field] = record.values[field] ?? null;
  for (const { field, read } of inputs) {
    values[field] = read(interview);
    setField(record, field, values[field]);
  }
  return values;
}

function byConditions(
  names: FlowNames,
  element: StoredUpdate | StoredDelete,
  operation: 'update' | 'delete',
  valuesOf: (interview: Interview) => Record<string, FieldValue>,
  trace: Trace,
): DataElement {
  const object = objectOf(names, element.object);
  const filters = compileFilters(names, object, element.filters ?? [], element.filterLogic);
  return dataElement(
    element,
    (interview) => ({ filter: filters(interview), values: valuesOf(interview) }),
    (prepared) => {
      const tx = transactionOf(prepared);
      const found = queryForEach(prepared[0]!.interview.session, {
        complete: filters.complete,
        object: object.name,
        orderBy: undefined,
        limits: prepared.map(() => undefined),
        filters: prepared.map(({ input }) => input.filter),
      });
      const changes = prepared.flatMap(({ interview, input }, index) => {
        const rows: readonly Row[] = found[index]!;
        trace(interview, rows.length, object.name, rows.length > 0 ? input.values : undefined);
        return rows.map((row): Change => ({ interview, values: { ...input.values, Id: row.Id ?? null } }));
      });
      return saveForAll(tx, operation, object.name, changes);
    },
  );
}
