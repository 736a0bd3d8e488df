import type { FieldValue } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { formulaTypeOf } from '../records/field-types.ts';
import { fieldConverter } from './convert.ts';
import { FlowProblem } from './flow-fault.ts';
import type { FlowNames } from './flow-scope.ts';
import { compileValue, converted } from './flow-value.ts';
import type { Interview } from './interview.ts';
import type { StoredInput } from './metadata.ts';
import { fieldOf } from './record-filters.ts';

/** A value for a field of the record that an element creates or updates. */
export interface FieldInput {
  readonly field: string;
  readonly read: (interview: Interview) => FieldValue;
}

export const compileInputs = (
  names: FlowNames,
  object: ObjectDef,
  inputs: readonly StoredInput[],
): readonly FieldInput[] =>
  inputs.map((input) => {
    const field = fieldOf(object, input.field ?? '');
    if (field.formula !== null) throw new FlowProblem(`The field ${field.name} is calculated and can't be set.`);
    const source = converted(compileValue(names, input.value), { kind: 'value', type: formulaTypeOf(field) });
    const convert = fieldConverter(field);
    return { field: field.name, read: (interview) => convert(source.read(interview) as FieldValue) };
  });

export const readInputs = (inputs: readonly FieldInput[], interview: Interview): Record<string, FieldValue> =>
  Object.fromEntries(inputs.map(({ field, read }) => [field, read(interview)]));
