import { createContext, Script } from 'node:vm';
import { FormulaEvaluationError } from './formula-error.ts';

/** Milliseconds a match may take. The platform counts steps: "System.LimitException: Regex too complicated". */
const LONGEST_MATCH_MS = 200;

/**
 * A quantifier behind a group is what makes a search try everything: `(a+)+`, `(a|aa)*`. Other patterns end soon, on texts
 * that are not long.
 */
const REPEATED_GROUP = /\)[*+{]/;
const SHORT = 500;

const matching = createContext({ pattern: /./, text: '' }) as { pattern: RegExp; text: string };
const script = new Script('pattern.test(text)');

/** Whether the text matches. Throws a FormulaEvaluationError when finding out takes too long. */
export function matchesInTime(pattern: RegExp, text: string): boolean {
  if (text.length <= SHORT && !REPEATED_GROUP.test(pattern.source)) return pattern.test(text);
  matching.pattern = pattern;
  matching.text = text;
  try {
    return script.runInContext(matching, { timeout: LONGEST_MATCH_MS }) as boolean;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new FormulaEvaluationError('Regex too complicated');
  }
}
