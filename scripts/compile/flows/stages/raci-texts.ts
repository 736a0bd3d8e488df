/**
 * Who is responsible, accountable, consulted and informed: as a text, or, where the stage is known only in the flow, as a formula each and
 * the lines of a text template: BR() in a formula breaks lines of HTML, not of a text that a flow writes into a field.
 */
import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Raci } from '../../../model/waterfall.ts';
import { casesFormulas } from '../cases.ts';
import { merge } from '../formula-text.ts';

const ROLES = [
  ['Responsible', 'responsible'],
  ['Accountable', 'accountable'],
  ['Consulted', 'consulted'],
  ['Informed', 'informed'],
] as const satisfies readonly (readonly [string, keyof Raci])[];

const names = (raci: Raci, key: keyof Raci): string => {
  const value = raci[key];
  return typeof value === 'string' ? value : value.join(', ') || 'nobody';
};

/** A line for each. */
export const raciText = (raci: Raci): string => ROLES.map(([label, key]) => `${label}: ${names(raci, key)}`).join('\n');

/** `subject` is formula text of what the cases are told apart by. */
export const raciFormulas = (
  subject: string,
  cases: readonly (readonly [when: string, raci: Raci])[],
): readonly Authored<FlowFormula>[] =>
  ROLES.flatMap(([label, key]) =>
    casesFormulas({
      name: label,
      description: `Who is ${label.toLowerCase()} in the stage.`,
      subject,
      cases: cases.map(([when, raci]) => [when, names(raci, key)]),
    }),
  );

export const RACI_LINES: readonly string[] = ROLES.map(([label]) => `${label}: ${merge(label)}`);
