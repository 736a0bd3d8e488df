import type { FieldValue } from '../../data/types.ts';
import type { BinaryOperator, UnaryOperator } from './ast.ts';
import { addDaysToDateTime, dateOfDayNumber, DAY_MS, dayNumber, msToTime, timeToMs } from './calendar.ts';
import { clean } from './decimal.ts';
import { computed, commonType, constantOf, refusePicklist, requireType, withType } from './expression.ts';
import { FormulaError, FormulaEvaluationError } from './formula-error.ts';
import { MESSAGE } from './messages.ts';
import type { Evaluate, Expression, FormulaType, Framed, Scope } from './types.ts';

type Values<F> = (left: Evaluate<F>, right: Evaluate<F>) => Evaluate<F>;

const numeric =
  (calculate: (left: number, right: number) => number) =>
  <F>(left: Evaluate<F>, right: Evaluate<F>): Evaluate<F> =>
  (frame) => {
    const a = left(frame) as number | null;
    const b = right(frame) as number | null;
    return a === null || b === null ? null : clean(calculate(a, b));
  };

/** A null operand gives null; otherwise `calculate` sees both values. */
const both =
  (calculate: (left: never, right: never) => FieldValue) =>
  <F>(left: Evaluate<F>, right: Evaluate<F>): Evaluate<F> =>
  (frame) => {
    const a = left(frame);
    const b = right(frame);
    return a === null || b === null ? null : (calculate as (l: FieldValue, r: FieldValue) => FieldValue)(a, b);
  };

/** The platform's guard against numbers it cannot hold (BigDecimalHelper.formulaPower). */
const LARGEST_POWER = 64;
function power(base: number, exponent: number): number {
  if (Math.log10(Math.abs(base)) * exponent > LARGEST_POWER) {
    throw new FormulaEvaluationError('Out of range argument to POWER() function');
  }
  return base ** exponent;
}

/** Which operands + and - take, and what comes of it (OperatorAddOrSubtract.validate and .execute). */
const ADDITION: Readonly<Record<string, readonly [FormulaType, Values<never>]>> = {
  'Number+Number': ['Number', numeric((a, b) => a + b)],
  'Number-Number': ['Number', numeric((a, b) => a - b)],
  'Text+Text': ['Text', (left, right) => (frame) => `${left(frame) as string}${right(frame) as string}`],
  'Date+Number': ['Date', both((a: string, b: number) => dateOfDayNumber(dayNumber(a) + b))],
  'Number+Date': ['Date', both((a: number, b: string) => dateOfDayNumber(dayNumber(b) + a))],
  'Date-Number': ['Date', both((a: string, b: number) => dateOfDayNumber(dayNumber(a) - b))],
  'Date-Date': ['Number', both((a: string, b: string) => dayNumber(a) - dayNumber(b))],
  'DateTime+Number': ['DateTime', both((a: string, b: number) => addDaysToDateTime(a, b))],
  'Number+DateTime': ['DateTime', both((a: number, b: string) => addDaysToDateTime(b, a))],
  'DateTime-Number': ['DateTime', both((a: string, b: number) => addDaysToDateTime(a, -b))],
  'DateTime-DateTime': ['Number', both((a: string, b: string) => clean((Date.parse(a) - Date.parse(b)) / DAY_MS))],
  'Time+Number': ['Time', both((a: string, b: number) => msToTime(timeToMs(a) + b))],
  'Time-Number': ['Time', both((a: string, b: number) => msToTime(timeToMs(a) - b))],
  'Time-Time': ['Number', both((a: string, b: string) => (timeToMs(a) - timeToMs(b) + DAY_MS) % DAY_MS)],
};

const ARITHMETIC: Readonly<Record<string, Values<never>>> = {
  '*': numeric((a, b) => a * b),
  '/': numeric((a, b) => a / b),
  '^': numeric(power),
};

export function compileUnary<F>(operator: UnaryOperator, operand: Expression<F>, at: number): Expression<F> {
  const value = operand.evaluate;
  if (operator === '!') {
    requireType('not', operand, ['Boolean']);
    return computed('Boolean', (frame) => negate(value(frame)), at, [operand]);
  }
  requireType(operator, operand, ['Number']);
  if (operator === '+') return computed('Number', value, at, [operand]);
  return computed(
    'Number',
    (frame) => {
      const number = value(frame) as number | null;
      return number === null ? null : 0 - number;
    },
    at,
    [operand],
  );
}

export const negate = (value: FieldValue): FieldValue => (value === null ? null : !value);

