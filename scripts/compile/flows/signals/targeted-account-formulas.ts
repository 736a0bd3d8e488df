/** What the flow for targeted accounts works out: which solutions are new, and what their opportunities are like. */
import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { OpportunityType } from '../../../model/waterfall.ts';
import { apiName } from '../../names.ts';
import { fitName } from '../../text.ts';
import { formula } from '../elements.ts';
import { IS_NEW, activeUser, and, merge, quoted, record } from '../formula-text.ts';
import { closeDate, openKey, openedName } from './opening.ts';

/** Resources of the flow. */
export const TARGETED = {
  now: 'Targeted_Now',
  before: 'Targeted_Before',
  open: 'Open_Solutions',
  solution: 'Solution',
  newAccount: 'Is_New',
  name: 'Opportunity_Name',
  key: 'Open_Key',
  owner: 'Owner_Of_Opportunity',
  closeDate: 'Close_Date',
  subject: 'Task_Subject',
} as const;

/** API names of flow elements and resources have at most 80 characters. */
export const NAME_LENGTH = 80;
/** Well below what a formula may have (3,900 characters; help: "Formula Field Limits and Restrictions"). */
const FORMULA_LENGTH = 3000;

/** Whether a text of values with semicolons around each holds this one. */
const holds = (list: string, solution: string): string =>
  `CONTAINS(";" & ${merge(list)} & ";", ${quoted(`;${solution};`)})`;

/** The formula that says whether the solution is newly targeted and has nothing open. */
export const toCreate = (solution: string): string => fitName(`To_Create_${apiName(solution)}`, NAME_LENGTH);

const ownerFormula = ({ creation }: OpportunityType): string =>
  [...creation.ownerChain, 'OwnerId'].reduceRight(
    (otherwise, field) => activeUser(field, otherwise),
    merge('$User.Id'),
  );

/** Names of the solutions that are to be created, in as many formulas as it takes. */
const missingFormulas = (solutions: readonly string[]): readonly Authored<FlowFormula>[] =>
  solutions
    .map((name) => `IF(${merge(toCreate(name))}, ${quoted(`${name} `)}, "")`)
    .reduce<readonly string[]>((done, term) => {
      const last = done.at(-1);
      return last !== undefined && last.length + term.length < FORMULA_LENGTH
        ? [...done.slice(0, -1), `${last} & ${term}`]
        : [...done, term];
    }, [])
    .map((expression, index) =>
      formula(`Missing_${String(index + 1)}`, 'String', 'Solutions that are without an opportunity.', expression),
    );

export const targetedFormulas = (
  solutions: readonly string[],
  type: OpportunityType,
): readonly Authored<FlowFormula>[] => {
  const opened = { accountId: '$Record.Id', accountName: '$Record.Name', solution: merge(TARGETED.solution) };
  const missing = missingFormulas(solutions);
  return [
    formula(TARGETED.newAccount, 'Boolean', 'Whether this save creates the account.', IS_NEW),
    ...solutions.map((name) =>
      formula(
        toCreate(name),
        'Boolean',
        `Targeted for ${name} now, not before, and nothing is open for it.`,
        and(holds(TARGETED.now, name), `NOT(${holds(TARGETED.before, name)})`, `NOT(${holds(TARGETED.open, name)})`),
      ),
    ),
    formula(
      TARGETED.name,
      'String',
      'Account, what it is, and what it is about.',
      openedName(opened, quoted(type.label)),
    ),
    formula(TARGETED.key, 'String', 'Account and solution: what is open for the two is open once.', openKey(opened)),
    formula(
      TARGETED.owner,
      'String',
      'The first user of the account who is set and active, then its owner, then whoever is saving.',
      ownerFormula(type),
    ),
    formula(
      TARGETED.closeDate,
      'Date',
      'A placeholder until somebody knows better: so many days from today as the model says.',
      closeDate(String(type.creation.closeInDays)),
    ),
    ...missing,
    formula(
      TARGETED.subject,
      'String',
      'Which account, and what is missing.',
      `${quoted(`${type.label} not created: `)} & ${record('Name')} & ", " & ${missing.map(({ name }) => merge(name ?? '')).join(' & ')}`,
    ),
  ];
};
