import type { FieldValue } from '../../../data/types.ts';
import { saveForAll, type Change } from '../bulk-save.ts';
import { FlowFault, FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames } from '../flow-scope.ts';
import type { DataElement, Interview } from '../interview.ts';
import { notRun, notSet } from '../messages.ts';
import type { StoredCreate } from '../metadata.ts';
import { compileInputs, type FieldInput } from '../field-inputs.ts';
import { objectOf } from '../record-filters.ts';
import { isCollection, isRecord, setField, type FlowRecord } from '../values.ts';
import { dataElement } from './data-element.ts';

/** Creates one record from values, or the records of a variable, whose Ids are then filled in. */
export function compileCreateRecords(names: FlowNames, element: StoredCreate): DataElement {
  const name = element.name ?? '';
  if (element.doesUpsert === true || (element.filters ?? []).length > 0)
    throw new FlowProblem(notRun('Create Records that check for matching records'));
  const idTarget = resolveResource(names, element.assignRecordIdToReference ?? name);
  const keepId = (interview: Interview, id: string | null): void => idTarget.assign?.(interview, id);
  const describe = (interview: Interview, count: number, object: string): void =>
    void interview.trace.push(`${element.label ?? name}: create ${count} ${object}`);

  if (element.inputReference === undefined) {
    const object = objectOf(names, element.object);
    if (!object.createable) throw new FlowProblem(`Records of the object ${object.name} can't be created.`);
    const inputs = compileInputs(names, object, element.inputAssignments ?? []);
    return dataElement(
      element,
      (interview) => readInputs(inputs, interview),
      (prepared) => {
        const { tx } = prepared[0]!.interview.session;
        for (const { interview } of prepared) describe(interview, 1, object.name);
        const changes = prepared.map(({ interview, input }): Change => ({
          interview,
          values: input,
          saved: (result) => keepId(interview, result.id),
        }));
        return saveForAll(tx, 'insert', object.name, changes);
      },
    );
  }

  const source = resolveResource(names, element.inputReference);
  const recordType = source.type.kind === 'collection' ? source.type.of : source.type;
  if (recordType.kind !== 'record') throw new FlowProblem(`${source.name} holds no records.`);
  const { object } = recordType;
  return dataElement(
    element,
    (interview): readonly FlowRecord[] => {
      const value = source.read(interview);
      if (isCollection(value)) return value.filter((item) => isRecord(item));
      if (isRecord(value)) return [value];
      throw new FlowFault(notSet(source.name));
    },
    (prepared) => {
      const { tx } = prepared[0]!.interview.session;
      const changes = prepared.flatMap(({ interview, input }) => {
        describe(interview, input.length, object.name);
        return input.map((record): Change => ({
          interview,
          values: createable(record),
          saved: (result) => {
            setField(record, 'Id', result.id);
            if (!isCollection(input) || input.length === 1) keepId(interview, result.id);
          },
        }));
      });
      return saveForAll(tx, 'insert', object.name, changes);
    },
  );
}

export const readInputs = (inputs: readonly FieldInput[], interview: Interview): Record<string, FieldValue> =>
  Object.fromEntries(inputs.map(({ field, read }) => [field, read(interview)]));

/** What an insert may set; an Id stays in, so that the save refuses it as the platform does. */
function createable(record: FlowRecord): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(record.values)) {
    const field = record.object.fields.get(name.toLowerCase());
    if (value !== null && (name === 'Id' || field?.createable)) values[name] = value;
  }
  return values;
}
