import { FormulaError } from '../formula-error.ts';
import { MESSAGE } from '../messages.ts';
import type { Expression, Framed, Scope } from '../types.ts';
import { DATE_FUNCTIONS } from './date.ts';
import { LOCATION_FUNCTIONS } from './location.ts';
import { LOGICAL_FUNCTIONS } from './logical.ts';
import { MATH_FUNCTIONS } from './math.ts';
import { RECORD_FUNCTIONS } from './record.ts';
import type { FunctionTable } from './signature.ts';
import { TEXT_FUNCTIONS } from './text.ts';

const FUNCTIONS: FunctionTable = {
  ...LOGICAL_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...RECORD_FUNCTIONS,
  ...LOCATION_FUNCTIONS,
};

/** Functions the platform has and the local org does not evaluate (Formula Operators and Functions by Context). */
const NOT_EVALUATED = new Set([
  'GETRECORDIDS',
  'IMAGEPROXYURL',
  'INCLUDE',
  'JUNCTIONIDLIST',
  'LINKTO',
  'PARENTGROUPVAL',
  'PREDICT',
  'PREVGROUPVAL',
  'REQUIRESCRIPT',
  'URLFOR',
]);

/** Function names the local org evaluates, sorted. VLOOKUP's arguments name fields, so it is compiled by itself. */
export const functionNames = (): readonly string[] => [...Object.keys(FUNCTIONS), 'VLOOKUP'].sort();

export function compileCall<F extends Framed>(
  name: string,
  args: readonly Expression<F>[],
  at: number,
  scope: Scope<F>,
): Expression<F> {
  const compiler = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!compiler) {
    const message = NOT_EVALUATED.has(name) ? MESSAGE.notEvaluated(`function ${name}()`) : MESSAGE.noFunction(name);
    throw new FormulaError(message, at);
  }
  if (scope.refusedFunctions?.has(name)) throw new FormulaError(MESSAGE.functionNotAllowed(name), at);
  return compiler(args, at, scope, name);
}
