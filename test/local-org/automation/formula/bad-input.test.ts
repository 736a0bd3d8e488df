import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { functionNames } from '../../../../local-org/automation/formula/functions/index.ts';
import { FormulaError, FormulaEvaluationError } from '../../../../local-org/automation/formula/formula-error.ts';
import { evaluate } from './evaluate.ts';

/** Milliseconds one formula of the longest allowed length may take. */
const BOUND = 1_000;
const RUNS = { numRuns: 3_000, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: true } as const;

/** A formula ends with a value, with the compiler's complaint, or with an evaluation error; never otherwise, never late. */
function endsWell(formula: string): void {
  const start = performance.now();
  try {
    evaluate(formula);
  } catch (error) {
    if (!(error instanceof FormulaError || error instanceof FormulaEvaluationError)) throw error;
    assert.ok(error.message.length > 0);
  }
  const took = performance.now() - start;
  assert.ok(took < BOUND, `${Math.round(took)} ms: ${formula.slice(0, 80)}`);
}

const anyText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }));
const token = fc.oneof(
  fc.constantFrom(...functionNames().flatMap((name) => [name, `${name}(`])),
  fc.constantFrom(
    '(',
    ')',
    ',',
    '+',
    '-',
    '*',
    '/',
    '^',
    '&',
    '&&',
    '||',
    '=',
    '==',
    '<>',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    '!',
  ),
  fc.constantFrom('"a"', "'b'", '1', '-1', '0.1', '1e3', '99999999999999999999', 'TRUE', 'NULL', 'NOW()', 'TODAY()'),
  fc.constantFrom(
    '{!',
    '}',
    '[',
    ']',
    '"',
    "'",
    '/*',
    '*/',
    '\\',
    '.',
    '$User.Id',
    '$',
    'Name',
    'Nope__c',
    'A.B.C',
    '\n',
    '\u0000',
  ),
);

test('any text ends with an answer or a complaint', () => {
  fc.assert(fc.property(anyText, endsWell), RUNS);
});

test('any sequence of tokens does', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 25 }), fc.constantFrom('', ' '), (tokens, space) =>
      endsWell(tokens.join(space)),
    ),
    RUNS,
  );
});

test('well-formed calls with arguments of any type do', () => {
  const argument = fc.constantFrom(
    '1',
    '-0.5',
    '1e308',
    '""',
    '"x"',
    '"2026-02-30"',
    'TRUE',
    'NULL',
    'TODAY()',
    'NOW()',
    'DATE(2026,1,31)',
    'TIMEVALUE("1:00:00")',
    '999999',
  );
  const call = fc
    .tuple(fc.constantFrom(...functionNames()), fc.array(argument, { maxLength: 5 }))
    .map(([name, args]) => `${name}(${args.join(', ')})`);
  fc.assert(fc.property(call, endsWell), { ...RUNS, numRuns: 10_000 });
});

test('deep nesting, long chains and greedy patterns neither crash nor hang', () => {
  const depth = 1_900;
  endsWell('('.repeat(depth) + '1' + ')'.repeat(depth));
  endsWell('('.repeat(3_900));
  endsWell('NOT('.repeat(900) + 'TRUE' + ')'.repeat(900));
  endsWell('-'.repeat(3_800) + '1');
  endsWell('!'.repeat(3_800) + 'TRUE');
  endsWell(Array.from({ length: 1_900 }, () => '1').join('+'));
  endsWell(Array.from({ length: 1_200 }, () => '2').join('^'));
  endsWell('IF(TRUE,'.repeat(400) + '1' + ',2)'.repeat(400));
  const greedy = `REGEX("${'a'.repeat(30)}!", "(a+)+$")`;
  endsWell(greedy);
  assert.throws(() => evaluate(greedy), /Regex too complicated/);
  assert.equal(evaluate('REGEX("abcabc", "(abc)+")'), true);
  endsWell(`REGEX(RPAD("", 3, "") & "${'a'.repeat(3_000)}", "a*a*a*a*b")`);
  endsWell('LEN(RPAD("x", 1e9, "y"))');
  endsWell(`LEN(LPAD("x", 1e15, "y"))`);
  endsWell(`ROUND(1.5, 1e9)`);
  endsWell(`ADDMONTHS(TODAY(), 1e15)`);
  endsWell('/*'.repeat(1_900));
});
