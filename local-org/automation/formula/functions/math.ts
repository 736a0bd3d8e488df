import { clean, roundHalfUp, truncate } from '../decimal.ts';
import { computed, requireType } from '../expression.ts';
import { FormulaError, FormulaEvaluationError } from '../formula-error.ts';
import { MESSAGE } from '../messages.ts';
import { fixed, type FunctionCompiler, type FunctionTable } from './signature.ts';

const real = (calculate: (value: number) => number): FunctionCompiler =>
  fixed(['Number'], 'Number', (value: number) => clean(calculate(value)));

/** "if the given number is from -1 through 1. Otherwise, returns NULL" (Formula Operators and Functions by Context). */
const withinOne = (calculate: (value: number) => number): FunctionCompiler =>
  fixed(['Number'], 'Number', (value: number) => (Math.abs(value) > 1 ? null : clean(calculate(value))));

const positive = (calculate: (value: number) => number, name: string): FunctionCompiler =>
  fixed(['Number'], 'Number', (value: number) => {
    if (value <= 0) throw new FormulaEvaluationError(`Out of range argument to ${name}() function`);
    return clean(calculate(value));
  });

/** MAX and MIN: one null among the numbers gives null (FunctionMax.execute). */
const extreme =
  (choose: (left: number, right: number) => number): FunctionCompiler =>
  (args, at, _scope, name) => {
    if (args.length === 0) throw new FormulaError(MESSAGE.wrongCount(name, 1, 0), at);
    const values = args.map((argument) => requireType(name, argument, ['Number']).evaluate);
    return computed(
      'Number',
      (frame) => {
        let result: number | null = null;
        for (const value of values) {
          const next = value(frame) as number | null;
          if (next === null) return null;
          result = result === null ? next : choose(result, next);
        }
        return result;
      },
      at,
      args,
    );
  };

/**
 * Signs as documented: CEILING away from zero, FLOOR towards zero, MCEILING towards zero and MFLOOR away from zero if
 * negative.
 */
export const MATH_FUNCTIONS: FunctionTable = {
  ABS: fixed(['Number'], 'Number', Math.abs),
  ACOS: withinOne(Math.acos),
  ASIN: withinOne(Math.asin),
  ATAN: real(Math.atan),
  ATAN2: fixed(['Number', 'Number'], 'Number', (y: number, x: number) => clean(Math.atan2(y, x))),
  CEILING: real((value) => (value < 0 ? Math.floor(clean(value)) : Math.ceil(clean(value)))),
  COS: real(Math.cos),
  /**
   * The conversion rate to the corporate currency. The local org has one currency, so it is 1; that an unknown code gives 1 as
   * well is unconfirmed.
   */
  CURRENCYRATE: fixed(['Text'], 'Number', () => 1),
  EXP: real(Math.exp),
  FLOOR: real((value) => Math.trunc(clean(value))),
  LN: positive(Math.log, 'LN'),
  LOG: positive(Math.log10, 'LOG'),
  MAX: extreme(Math.max),
  MCEILING: real((value) => Math.ceil(clean(value))),
  MFLOOR: real((value) => Math.floor(clean(value))),
  MIN: extreme(Math.min),
  /** The remainder has the dividend's sign (BigDecimal.remainder). */
  MOD: fixed(['Number', 'Number'], 'Number', (value: number, divisor: number) => {
    if (divisor === 0) throw new FormulaEvaluationError('Division by zero');
    return clean(value % divisor);
  }),
  PI: fixed([], 'Number', () => Math.PI),
  ROUND: fixed(['Number', 'Number'], 'Number', roundHalfUp),
  SIN: real(Math.sin),
  SQRT: fixed(['Number'], 'Number', (value: number) => {
    if (value < 0) throw new FormulaEvaluationError('Out of range argument to SQRT() function');
    return clean(Math.sqrt(value));
  }),
  TAN: real(Math.tan),
  TRUNC: fixed(['Number', 'Number'], 'Number', (value: number, scale = 0) => truncate(value, scale), 1),
};
