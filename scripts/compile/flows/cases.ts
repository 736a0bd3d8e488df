import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import { formula } from './elements.ts';
import { merge, quoted } from './formula-text.ts';

/** A formula resource holds 3,900 characters (help: "Formula Field Limits and Restrictions"); some room for what goes around. */
const LONGEST = 3_500;

interface Cases {
  readonly name: string;
  readonly description: string;
  /** Formula text of what is compared. */
  readonly subject: string;
  readonly cases: readonly (readonly [when: string, then: string])[];
}

/**
 * The text that belongs to a text, as formula `name`; blank for none. A list that is too long for one formula goes on in further ones
 * (`name_2` …), each of which the one before refers to.
 */
export const casesFormulas = ({ name, description, subject, cases }: Cases): readonly Authored<FlowFormula>[] => {
  const parts: string[][] = [[]];
  let length = 0;
  for (const [when, then] of cases) {
    const part = `${quoted(when)}, ${quoted(then)}`;
    if (length + part.length > LONGEST) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)!.push(part);
    length += part.length + 2;
  }
  const nameOf = (index: number): string => (index === 0 ? name : `${name}_${String(index + 1)}`);
  return parts.map((part, index) => {
    const otherwise = index + 1 < parts.length ? merge(nameOf(index + 1)) : '""';
    return formula(nameOf(index), 'String', description, `CASE(${[subject, ...part, otherwise].join(', ')})`);
  });
};
