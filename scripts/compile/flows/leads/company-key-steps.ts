/**
 * The company name as it is compared, step by step in a text variable, for the same reasons as domain-steps.ts. The same rule as
 * `simpleCompanyKey` (scripts/matching), which a test holds it to; tabs and line ends aside, which a name field does not keep.
 */
import type { FlowAssignmentItem, FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import { LEGAL_FORMS } from '../../../matching/legal-forms.ts';
import { BLANKED_CHARACTERS, KEY_LENGTH, REMOVED_CHARACTERS } from '../../../matching/simple-keys.ts';
import type { Authored } from '../../../metadata/component-metadata.ts';
import { formula, reference, set, variable } from '../elements.ts';
import type { Value } from '../elements.ts';
import { anyOf, merge, quoted } from '../formula-text.ts';

export const COMPANY = 'Company';
const PLAIN = 'Company_In_Lower_Case';
const BLANKED = 'Company_Without_Punctuation';
const SINGLE = 'Company_With_Single_Blanks';
const FORM_LENGTH = 'Length_Of_Legal_Form';
const NO_FORM = 'Company_Without_Legal_Form';

const present = merge(COMPANY);

const substituted = (value: string, marks: readonly string[], by: string): string =>
  marks.reduce((inner, mark) => `SUBSTITUTE(${inner}, ${quoted(mark)}, ${quoted(by)})`, value);

/** Characters that a name field can hold. */
const BLANKED_IN_NAMES = BLANKED_CHARACTERS.filter((mark) => !/\s/.test(mark));
/** Each pass halves a run of blanks; a name is at most 255 characters long. */
const PASSES = 8;

/** How many characters the legal form at the end takes, its blank included; longer ones first, as the list has them. */
const formLength = [...Map.groupBy(LEGAL_FORMS, ({ length }) => length)]
  .toSorted(([left], [right]) => right - left)
  .reduceRight((otherwise, [length, forms]) => {
    const ending = `RIGHT(${present}, ${String(length + 1)})`;
    return `IF(${anyOf(forms.map((form) => `${ending} = ${quoted(` ${form}`)}`))}, ${String(length + 1)}, ${otherwise})`;
  }, '0');

export const companyFormulas: readonly Authored<FlowFormula>[] = [
  formula(
    PLAIN,
    'String',
    'In lower case, with "and" for an ampersand, without dots and apostrophes.',
    substituted(substituted(`LOWER(${present})`, ['&'], 'and'), REMOVED_CHARACTERS, ''),
  ),
  formula(BLANKED, 'String', 'Blanks for all other punctuation.', substituted(present, BLANKED_IN_NAMES, ' ')),
  formula(
    SINGLE,
    'String',
    'One blank where there were several.',
    `TRIM(${substituted(present, Array<string>(PASSES).fill('  '), ' ')})`,
  ),
  formula(FORM_LENGTH, 'Number', 'How long the legal form at the end is, with the blank before it.', formLength),
  formula(
    NO_FORM,
    'String',
    'Without one legal form at the end, no longer than the field.',
    `LEFT(TRIM(LEFT(${present}, LEN(${present}) - ${merge(FORM_LENGTH)})), ${String(KEY_LENGTH)})`,
  ),
];

export const companyVariable: Authored<FlowVariable> = variable(
  COMPANY,
  'String',
  'A company key that is being worked out.',
);

/** Assignments that leave the key of `name` in {@link COMPANY}. */
export const companyKeyOf = (name: Value): readonly Authored<FlowAssignmentItem>[] => [
  set(COMPANY, name),
  ...[PLAIN, BLANKED, SINGLE, NO_FORM].map((step) => set(COMPANY, reference(step))),
];
