/**
 * The flow that creates the opportunity of an account and a solution when none is open. Its key, which the org takes once only, decides
 * when several would create the same at the same time: the first is kept, and the others look again and find it.
 *
 * Three queries and one insert, for a batch as for one record; a fourth query where something was refused.
 */
import type { Component } from '../../../metadata/component.ts';
import type { OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { FIELD, FLOW } from '../../names.ts';
import { CURRENCY } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import { autolaunchedFlow } from '../autolaunched-flow.ts';
import {
  assignment,
  condition,
  createRecord,
  elementName,
  equals,
  getFirst,
  jumpTo,
  keepFault,
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { joinElements } from '../join-elements.ts';
import { recordTypeSteps } from '../record-type-steps.ts';
import { getAll, inputVariable, loop, outputVariable, whenFound } from '../steps.ts';
import { createdByJoining, joins } from './creation-rules.ts';
import { findOpen } from './finding.ts';
import {
  ACTIVE_USERS,
  MOTION,
  OPEN,
  RECORD_TYPE,
  TYPE,
  chainFields,
  customerTypes,
  openingFormulas,
  openingValues,
} from './open-opportunity-values.ts';
import { ownerSteps } from './owner-steps.ts';

const LABEL = {
  wins: 'Find what the account has bought',
  hasWon: 'Has it bought anything?',
  eachWin: 'Go through what it has bought',
  same: 'Is it this solution?',
  other: 'It would be something else',
  more: 'It would be more of the same',
  creates: 'Does the model create one?',
  account: 'Find the account',
  accountFound: 'Is the account there?',
  recordType: 'Find the record type',
  create: 'Create the opportunity',
  refused: 'Note why it was refused',
  again: 'Look again',
  nowOpen: 'Is one open now?',
  take: 'Take the one that is open now',
  failed: 'Note what failed',
  noAccount: 'Note that the account is gone',
} as const;

/** Never set: what the problem is cleared with. */
const NO_PROBLEM = 'No_Problem';
const FOUND = { account: elementName(LABEL.account), recordType: elementName(LABEL.recordType) };

/** What it would be for a customer; a newcomer stays without an answer. */
const motion: FlowElements = {
  recordLookups: [
    getAll(
      { label: LABEL.wins, description: 'Every win, with its solution.' },
      {
        object: 'Opportunity',
        filters: [equals('AccountId', reference(OPEN.account)), equals('IsWon', yesNo(true))],
        fields: ['Id', FIELD.solution],
      },
      to(LABEL.hasWon),
      jumpTo(LABEL.failed),
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.hasWon, description: 'Who has bought something is a customer.' },
      LABEL.wins,
      { found: 'A customer', none: 'A newcomer', description: 'Wins were found.' },
      to(LABEL.eachWin),
      jumpTo(LABEL.creates),
    ),
    question(
      { label: LABEL.same, description: 'A win of this very solution decides; no other need be looked at.' },
      {
        label: 'This solution',
        description: 'The win is of the solution that is wanted.',
        logic: 'and',
        conditions: [condition(`${elementName(LABEL.eachWin)}.${FIELD.solution}`, 'EqualTo', reference(OPEN.solution))],
        connector: to(LABEL.more),
      },
      { label: 'Another one', connector: to(LABEL.other) },
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.other, description: 'A cross-sell, unless this solution was bought as well.' },
      [set(MOTION, text('crossSell'))],
      jumpTo(LABEL.eachWin),
    ),
    assignment({ label: LABEL.more, description: 'An upsell.' }, [set(MOTION, text('upsell'))], jumpTo(LABEL.creates)),
  ],
  loops: [
    loop(
      { label: LABEL.eachWin, description: 'Until a win of this solution is found.' },
      elementName(LABEL.wins),
      to(LABEL.same),
      to(LABEL.creates),
    ),
  ],
  variables: [
    variable(MOTION, 'String', 'What it would be for a customer: upsell or crossSell; blank for a newcomer.'),
  ],
};

const account = (types: readonly OpportunityType[], org: OrgFacts, next: string): FlowElements => {
  const owner = ownerSteps(chainFields(types), FOUND.account, next);
  return joinElements(owner.elements, {
    recordLookups: [
      getFirst(
        { label: LABEL.account, description: 'Its name, and who may own what is created for it.' },
        {
          object: 'Account',
          filters: [equals('Id', reference(OPEN.account))],
          fields: [
            ...new Set(['Id', 'Name', 'OwnerId', ...chainFields(types), ...(org.multiCurrency ? [CURRENCY] : [])]),
          ],
        },
        to(LABEL.accountFound),
        jumpTo(LABEL.failed),
      ),
    ],
    decisions: [
      question(
        { label: LABEL.creates, description: 'The model says which types a signal or a lead creates.' },
        {
          label: 'It creates one',
          description: 'There is a type for this account and this cause.',
          logic: 'and',
          conditions: [condition(TYPE, 'NotEqualTo', reference('$GlobalConstant.EmptyString'))],
          connector: to(LABEL.account),
        },
        { label: 'It creates none' },
      ),
      whenFound(
        { label: LABEL.accountFound, description: 'It may have been deleted or merged meanwhile.' },
        LABEL.account,
        { found: 'The account is there', none: 'No account', description: 'The look-up found it.' },
        to(owner.first),
        to(LABEL.noAccount),
      ),
    ],
    assignments: [
      assignment({ label: LABEL.noAccount, description: 'Somebody deleted or merged it meanwhile.' }, [
        set(OPEN.problem, text('The account is not there any more.')),
      ]),
    ],
  });
};

