import { compileDateTest } from './date-conditions.ts';
import { FlowFault, FlowProblem } from './flow-fault.ts';
import { resolveResource, type FlowNames, type Resource } from './flow-scope.ts';
import { compileValue, converted, type Source } from './flow-value.ts';
import { parseLogic, testOf } from './filter-logic.ts';
import type { Interview } from './interview.ts';
import { NO_IS_CHANGED_AFTERWARDS, notRun } from './messages.ts';
import type { StoredCondition } from './metadata.ts';
import { wasVisited } from './visited.ts';
import { asText, isCollection, isRecord, type FlowValue } from './values.ts';

export type Test = (interview: Interview) => boolean;

type Compare = (left: FlowValue, right: FlowValue) => boolean;

const text = (value: FlowValue): string => asText(value);

/** Comparing with a blank value is false, except for equality. Text is compared as it is written. */
const ordered =
  (compare: (left: never, right: never) => boolean): Compare =>
  (left, right) =>
    left !== null && right !== null && compare(left as never, right as never);

const COMPARE: Readonly<Record<string, Compare>> = {
  EqualTo: (left, right) => left === right,
  NotEqualTo: (left, right) => left !== right,
  GreaterThan: ordered((left, right) => left > right),
  GreaterThanOrEqualTo: ordered((left, right) => left >= right),
  LessThan: ordered((left, right) => left < right),
  LessThanOrEqualTo: ordered((left, right) => left <= right),
  StartsWith: (left, right) => left !== null && text(left).startsWith(text(right)),
  EndsWith: (left, right) => left !== null && text(left).endsWith(text(right)),
  Contains: (left, right) => left !== null && text(left).includes(text(right)),
  IsOn: (left, right) => left !== null && left === right,
  IsBefore: ordered((left, right) => left < right),
  IsAfter: ordered((left, right) => left > right),
};

/** Operators that ask about the left side alone; the right side says whether the answer should be yes or no. */
const ASK: Readonly<Record<string, (value: FlowValue) => boolean>> = {
  IsNull: (value) => value === null || (isCollection(value) && value.length === 0),
  IsBlank: (value) => value === null || value === '' || (typeof value === 'string' && value.trim() === ''),
  IsEmpty: (value) => value === null || (isCollection(value) && value.length === 0),
  HasNoValue: (value) => value === null || value === '',
  HasValue: (value) => value !== null && value !== '',
};

/** Compiles conditions joined by `and`, `or` or numbered logic. Throws FlowProblem or FormulaError. */
export function compileConditions(
  names: FlowNames,
  conditions: readonly StoredCondition[],
  logic: string | undefined,
): Test {
  if ((logic ?? '').toLowerCase() === 'formula_evaluates_to_true')
    throw new FlowProblem(notRun('decisions by formula'));
  const tests = conditions.map((condition) => compileCondition(names, condition));
  return testOf(parseLogic(logic, tests.length), tests);
}

/** A condition, or a group of conditions with a logic of its own (Metadata API Developer Guide, FlowCondition). */
function compileCondition(names: FlowNames, condition: StoredCondition): Test {
  if ((condition.conditions ?? []).length > 0)
    return compileConditions(names, condition.conditions!, condition.conditionLogic);
  if (condition.aggregationOperator !== undefined) throw new FlowProblem(notRun('conditions on aggregates'));
  if (condition.operator === 'WasVisited') {
    const visited = wasVisited(names, condition.leftValueReference ?? '');
    const right = compileValue(names, condition.rightValue);
    return (interview) => visited(interview) === (right.read(interview) !== false);
  }
  /** "Requires a choice on the left side" (same page): choices are on screens. */
  if (condition.operator === 'WasSelected') throw new FlowProblem(notRun('the operator WasSelected'));
  const left = resolveResource(names, condition.leftValueReference ?? '');
  return compareWith(left, condition.operator ?? '', compileValue(names, condition.rightValue));
}

/** The test `left operator right`; also used for entry conditions. */
export function compareWith(left: Resource, operator: string, right: Source): Test {
  const expectsYes = (interview: Interview): boolean => right.read(interview) !== false;
  if (operator === 'IsChanged') {
    const { prior, read } = left;
    if (!prior)
      throw new FlowProblem(`The operator IsChanged can be used only with fields of $Record, not with ${left.name}.`);
    return (interview) => {
      if (interview.asynchronous) throw new FlowFault(NO_IS_CHANGED_AFTERWARDS);
      /** A new record has no earlier value that could have changed. */
      return (interview.prior !== null && read(interview) !== prior(interview)) === expectsYes(interview);
    };
  }
  if (operator === 'WasSet') {
    const { isSet } = left;
    if (!isSet)
      throw new FlowProblem(`The operator WasSet can be used only with fields of records, not with ${left.name}.`);
    return (interview) => isSet(interview) === expectsYes(interview);
  }
  const ask = ASK[operator];
  if (ask) return (interview) => ask(left.read(interview)) === expectsYes(interview);
  if (operator === 'In' || operator === 'NotIn') {
    const wanted = operator === 'In';
    return (interview) => {
      const list = right.read(interview);
      const found = isCollection(list) && list.some((item) => item === left.read(interview));
      return found === wanted;
    };
  }
  const dateTest = compileDateTest(left, operator, right);
  if (dateTest) return dateTest;
  const compare = COMPARE[operator];
  if (!compare) throw new FlowProblem(notRun(`the operator ${operator}`));
  if (left.type.kind === 'collection') {
    if (operator !== 'Contains') throw new FlowProblem(`The operator ${operator} can't be used with a collection.`);
    const item = converted(right, left.type.of);
    return (interview) => {
      const list = left.read(interview);
      return isCollection(list) && list.includes(item.read(interview) as never);
    };
  }
  const other = converted(right, left.type);
  if (left.type.kind === 'record') {
    return (interview) => {
      const [a, b] = [left.read(interview), other.read(interview)];
      const same = isRecord(a) && isRecord(b) ? JSON.stringify(a.values) === JSON.stringify(b.values) : a === b;
      return same === (operator === 'EqualTo');
    };
  }
  return (interview) => compare(left.read(interview), other.read(interview));
}
