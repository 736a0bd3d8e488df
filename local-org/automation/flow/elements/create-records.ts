import type { FieldValue } from '../../../data/types.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { saveForAll, type Change } from '../bulk-save.ts';
import { FlowFault, FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames } from '../flow-scope.ts';
import type { DataElement, Interview } from '../interview.ts';
import { notSet } from '../messages.ts';
import type { StoredCreate } from '../metadata.ts';
import { compileInputs, readInputs } from '../field-inputs.ts';
import { fieldOf, objectOf } from '../record-filters.ts';
import { isCollection, isRecord, setField, shownFields, type FlowRecord } from '../values.ts';
import { createUnlessMatching } from './create-unless-matching.ts';
import { dataElement } from './data-element.ts';

/** Creates one record from values, or the records of a variable, whose Ids are then filled in. */
export function compileCreateRecords(names: FlowNames, element: StoredCreate): DataElement {
  const name = element.name ?? '';
  const idTarget = resolveResource(names, element.assignRecordIdToReference ?? name);
  const keepId = (interview: Interview, id: string | null): void => idTarget.assign?.(interview, id);
  const describe = (interview: Interview, count: number, object: string, fields = ''): void =>
    void interview.trace.push(`${element.label ?? name}: create ${count} ${object}${fields}`);

  if (element.inputReference === undefined) {
    if (element.doesUpsert === true) throw new FlowProblem('An upsert takes its records from a variable.');
    const object = objectOf(names, element.object);
    if (!object.createable) throw new FlowProblem(`Records of the object ${object.name} can't be created.`);
    const inputs = compileInputs(names, object, element.inputAssignments ?? []);
    if ((element.filters ?? []).length > 0) return createUnlessMatching(names, element, object, inputs, keepId);
    return dataElement(
      element,
      (interview) => readInputs(inputs, interview),
      (prepared) => {
        const { tx } = prepared[0]!.interview.session;
        for (const { interview, input } of prepared) describe(interview, 1, object.name, shownFields(input));
        const changes = prepared.map(({ interview, input }): Change => ({
          interview,
          values: input,
          saved: (result) => keepId(interview, result.id),
        }));
        return saveForAll(tx, 'insert', object.name, changes);
      },
    );
  }
  if ((element.filters ?? []).length > 0)
    throw new FlowProblem('Records of a variable are matched by an ID field, not by conditions.');

  const source = resolveResource(names, element.inputReference);
  const recordType = source.type.kind === 'collection' ? source.type.of : source.type;
  if (recordType.kind !== 'record') throw new FlowProblem(`${source.name} holds no records.`);
  const { object } = recordType;
  const externalIdField = element.doesUpsert === true ? matchField(object, element).name : undefined;
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
      if (externalIdField === undefined) return saveForAll(tx, 'insert', object.name, changes);
      /** doesUpsertAllOrNone: "The default value is true" (Metadata API Developer Guide, FlowRecordCreate). */
      const allOrNone = element.doesUpsertAllOrNone !== false;
      return saveForAll(tx, 'upsert', object.name, changes, { externalIdField, allOrNone });
    },
  );
}

/** "You can provide a value for this property or for the Upsert Standard ID Field property, but not both" (same page). */
function matchField(object: ObjectDef, { upsertExternalIdField, upsertStandardIdField }: StoredCreate): FieldDef {
  const names = [upsertExternalIdField, upsertStandardIdField].filter((field) => field !== undefined);
  if (names.length !== 1) throw new FlowProblem('An upsert needs either an external ID field or the ID field.');
  const field = fieldOf(object, names[0]!);
  if (!field.externalId && field.name !== 'Id') throw new FlowProblem(`The field ${field.name} is no external ID.`);
  return field;
}

/** What an insert may set; an Id stays in, so that the save refuses it as the platform does. */
function createable(record: FlowRecord): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(record.values)) {
    const field = record.object.fields.get(name.toLowerCase());
    if (value !== null && (name === 'Id' || field?.createable)) values[name] = value;
  }
  return values;
}