export function compileBinary<F extends Framed>(
  operator: BinaryOperator,
  left: Expression<F>,
  right: Expression<F>,
  at: number,
  scope: Scope<F>,
): Expression<F> {
  switch (operator) {
    case '||':
    case '&&':
      return logical(operator, left, right, at);
    case '=':
    case '<>':
      return equality(operator, left, right, at, scope);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordering(operator, left, right, at, scope);
    case '&': {
      const first = requireType('&', left, ['Text']).evaluate;
      const second = requireType('&', right, ['Text']).evaluate;
      return computed('Text', (frame) => `${first(frame) as string}${second(frame) as string}`, at, [left, right]);
    }
    case '+':
    case '-':
      return addition(operator, left, right, at);
    default: {
      const first = requireType(operator, left, ['Number']).evaluate;
      const second = requireType(operator, right, ['Number']).evaluate;
      return computed('Number', (ARITHMETIC[operator] as unknown as Values<F>)(first, second), at, [left, right]);
    }
  }
}

function logical<F>(operator: '||' | '&&', left: Expression<F>, right: Expression<F>, at: number): Expression<F> {
  const name = operator === '||' ? 'or' : 'and';
  const first = requireType(name, left, ['Boolean']).evaluate;
  const second = requireType(name, right, ['Boolean']).evaluate;
  return operator === '||'
    ? computed('Boolean', (frame) => first(frame) === true || second(frame) === true, at)
    : computed('Boolean', (frame) => first(frame) === true && second(frame) === true, at);
}

function addition<F>(operator: '+' | '-', left: Expression<F>, right: Expression<F>, at: number): Expression<F> {
  if (left.type === 'Null' || right.type === 'Null') return constantOf('Null', null, at);
  refusePicklist(left);
  refusePicklist(right);
  const rule = ADDITION[`${left.type}${operator}${right.type}`];
  if (rule) {
    return computed(rule[0], (rule[1] as unknown as Values<F>)(left.evaluate, right.evaluate), at, [left, right]);
  }
  if (left.type === 'Text' && operator === '+') {
    throw new FormulaError(MESSAGE.wrongType('+', 'Text', right.type), right.at);
  }
  const invalid = left.type === 'Text' || left.type === 'Boolean' ? left : right;
  throw new FormulaError(MESSAGE.wrongType(operator, 'Number, Date, DateTime', invalid.type), invalid.at);
}

function comparable<F>(
  operator: string,
  left: Expression<F>,
  right: Expression<F>,
): readonly [Expression<F>, Expression<F>] {
  refusePicklist(left);
  refusePicklist(right);
  const type = commonType(left.type, right.type);
  if (type === null) throw new FormulaError(MESSAGE.wrongType(operator, left.type, right.type), right.at);
  return [withType(left, type), withType(right, type)];
}

/**
 * OperatorEquality.comparePointwise: text compares blank as ''; otherwise null makes the answer unknown, except in
 * flows.
 */
function equality<F extends Framed>(
  operator: '=' | '<>',
  leftSide: Expression<F>,
  rightSide: Expression<F>,
  at: number,
  scope: Scope<F>,
): Expression<F> {
  const [left, right] = comparable(operator, leftSide, rightSide);
  const first = left.evaluate;
  const second = right.evaluate;
  const equal = operator === '=';
  if (left.type === 'Text' || scope.nulls === 'strict') {
    return computed('Boolean', (frame) => (first(frame) === second(frame)) === equal, at, [left, right]);
  }
  return computed('Boolean', both((a: FieldValue, b: FieldValue) => (a === b) === equal)(first, second), at, [
    left,
    right,
  ]);
}

const ORDERED: readonly FormulaType[] = ['Number', 'Text', 'Date', 'DateTime', 'Time', 'Null'];

function ordering<F extends Framed>(
  operator: '<' | '<=' | '>' | '>=',
  leftSide: Expression<F>,
  rightSide: Expression<F>,
  at: number,
  scope: Scope<F>,
): Expression<F> {
  const [left, right] = comparable(operator, leftSide, rightSide);
  if (!ORDERED.includes(left.type)) {
    throw new FormulaError(MESSAGE.wrongType(operator, 'Number, Text, Date, DateTime', left.type), left.at);
  }
  const compare = {
    '<': (a: never, b: never): boolean => a < b,
    '<=': (a: never, b: never): boolean => a <= b,
    '>': (a: never, b: never): boolean => a > b,
    '>=': (a: never, b: never): boolean => a >= b,
  }[operator];
  const strict = scope.nulls === 'strict';
  const first = left.evaluate;
  const second = right.evaluate;
  return computed(
    'Boolean',
    (frame) => {
      const a = first(frame);
      const b = second(frame);
      if (a !== null && b !== null) return compare(a as never, b as never);
      if (strict) throw new FormulaEvaluationError(MESSAGE.notValidForOperator('null', operator));
      return null;
    },
    at,
    [left, right],
  );
}
