import { textOf } from '../text-of.ts';
import { STANDARD_VALUE_SET_OF } from '../standard-value-sets.ts';
import { valueProblems } from './custom-field.ts';
import type { Rule, RuleProblem, World } from './rule.ts';

/** Unconfirmed where no source is named. */
export const VALUE_SET_PROBLEMS = {
  /** sfdx-hardis, deployTipsList.ts (errors of real deploys). */
  atLeastOne: 'Required field is missing: standardValue',
  unknownSet: (name: string) => `Standard value set ${name} does not exist`,
  /** CumulusCI metadata_etl/value_sets.py demands the same elements. */
  stageElement: (value: string, element: string) => `Required field is missing: ${element} for the value ${value}`,
  wonNotClosed: (value: string) => `The value ${value} is won and therefore must be closed`,
  probability: (value: string) => `The probability of ${value} must be between 0 and 100`,
  /** The platform's general text for a value that a picklist does not offer; not confirmed for forecast categories. */
  forecastCategory: (category: string) => `bad value for restricted picklist field: ${category}`,
  noConverted: 'At least one lead status must be converted',
};

type Value = Readonly<Record<string, unknown>>;

/** Elements that every value of a set needs beside its name. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  CaseStatus: ['closed'],
  LeadStatus: ['converted'],
  OpportunityStage: ['closed', 'won', 'probability', 'forecastCategory'],
  TaskStatus: ['closed'],
};

const SET_NAMES: ReadonlySet<string> = new Set(Object.values(STANDARD_VALUE_SET_OF));

export const standardValueSetRule: Rule = (component, _stored, world) => {
  const values = (component.metadata.standardValue ?? []) as readonly Value[];
  const isKnown =
    world.previous('StandardValueSet', component.fullName) !== undefined || SET_NAMES.has(component.fullName);
  if (!isKnown) return [{ problem: VALUE_SET_PROBLEMS.unknownSet(component.fullName) }];
  if (values.length === 0) return [{ problem: VALUE_SET_PROBLEMS.atLeastOne }];
  const problems: RuleProblem[] = [...valueProblems(values)];
  for (const value of values) {
    const name = textOf(value.fullName);
    for (const element of REQUIRED[component.fullName] ?? []) {
      if (value[element] === undefined) problems.push({ problem: VALUE_SET_PROBLEMS.stageElement(name, element) });
    }
    if (component.fullName === 'OpportunityStage')
      problems.push(...stageProblems(name, value), ...forecastProblems(value, world));
  }
  const isActive = (value: Value): boolean => value.isActive !== false;
  if (component.fullName === 'LeadStatus' && !values.some((value) => value.converted === true && isActive(value))) {
    problems.push({ problem: VALUE_SET_PROBLEMS.noConverted });
  }
  return problems;
};

function stageProblems(name: string, value: Value): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (value.won === true && value.closed === false) problems.push({ problem: VALUE_SET_PROBLEMS.wonNotClosed(name) });
  const probability = Number(value.probability ?? 0);
  if (probability < 0 || probability > 100) problems.push({ problem: VALUE_SET_PROBLEMS.probability(name) });
  return problems;
}

/**
 * Most Likely is a forecast category only where it has been switched on; then ForecastCategoryName offers it (help:
 * Forecast Categories, forecasts3_forecast_categories).
 */
function forecastProblems({ forecastCategory }: Value, { metadata }: World): RuleProblem[] {
  if (forecastCategory !== 'MostLikely') return [];
  const offered = metadata.get('StandardValueSet', 'ForecastCategoryName')?.metadata.standardValue;
  const isOffered = ((offered ?? []) as readonly Value[]).some((value) => textOf(value.fullName) === 'Most Likely');
  return isOffered ? [] : [{ problem: VALUE_SET_PROBLEMS.forecastCategory('MostLikely') }];
}

export const globalValueSetRule: Rule = (component) =>
  valueProblems((component.metadata.customValue ?? []) as readonly Value[]);
