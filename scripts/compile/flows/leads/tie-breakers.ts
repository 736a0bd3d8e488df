/**
 * Which of several accounts it is. Comparing the measures in their order, the first that differs deciding, gives the same account as
 * keeping the accounts with the best first measure, of those the ones with the best second, and so on. What decided is the latest
 * measure that it took to tell the chosen account from any other.
 */
import type { FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Leads } from '../../../model/waterfall.ts';
import {
  assignment,
  condition,
  elementName,
  formula,
  jumpTo,
  number,
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import type { Connector } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { and, merge } from '../formula-text.ts';
import { added } from '../number-and-list-steps.ts';
import { filter, getAll, loop, whenFound } from '../steps.ts';
import { ACCOUNTS, ACCOUNT_IDS, BEST_RULE, CHOSEN_ACCOUNT } from './find-accounts.ts';
import { ACCOUNTS_WITH_OPPORTUNITY, MEASURES, ruleNumber } from './match-rules.ts';
import type { AccountLoop } from './match-rules.ts';

const OPPORTUNITIES = 'Find open opportunities of these accounts';
const OPPORTUNITIES_FOUND = 'Is there an open opportunity?';
const EACH_OPPORTUNITY = 'Each open opportunity';
const KEEP_OPPORTUNITY = 'Keep the account of the opportunity';
const BEGIN = 'Begin to compare';
const CANDIDATE = 'Each candidate';
const IS_BETTER = 'Is it the better one?';
const TAKE = 'Take this one so far';
const RIVAL = 'Each rival';
const TOLD_APART = 'What tells it from the chosen one?';
const KEEP_MEASURE = 'Keep what told them apart';

const CANDIDATE_IS_BETTER = 'Candidate_Is_Better';
const MEASURE_OF_RIVAL = 'Measure_That_Tells_Rival';
/** The number of the measure that decided, from 1; one more than there are measures when the older account was taken. */
export const DECIDED_BY = 'Decided_By';
const best = (index: number): string => `Best_Measure_${String(index + 1)}`;

const measures = ({ tieBreakers }: Leads) =>
  tieBreakers.map((breaker, index) => ({
    ...MEASURES[breaker],
    best: best(index),
    own: `Measure_${String(index + 1)}`,
  }));

/** Whether opportunities have to be looked up first. */
const asksForOpportunities = ({ tieBreakers }: Leads): boolean => tieBreakers.includes('openOpportunity');

/** The element that several accounts lead to. */
export const firstToCompare = (leads: Leads): string => (asksForOpportunities(leads) ? OPPORTUNITIES : BEGIN);

const opportunityElements = (failed: Connector): FlowElements => ({
  decisions: [
    whenFound(
      { label: OPPORTUNITIES_FOUND, description: 'Otherwise it tells none of them apart.' },
      OPPORTUNITIES,
      { found: 'There is one', none: 'There is none', description: 'The look-up found at least one.' },
      to(EACH_OPPORTUNITY),
      jumpTo(BEGIN),
    ),
  ],
  recordLookups: [
    getAll(
      { label: OPPORTUNITIES, description: 'An account with an open opportunity is one that somebody works on.' },
      {
        object: 'Opportunity',
        filters: [filter('AccountId', 'In', reference(ACCOUNT_IDS)), filter('IsClosed', 'EqualTo', yesNo(false))],
        fields: ['Id', 'AccountId'],
      },
      to(OPPORTUNITIES_FOUND),
      failed,
    ),
  ],
  loops: [
    loop(
      { label: EACH_OPPORTUNITY, description: 'Collects which accounts have one.' },
      elementName(OPPORTUNITIES),
      to(KEEP_OPPORTUNITY),
      to(BEGIN),
    ),
  ],
  assignments: [
    assignment(
      { label: KEEP_OPPORTUNITY, description: 'In a text to ask whether an account is one of them.' },
      [added(ACCOUNTS_WITH_OPPORTUNITY, reference(`${elementName(EACH_OPPORTUNITY)}.AccountId`))],
      to(EACH_OPPORTUNITY),
    ),
  ],
});

const compareDecisions: NonNullable<FlowElements['decisions']> = [
  question(
    { label: IS_BETTER, description: 'Among those that fit by the best rule.' },
    {
      label: 'The better one',
      description: 'By the first measure in which the two differ. Of equals the one that was created first stays.',
      logic: 'and',
      conditions: [condition(CANDIDATE_IS_BETTER, 'EqualTo', yesNo(true))],
      connector: to(TAKE),
    },
    { label: 'Not better', connector: to(CANDIDATE) },
  ),
  question(
    { label: TOLD_APART, description: 'For the reason that the lead is given.' },
    {
      label: 'By a later measure than the others',
      description: 'It took a further measure to tell this one from the chosen one.',
      logic: 'and',
      conditions: [condition(MEASURE_OF_RIVAL, 'GreaterThan', reference(DECIDED_BY))],
      connector: to(KEEP_MEASURE),
    },
    { label: 'By an earlier one', connector: to(RIVAL) },
  ),
];

const fitsBest = (leads: Leads, each: AccountLoop): string => `${ruleNumber(leads, each)} = ${merge(BEST_RULE)}`;

const compareFormulas = (leads: Leads): readonly Authored<FlowFormula>[] => {
  const list = measures(leads);
  const better = list.reduceRight(
    (otherwise, measure) =>
      `IF(${merge(measure.own)} <> ${merge(measure.best)}, ${merge(measure.own)} > ${merge(measure.best)}, ${otherwise})`,
    'FALSE',
  );
  const toldApartBy = list.reduceRight(
    (otherwise, measure, index) =>
      `IF(${measure.of('Each_rival')} <> ${merge(measure.best)}, ${String(index + 1)}, ${otherwise})`,
    String(list.length + 1),
  );
  return [
    ...list.map((measure) =>
      formula(
        measure.own,
        'Number',
        `Of the candidate: the higher, the account ${measure.words}.`,
        measure.of('Each_candidate'),
      ),
    ),
    formula(
      CANDIDATE_IS_BETTER,
      'Boolean',
      'Whether the candidate fits by the best rule and is better than the one taken so far.',
      and(fitsBest(leads, 'Each_candidate'), `OR(ISBLANK(${merge(CHOSEN_ACCOUNT)}), ${better})`),
    ),
    formula(
      MEASURE_OF_RIVAL,
      'Number',
      'The number of the measure that tells this account from the chosen one; 0 for one that does not fit as well.',
      `IF(AND(${merge('Each_rival.Id')} <> ${merge(CHOSEN_ACCOUNT)}, ${fitsBest(leads, 'Each_rival')}), ${toldApartBy}, 0)`,
    ),
  ];
};

/** `chosen` is the label of the element to go on with. */
export const breakTies = (
  leads: Leads,
  chosen: string,
  failed: Connector,
): Required<Pick<FlowElements, 'assignments' | 'decisions' | 'formulas' | 'loops' | 'recordLookups' | 'variables'>> => {
  const list = measures(leads);
  const opportunities = asksForOpportunities(leads) ? opportunityElements(failed) : {};
  const noneYet: readonly Authored<FlowVariable>[] = [
    variable('No_Account', 'String', 'Never set: nothing is chosen.'),
  ];
  return {
    recordLookups: opportunities.recordLookups ?? [],
    loops: [
      ...(opportunities.loops ?? []),
      loop({ label: CANDIDATE, description: 'Finds the best.' }, ACCOUNTS, to(IS_BETTER), to(RIVAL)),
      loop({ label: RIVAL, description: 'Finds what decided.' }, ACCOUNTS, to(TOLD_APART), to(chosen)),
    ],
    decisions: [...(opportunities.decisions ?? []), ...compareDecisions],
    assignments: [
      ...(opportunities.assignments ?? []),
      assignment(
        { label: BEGIN, description: 'None is taken so far, and nothing has told any apart.' },
        [
          set(CHOSEN_ACCOUNT, reference('No_Account')),
          set(DECIDED_BY, number(0)),
          ...(asksForOpportunities(leads) ? [added(ACCOUNTS_WITH_OPPORTUNITY, text('-'))] : []),
        ],
        to(CANDIDATE),
      ),
      assignment(
        { label: TAKE, description: 'Keeps what the next one is compared with.' },
        [
          set(CHOSEN_ACCOUNT, reference(`${elementName(CANDIDATE)}.Id`)),
          ...list.map((measure) => set(measure.best, reference(measure.own))),
        ],
        to(CANDIDATE),
      ),
      assignment(
        { label: KEEP_MEASURE, description: 'The latest measure that it took is what decided.' },
        [set(DECIDED_BY, reference(MEASURE_OF_RIVAL))],
        to(RIVAL),
      ),
    ],
    formulas: compareFormulas(leads),
    variables: [
      ...noneYet,
      variable(DECIDED_BY, 'Number', 'The number of the measure that decided.'),
      ...list.map((measure) =>
        variable(measure.best, 'Number', `Of the account taken so far: the higher, the account ${measure.words}.`),
      ),
      ...(asksForOpportunities(leads)
        ? [variable(ACCOUNTS_WITH_OPPORTUNITY, 'String', 'Accounts with an open opportunity, as one text.')]
        : []),
    ],
  };
};
