import { clean } from '../../formula/decimal.ts';
import { dateOfDayNumber, dayNumber } from '../../formula/calendar.ts';
import { FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames, type Resource } from '../flow-scope.ts';
import { compileValue, converted, type Source } from '../flow-value.ts';
import type { Interview, LogicElement } from '../interview.ts';
import { notRun } from '../messages.ts';
import type { StoredAssignment } from '../metadata.ts';
import {
  asText,
  copied,
  isCollection,
  isRecord,
  shown,
  type FlowCollection,
  type FlowType,
  type FlowValue,
} from '../values.ts';

type Step = (interview: Interview) => void;
type Combine = (current: FlowValue, value: FlowValue) => FlowValue;

const NUMBER: FlowType = { kind: 'value', type: 'Number' };

/** Operators on a list; the right side is an item, or a list where the operator says so. */
const LIST_ITEM: Readonly<Record<string, (list: FlowCollection, item: never) => FlowCollection>> = {
  Add: (list, item) => [...list, item],
  AddItem: (list, item) => [...list, item],
  AddAtStart: (list, item) => [item, ...list],
  RemoveAll: (list, item) => list.filter((entry) => !same(entry, item)),
  RemoveFirst: (list, item) =>
    without(
      list,
      list.findIndex((entry) => same(entry, item)),
    ),
  RemoveBeforeFirst: (list, item) =>
    list.slice(
      Math.max(
        0,
        list.findIndex((entry) => same(entry, item)),
      ),
    ),
  RemoveAfterFirst: (list, item) => {
    const index = list.findIndex((entry) => same(entry, item));
    return index < 0 ? list : list.slice(0, index + 1);
  },
};
const LIST_LIST: Readonly<Record<string, (list: FlowCollection, other: FlowCollection) => FlowCollection>> = {
  Assign: (_list, other) => other,
  Add: (list, other) => [...list, ...other],
  AddItem: (list, other) => [...list, ...other],
  AddAtStart: (list, other) => [...other, ...list],
  RemoveAll: (list, other) => list.filter((entry) => !other.some((item) => same(entry, item))),
  RemoveUncommon: (list, other) => list.filter((entry) => other.some((item) => same(entry, item))),
};

const same = (left: FlowValue, right: FlowValue): boolean =>
  left === right || JSON.stringify(plain(left)) === JSON.stringify(plain(right));
const plain = (value: FlowValue): unknown => (isRecord(value) ? value.values : value);
const without = (list: FlowCollection, index: number): FlowCollection => (index < 0 ? list : list.toSpliced(index, 1));

/**
 * Operators on simple values; a blank side counts as nothing. Dates move by days; a text or a multi-select picklist gets the
 * value at its end, and `AddItem` adds "the semicolon that's required to mark a value as a separate item". "The Add operator
 * isn't supported when the assignToReference field is a variable of type boolean, dateTime, or sObject" (Metadata API
 * Developer Guide, FlowAssignmentOperator).
 */
const SIMPLE: Readonly<Record<string, Combine>> = {
  'Add Number': (current, value) => clean(((current as number | null) ?? 0) + ((value as number | null) ?? 0)),
  'Subtract Number': (current, value) => clean(((current as number | null) ?? 0) - ((value as number | null) ?? 0)),
  'Add Text': (current, value) => asText(current) + asText(value),
  'Add Multipicklist': (current, value) => asText(current) + asText(value),
  'AddItem Multipicklist': (current, value) =>
    [current, value]
      .map(asText)
      .filter((part) => part !== '')
      .join(';'),
  'Add Date': (current, value) =>
    current === null ? null : dateOfDayNumber(dayNumber(current as string) + ((value as number | null) ?? 0)),
  'Subtract Date': (current, value) =>
    current === null ? null : dateOfDayNumber(dayNumber(current as string) - ((value as number | null) ?? 0)),
};

/** Sets values one after the other; later items see what earlier ones have set. */
export function compileAssignment(names: FlowNames, element: StoredAssignment): LogicElement {
  const name = element.name ?? '';
  const steps = (element.assignmentItems ?? []).map((item) =>
    compileItem(names, item.assignToReference ?? '', item.operator ?? 'Assign', compileValue(names, item.value)),
  );
  const next = element.connector?.targetReference ?? null;
  return {
    kind: 'logic',
    name,
    run(interview) {
      for (const step of steps) step(interview);
      interview.at = next;
    },
  };
}

/** One item of an assignment. Throws a FlowProblem when the target or the operator does not allow it. */
function compileItem(names: FlowNames, reference: string, operator: string, value: Source): Step {
  const target = resolveResource(names, reference);
  const { assign, read, type } = target;
  if (!assign) throw new FlowProblem(`${reference} can't be assigned a value.`);
  /** Of the triggering record the log tells what changed; giving a field the value it has is left out. */
  const ofTriggeringRecord = target.prior !== null;
  const put = (interview: Interview, result: FlowValue): void => {
    if (!ofTriggeringRecord || read(interview) !== result) interview.trace.push(`${reference} = ${shown(result)}`);
    assign(interview, result);
  };
  if (operator === 'AssignCount') return compileCount(target, value, put);
  if (type.kind === 'collection') return compileListItem(type.of, operator, value, read, put);
  if (operator === 'Assign') {
    const source = converted(value, type);
    return (interview) => put(interview, copied(source.read(interview)));
  }
  if (type.kind !== 'value') throw new FlowProblem(notRun(`the operator ${operator} on a record`));
  const group = type.type === 'Picklist' ? 'Text' : type.type;
  const combine = SIMPLE[`${operator} ${group}`];
  if (!combine)
    throw new FlowProblem(`The operator ${operator} can't be used with ${reference}, which is ${type.type}.`);
  const operand = converted(value, group === 'Date' ? NUMBER : type);
  return (interview) => put(interview, combine(read(interview), operand.read(interview)));
}

function compileCount(target: Resource, value: Source, put: (interview: Interview, result: FlowValue) => void): Step {
  if (target.type.kind !== 'value' || target.type.type !== 'Number') {
    throw new FlowProblem(`The count of a collection needs a number; ${target.name} is none.`);
  }
  return (interview) => {
    const counted = value.read(interview);
    put(interview, isCollection(counted) ? counted.length : counted === null ? 0 : 1);
  };
}

function compileListItem(
  item: FlowType,
  operator: string,
  value: Source,
  read: (interview: Interview) => FlowValue,
  put: (interview: Interview, result: FlowValue) => void,
): Step {
  const current = (interview: Interview): FlowCollection => {
    const list = read(interview);
    return isCollection(list) ? list : [];
  };
  if (operator === 'RemovePosition') {
    const position = converted(value, NUMBER);
    return (interview) => put(interview, without(current(interview), Number(position.read(interview) ?? 0) - 1));
  }
  const ofList = value.type.kind === 'collection';
  const combine = ofList ? LIST_LIST[operator] : LIST_ITEM[operator];
  if (!combine) throw new FlowProblem(notRun(`the operator ${operator} on a collection`));
  const operand = converted(value, ofList ? { kind: 'collection', of: item } : item);
  return (interview) => {
    const right = operand.read(interview);
    const list = current(interview);
    if (ofList) {
      put(
        interview,
        (combine as (a: FlowCollection, b: FlowCollection) => FlowCollection)(list, isCollection(right) ? right : []),
      );
      return;
    }
    put(interview, (combine as (a: FlowCollection, b: FlowValue) => FlowCollection)(list, copied(right)));
  };
}
