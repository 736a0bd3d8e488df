import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BinaryOperator, FormulaNode } from '../../../../local-org/automation/formula/ast.ts';
import {
  addMonths,
  dateOfDayNumber,
  dayNumber,
  isoWeek,
  localDate,
  weekday,
} from '../../../../local-org/automation/formula/calendar.ts';
import { roundHalfUp } from '../../../../local-org/automation/formula/decimal.ts';
import { FormulaError } from '../../../../local-org/automation/formula/formula-error.ts';
import { parseFormula } from '../../../../local-org/automation/formula/parse.ts';
import { printFormula } from '../../../../local-org/automation/formula/print.ts';

const OPERATORS: readonly BinaryOperator[] = [
  '||',
  '&&',
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '&',
  '^',
  '*',
  '/',
];

const formulas = fc.letrec<{ node: FormulaNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('number' as const),
      value: fc.nat(1_000_000).map((value) => value / 100),
      at: fc.constant(0),
    }),
    fc.record({ kind: fc.constant('text' as const), value: fc.string(), at: fc.constant(0) }),
    fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean(), at: fc.constant(0) }),
    fc.record({ kind: fc.constant('null' as const), at: fc.constant(0) }),
    fc.record({
      kind: fc.constant('reference' as const),
      name: fc.constantFrom('Amount', 'Account.Name', '$User.Id'),
      at: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('IF', 'AND', 'F'),
      args: fc.array(tie('node'), { maxLength: 3 }),
      at: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('unary' as const),
      operator: fc.constantFrom('-' as const, '+' as const, '!' as const),
      operand: tie('node'),
      at: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('binary' as const),
      operator: fc.constantFrom(...OPERATORS),
      left: tie('node'),
      right: tie('node'),
      at: fc.constant(0),
    }),
  ),
})).node;

const withoutOffsets = (node: FormulaNode): unknown =>
  JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'at' ? undefined : value)));

test('what is printed parses to the same formula', () => {
  fc.assert(
    fc.property(formulas, (node) =>
      assert.deepEqual(withoutOffsets(parseFormula(printFormula(node))), withoutOffsets(node)),
    ),
  );
});

test('no text makes the parser fail in another way than with its own error', () => {
  const noise = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'()"\'\\+-*/&|=<>!,.{}$aA1 IF'.split('')), maxLength: 60 }),
  );
  fc.assert(
    fc.property(noise, (text) => {
      try {
        parseFormula(text);
      } catch (error) {
        assert.ok(error instanceof FormulaError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test('nesting without end is refused, not fatal', () => {
  assert.throws(() => parseFormula('('.repeat(100_000)), FormulaError);
  assert.throws(() => parseFormula('-'.repeat(100_000)), FormulaError);
});

const days = fc.integer({ min: -25_000, max: 60_000 });

test('days and dates agree with the JavaScript calendar', () => {
  fc.assert(
    fc.property(days, (day) => {
      const date = dateOfDayNumber(day);
      assert.equal(dayNumber(date), day);
      assert.equal(weekday(date), new Date(`${date}T00:00:00Z`).getUTCDay() + 1);
      const { year, week } = isoWeek(date);
      assert.ok(week >= 1 && week <= 53 && Math.abs(year - Number(date.slice(0, 4))) <= 1);
    }),
  );
});

test('adding months keeps the day, the end of a month, and can be done in steps of a year', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -300, max: 300 }), (day, months) => {
      const date = dateOfDayNumber(day);
      const result = addMonths(date, months);
      const [from, to] = [new Date(`${date}T00:00:00Z`), new Date(`${result}T00:00:00Z`)];
      const moved = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
      assert.equal(moved, months);
      const isLast = (moment: Date): boolean => new Date(moment.getTime() + 86_400_000).getUTCDate() === 1;
      if (isLast(from)) assert.ok(isLast(to));
      else assert.ok(to.getUTCDate() === from.getUTCDate() || isLast(to));
      /** On the way a 28th or later may become the end of a month, and then stays one. */
      if (from.getUTCDate() < 28) assert.equal(addMonths(addMonths(date, 12), months), addMonths(date, months + 12));
    }),
  );
});

test('a local date is what Intl says', () => {
  const zones = fc.constantFrom('America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC');
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      zones,
      (moment, zone) => {
        const expected = new Intl.DateTimeFormat('en-CA', {
          timeZone: zone,
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
        }).format(moment);
        assert.equal(localDate(moment.toISOString(), zone), expected);
      },
    ),
  );
});

test('rounding is exact on cents', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (thousandths) => {
      const cents = Math.floor((Math.abs(thousandths) + 5) / 10) * Math.sign(thousandths);
      assert.equal(roundHalfUp(thousandths / 1000, 2), cents / 100 + 0);
    }),
  );
});
