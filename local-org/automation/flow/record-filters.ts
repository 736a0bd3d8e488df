import type { FieldValue, Filter } from '../../data/types.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { MESSAGE } from '../formula/messages.ts';
import { formulaTypeOf } from '../records/field-types.ts';
import type { CompleteRow } from './bulk-query.ts';
import { FlowProblem } from './flow-fault.ts';
import { parseLogic, type Logic } from './filter-logic.ts';
import type { FlowNames } from './flow-scope.ts';
import { compileValue, converted } from './flow-value.ts';
import type { Interview } from './interview.ts';
import { notRun } from './messages.ts';
import type { StoredFilter } from './metadata.ts';
import { isCollection, type FlowType, type FlowValue } from './values.ts';

/** The rows one interview asks for; null stands for all rows. */
type BuildFilter = ((interview: Interview) => Filter | null) & {
  /** Adds the values of the formula fields that are compared; null where there are none. */
  readonly complete: CompleteRow | null;
};

type Leaf = Extract<Filter, { readonly field: string }>;

const OPERATORS: Readonly<Record<string, Leaf['operator']>> = {
  EqualTo: '=',
  NotEqualTo: '!=',
  GreaterThan: '>',
  GreaterThanOrEqualTo: '>=',
  LessThan: '<',
  LessThanOrEqualTo: '<=',
  StartsWith: 'startsWith',
  EndsWith: 'endsWith',
  Contains: 'contains',
  In: 'in',
  NotIn: 'notIn',
};

/** A field of an object by its API name in any case. Throws a FormulaError in the platform's words. */
export function fieldOf(object: ObjectDef, name: string): FieldDef {
  const field = object.fields.get(name.toLowerCase());
  if (!field) throw new FormulaError(MESSAGE.noField(name), 0);
  return field;
}

export function objectOf(names: FlowNames, name: string | undefined): ObjectDef {
  const object = names.sources.schema.object(name ?? '');
  if (!object) throw new FlowProblem(`The object ${name} doesn't exist.`);
  return object;
}

/** Compiles the filters of Get, Update and Delete Records. */
export function compileFilters(
  names: FlowNames,
  object: ObjectDef,
  filters: readonly StoredFilter[],
  logic: string | undefined,
): BuildFilter {
  const leaves = filters.map((filter) => compileLeaf(names, object, filter));
  if (leaves.length === 0 || logic === 'no_conditions') return Object.assign(() => null, { complete: null });
  return Object.assign(build(parseLogic(logic, leaves.length), leaves), {
    complete: completion(names, object, filters),
  });
}

function completion(names: FlowNames, object: ObjectDef, filters: readonly StoredFilter[]): CompleteRow | null {
  const computed = filters.flatMap((filter) => {
    const field = fieldOf(object, filter.field ?? '');
    return field.formula === null ? [] : [{ name: field.name, read: names.sources.formulas.read(object, field).raw }];
  });
  if (computed.length === 0) return null;
  return (session, row) => {
    const complete = { ...row };
    for (const { name, read } of computed) complete[name] = read(session, row);
    return complete;
  };
}

function build(logic: Logic, leaves: readonly ((interview: Interview) => Filter)[]): (interview: Interview) => Filter {
  if (logic.kind === 'condition') return leaves[logic.index]!;
  if (logic.kind === 'not') {
    const inner = build(logic.part, leaves);
    return (interview) => ({ not: inner(interview) });
  }
  const parts = logic.parts.map((part) => build(part, leaves));
  return logic.kind === 'and'
    ? (interview) => ({ and: parts.map((part) => part(interview)) })
    : (interview) => ({ or: parts.map((part) => part(interview)) });
}

function compileLeaf(names: FlowNames, object: ObjectDef, filter: StoredFilter): (interview: Interview) => Filter {
  const field = fieldOf(object, filter.field ?? '');
  const source = compileValue(names, filter.value);
  if (filter.operator === 'IsNull') {
    return (interview) => ({ field: field.name, operator: source.read(interview) === false ? '!=' : '=', value: null });
  }
  const operator = OPERATORS[filter.operator ?? ''];
  if (!operator) throw new FlowProblem(notRun(`the filter operator ${filter.operator}`));
  const type: FlowType = { kind: 'value', type: formulaTypeOf(field) };
  if (operator === 'in' || operator === 'notIn') {
    const list = converted(source, { kind: 'collection', of: type });
    return (interview) => ({ field: field.name, operator, value: valuesOf(list.read(interview)) });
  }
  const single = converted(source, type);
  return (interview) => {
    const value = single.read(interview) as FieldValue;
    return { field: field.name, operator, value: value === '' ? null : value };
  };
}

const valuesOf = (list: FlowValue): readonly FieldValue[] =>
  isCollection(list) ? (list as readonly FieldValue[]) : [];
