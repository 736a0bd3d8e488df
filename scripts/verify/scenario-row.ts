import type { Finding } from './judge.ts';
import type { Scenario, Step } from './scenarios/scenario.ts';
import type { ScenarioRow } from './types.ts';

/** What came of a step: nothing (skipped), a refusal, or per record what was compared. */
export type StepResult =
  | 'skipped'
  | { readonly refused: number; readonly message: string; readonly action: string }
  | readonly (readonly Finding[])[];

const describe = (scenario: Scenario): Pick<ScenarioRow, 'scenario' | 'family' | 'type'> => ({
  scenario: scenario.name,
  family: scenario.family,
  type: scenario.type.label,
});

const ofMany = (count: number, total: number): string => (total === 1 ? '' : `${String(count)} of ${String(total)}: `);

export const scenarioRow = (scenario: Scenario, step: Step, result: StepResult): ScenarioRow => {
  const base = { ...describe(scenario), trigger: step.trigger };
  if (result === 'skipped') {
    return {
      ...base,
      expected: '',
      actual: 'not tried: an earlier step was refused',
      found: [],
      status: 'skipped',
      action: 'See the first row of this scenario that was refused.',
    };
  }
  if ('refused' in result) {
    return {
      ...base,
      expected: 'saved',
      actual: `${ofMany(result.refused, scenario.records)}the org refused: ${result.message}`,
      found: [result.message],
      status: 'refused',
      action: result.action,
    };
  }
  const total = scenario.records;
  const good = result.filter((findings) => findings.every(({ ok }) => ok));
  const shown = result.find((findings) => findings.some(({ ok }) => !ok)) ?? result[0] ?? [];
  const passed = result.length === total && good.length === total;
  // A failed row names only what differs; a passed one everything that was compared.
  const named = passed ? shown : shown.filter(({ ok }) => !ok);
  return {
    ...base,
    expected: ofMany(total, total) + named.map(({ expected }) => expected).join('; '),
    actual: ofMany(good.length, total) + named.map(({ actual }) => actual).join('; '),
    found: named.map(({ actual }) => actual),
    status: passed ? 'passed' : 'failed',
    action: passed
      ? ''
      : 'See whether the waterfall’s flows and validation rules are active (checks above) and whether an automation of the org changes the same fields.',
  };
};
