import { compileFormula } from '../formula/compile-formula.ts';
import { FormulaError, FormulaEvaluationError } from '../formula/formula-error.ts';
import { compareWith, type Test } from './conditions.ts';
import { onlyWhenChangedToMeet } from './elements/decision.ts';
import { parseLogic, testOf } from './filter-logic.ts';
import { FlowFault } from './flow-fault.ts';
import { flowScope, resolveResource, type FlowNames } from './flow-scope.ts';
import { compileValue } from './flow-value.ts';
import { invalidFormula } from './messages.ts';
import type { StoredStart } from './metadata.ts';

/** Whether a saved record starts a flow. */
export interface EntryConditions {
  /** The record meets the conditions as it is now: what waiting paths are checked against. */
  readonly meets: Test;
  /**
   * The save starts the flow. With `doesRequireRecordChangedToMeetCriteria` only when the record did not meet the
   * conditions before the save and does now.
   */
  readonly starts: Test;
}

/** Throws FlowProblem or FormulaError. */
export function compileEntryConditions(names: FlowNames, start: StoredStart): EntryConditions {
  const meets = unlessUnreadable(
    start.filterFormula !== undefined ? byFormula(names, start.filterFormula) : byFilters(names, start),
  );
  const starts = start.doesRequireRecordChangedToMeetCriteria === true ? onlyWhenChangedToMeet(meets) : meets;
  return { meets, starts };
}

/** A condition that cannot be evaluated is not met. */
const unlessUnreadable =
  (test: Test): Test =>
  (interview) => {
    try {
      return test(interview);
    } catch (error) {
      if (error instanceof FormulaEvaluationError || error instanceof FlowFault) return false;
      throw error;
    }
  };

function byFilters(names: FlowNames, start: StoredStart): Test {
  const tests = (start.filters ?? []).map((filter) =>
    compareWith(
      resolveResource(names, `$Record.${filter.field ?? ''}`),
      filter.operator ?? '',
      compileValue(names, filter.value),
    ),
  );
  return tests.length === 0 ? () => true : testOf(parseLogic(start.filterLogic, tests.length), tests);
}

function byFormula(names: FlowNames, formula: string): Test {
  try {
    const compiled = compileFormula(formula, flowScope(names, 'entryCondition'), 'Boolean');
    return (interview) => compiled.evaluate(interview) === true;
  } catch (error) {
    throw error instanceof FormulaError ? new FormulaError(invalidFormula(error.message), error.at) : error;
  }
}
