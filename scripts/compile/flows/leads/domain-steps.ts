/**
 * The domain of a web or e-mail address, step by step in a text variable: formulas have no pattern replacement, and one formula
 * after the other stays readable. The same rule as `simpleDomain` (scripts/matching), which a test holds it to.
 */
import type { FlowAssignmentItem, FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import { KEY_LENGTH } from '../../../matching/simple-keys.ts';
import type { Authored } from '../../../metadata/component-metadata.ts';
import { formula, reference, set, variable } from '../elements.ts';
import type { Value } from '../elements.ts';
import { merge, quoted } from '../formula-text.ts';

export const DOMAIN = 'Domain';
const NO_SCHEME = 'Domain_Without_Scheme';
const NO_PATH = 'Domain_Without_Path';
const AFTER_AT = 'Domain_After_At_Sign';
const NO_PORT = 'Domain_Without_Port';
const NO_WWW = 'Domain_Without_Www';

const present = merge(DOMAIN);
/** What comes before the first `mark`, or all of it. */
const before = (mark: string, value: string): string =>
  `LEFT(${value}, FIND(${quoted(mark)}, ${value} & ${quoted(mark)}) - 1)`;
/** What comes after the first `mark`; all of it when there is none, since FIND is 0 then. */
const after = (mark: string, value: string): string =>
  `MID(${value}, FIND(${quoted(mark)}, ${value}) + ${String(mark.length)}, LEN(${value}))`;

const text = (name: string, description: string, expression: string): Authored<FlowFormula> =>
  formula(name, 'String', description, expression);

export const domainFormulas: readonly Authored<FlowFormula>[] = [
  text(
    NO_SCHEME,
    'The address in lower case without https:// and the like.',
    `IF(CONTAINS(${present}, "://"), ${after('://', `LOWER(TRIM(${present}))`)}, LOWER(TRIM(${present})))`,
  ),
  text(NO_PATH, 'Without path, query and fragment.', before('/', before('?', before('#', present)))),
  text(AFTER_AT, 'Without the name before an at sign.', after('@', present)),
  text(NO_PORT, 'Without the port.', before(':', present)),
  text(
    NO_WWW,
    'Without a leading www, no longer than the field.',
    `LEFT(TRIM(IF(BEGINS(${present}, "www."), ${after('www.', present)}, ${present})), ${String(KEY_LENGTH)})`,
  ),
];

export const domainVariable: Authored<FlowVariable> = variable(DOMAIN, 'String', 'A domain that is being worked out.');

/** Assignments that leave the domain of `address` in {@link DOMAIN}. The at sign twice: a quoted name may hold one itself. */
export const domainOf = (address: Value): readonly Authored<FlowAssignmentItem>[] => [
  set(DOMAIN, address),
  ...[NO_SCHEME, NO_PATH, AFTER_AT, AFTER_AT, NO_PORT, NO_WWW].map((step) => set(DOMAIN, reference(step))),
];