const recordType: FlowElements = recordTypeSteps(
  { label: LABEL.recordType, description: 'The active record type of the type that it would be.' },
  reference(RECORD_TYPE),
  {
    next: LABEL.create,
    fault: LABEL.failed,
    missing: {
      description: 'Somebody deactivated or renamed it.',
      problem: OPEN.problem,
      reason: 'Opportunity has no active record type for what the signal would create.',
    },
  },
);

const creation = (waterfall: Waterfall, org: OrgFacts): FlowElements => ({
  recordCreates: [
    {
      ...createRecord(
        {
          label: LABEL.create,
          description: 'Refused when the same account and solution have just got one: the key tells.',
        },
        'Opportunity',
        openingValues(waterfall, org, FOUND),
        to(LABEL.refused),
      ),
      assignRecordIdToReference: OPEN.opportunity,
    },
  ],
  recordLookups: [
    findOpen(
      { label: LABEL.again, description: 'Somebody else may have got it at the same moment.' },
      OPEN,
      to(LABEL.nowOpen),
      jumpTo(LABEL.failed),
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.nowOpen, description: 'Refused because it is there is as good as created.' },
      LABEL.again,
      { found: 'One is open now', none: 'Still none', description: 'The look-up found it.' },
      to(LABEL.take),
    ),
  ],
  assignments: [
    keepFault(LABEL.refused, OPEN.problem, to(LABEL.again)),
    assignment({ label: LABEL.take, description: 'With the campaign that it has, which the caller needs to know.' }, [
      set(OPEN.opportunity, reference(`${elementName(LABEL.again)}.Id`)),
      set(OPEN.campaignOfOther, reference(`${elementName(LABEL.again)}.CampaignId`)),
      set(OPEN.wasThere, yesNo(true)),
      set(OPEN.problem, reference(NO_PROBLEM)),
    ]),
    assignment({ label: LABEL.failed, description: 'The caller decides what becomes of it.' }, [
      set(OPEN.problem, reference('$Flow.FaultMessage')),
    ]),
  ],
  variables: [
    inputVariable(OPEN.account, 'String', 'The account.'),
    inputVariable(OPEN.solution, 'String', 'The solution.'),
    inputVariable(OPEN.campaign, 'String', 'The campaign that brought it about; may be blank.'),
    inputVariable(OPEN.createdBy, 'String', 'What brought it about: signal or lead.'),
    outputVariable(OPEN.opportunity, 'String', 'The opportunity; blank where there is none.'),
    outputVariable(OPEN.wasThere, 'Boolean', 'Whether it was created for somebody else at the same moment.'),
    outputVariable(OPEN.campaignOfOther, 'String', 'The campaign that it then has.'),
    outputVariable(OPEN.problem, 'String', 'Why there is none; blank where the model creates none.'),
    variable(ACTIVE_USERS, 'String', 'Users of the account who are active, with semicolons after them.'),
    variable(NO_PROBLEM, 'String', 'Never set: clears the problem.'),
  ],
});

/** Null where joining creates nothing. */
export const openOpportunityFlow = (waterfall: Waterfall, org: OrgFacts): Component<FlowMetadata> | null => {
  const types = createdByJoining(waterfall);
  if (types.length === 0 || !joins(waterfall)) return null;
  const hasRecordTypes = waterfall.typeCarrier === 'recordType';
  const asksForWins = customerTypes(types).length > 0;
  return autolaunchedFlow({
    name: FLOW.openOpportunity,
    label: 'Waterfall: Open Opportunity',
    description:
      `Creates the opportunity of an account and a solution (${types.map(({ label }) => label).join(', ')}) at the stage, with the owner ` +
      `and the type that the model says, once. Says what the org refused. ${COMPILED}`,
    source: 'opportunityTypes',
    first: elementName(asksForWins ? LABEL.wins : LABEL.creates),
    elements: joinElements(
      asksForWins ? motion : {},
      account(types, org, hasRecordTypes ? LABEL.recordType : LABEL.create),
      hasRecordTypes ? recordType : {},
      creation(waterfall, org),
      { formulas: openingFormulas(waterfall, types, FOUND) },
    ),
  });
};
