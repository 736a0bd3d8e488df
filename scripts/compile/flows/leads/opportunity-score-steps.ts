/**
 * What a lead counts for before the conversion: the open opportunity of its account for its solution. The lead names it, and leaves the one
 * that it named before; the groups of both are counted again.
 */
import { FIELD, LEAD_FIELD } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  jumpTo,
  question,
  reference,
  set,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import type { Named } from '../elements.ts';
import { CHANGED_AT, changedAt } from '../buying-groups/changed-at.ts';
import type { FlowElements } from '../flow-shell.ts';
import { and, merge } from '../formula-text.ts';
import { decision, filter, isItself, recordVariable, updateFrom, whenFound } from '../steps.ts';
import { LEAD_TO_WRITE, leadToWrite, writing } from './lead-record.ts';
import { SCORED, failed } from './scored-lead.ts';

const LABEL = {
  open: 'Find the open opportunity',
  counts: 'Does it count for one?',
  target: 'Note the open opportunity',
  lastOfNamed: 'Find the last lead of the one it names',
  actsForNamed: 'Does it act for those leads?',
  addNamed: 'Have the group it names counted',
  named: 'Does the lead name the right one?',
  name: 'Note what it is to name',
  write: 'Write it to the lead',
  isNamed: 'Does it name one now?',
  last: 'Find the last lead of this save',
  isLast: 'Is it this lead?',
  addTarget: 'Have the group it has come to counted',
  anyChange: 'Has it a group counted?',
  count: 'Have the groups counted again',
} as const;

const COUNTS = 'Score_Counts';
const ACCOUNT_SOUGHT = 'Account_Sought';
const OPPORTUNITY_SOUGHT = 'Opportunity_Sought';
const TARGET = 'Target_Opportunity_Id';
const NAMED_CHANGED_AT = 'Named_Changed_At';
const OPPORTUNITY = 'Opportunity_To_Count';
const OPPORTUNITIES = 'Opportunities_To_Count';

const hasTarget = condition(TARGET, 'IsNull', yesNo(false));
const isKnown = (input: string): string => `NOT(ISBLANK(${merge(input)}))`;

/** The last by id of the leads of an opportunity that were saved with this one or later: one acts for all. */
const lastLead = (named: Named, opportunity: string, next: string): ReturnType<typeof getFirst> =>
  getFirst(
    named,
    {
      object: 'Lead',
      filters: [
        equals(LEAD_FIELD.opportunity, reference(opportunity)),
        equals('IsConverted', yesNo(false)),
        filter('SystemModstamp', 'GreaterThanOrEqualTo', reference(SCORED.savedAt)),
      ],
      fields: ['Id'],
      latestFirst: 'Id',
    },
    to(next),
    failed,
  );

const addToCount = (named: Named, opportunity: string, moment: string, next: string): ReturnType<typeof assignment> =>
  assignment(
    named,
    [
      set(`${OPPORTUNITY}.Id`, reference(opportunity)),
      set(`${OPPORTUNITY}.${FIELD.groupChangedAt}`, reference(moment)),
      { assignToReference: OPPORTUNITIES, operator: 'Add', value: reference(OPPORTUNITY) },
    ],
    to(next),
  );

/** The first of the steps. */
export const FOR_OPPORTUNITY = LABEL.open;

/**
 * Before the conversion. The leads of a batch take the same steps up to where they are written, so that they stay together and a step costs
 * once: a lead without an opportunity to look for looks for that of its own id, and finds nothing.
 */
export const forOpportunity = (): FlowElements => ({
  recordLookups: [
    getFirst(
      { label: LABEL.open, description: 'Of the account for the solution; of several the one that was changed last.' },
      {
        object: 'Opportunity',
        filters: [
          equals('AccountId', reference(ACCOUNT_SOUGHT)),
          equals(FIELD.solution, reference(SCORED.solution)),
          equals('IsClosed', yesNo(false)),
        ],
        fields: ['Id', FIELD.groupChangedAt],
        latestFirst: 'LastModifiedDate',
      },
      to(LABEL.counts),
      failed,
    ),
    lastLead(
      { label: LABEL.lastOfNamed, description: 'While those that leave it still name it: they act for it as well.' },
      OPPORTUNITY_SOUGHT,
      LABEL.actsForNamed,
    ),
    lastLead(
      { label: LABEL.last, description: 'Among those that were saved with this one or later, the last by id.' },
      TARGET,
      LABEL.isLast,
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.counts, description: 'With none open the score counts when the lead is converted.' },
      LABEL.open,
      { found: 'One is open', none: 'None is open', description: 'The look-up found it.' },
      to(LABEL.target),
      jumpTo(LABEL.lastOfNamed),
    ),
    question(
      { label: LABEL.actsForNamed, description: 'One lead of a batch has the group counted, for all of them.' },
      {
        label: 'It acts for them',
        description: 'No other lead of the opportunity that it names comes after it.',
        logic: 'and',
        conditions: isItself(LABEL.lastOfNamed, SCORED.lead),
        connector: to(LABEL.addNamed),
      },
      { label: 'It names none, or another one does', connector: jumpTo(LABEL.named) },
    ),
    decision(
      { label: LABEL.named, description: 'The opportunity counts the leads that name it.' },
      [
        {
          label: 'It names the right one',
          description: 'It is the same opportunity.',
          logic: 'and',
          conditions: [hasTarget, condition(TARGET, 'EqualTo', reference(SCORED.opportunity))],
          connector: jumpTo(LABEL.anyChange),
        },
        {
          label: 'It names another one, or none yet',
          description: 'It comes to an opportunity, leaves one, or both.',
          logic: 'or',
          conditions: [hasTarget, condition(SCORED.opportunity, 'IsNull', yesNo(false))],
          connector: to(LABEL.name),
        },
      ],
      { label: 'There is none to name' },
    ),
    question(
      { label: LABEL.isNamed, description: 'A lead that counts for none has only left one.' },
      {
        label: 'It names one',
        description: 'It counts for an open opportunity.',
        logic: 'and',
        conditions: [hasTarget],
        connector: to(LABEL.last),
      },
      { label: 'It names none any more', connector: jumpTo(LABEL.anyChange) },
    ),
    question(
      { label: LABEL.isLast, description: 'One lead of a batch has the group counted, for all of them.' },
      {
        label: 'It is this lead',
        description: 'No other lead of this opportunity comes after it.',
        logic: 'and',
        conditions: isItself(LABEL.last, SCORED.lead),
        connector: to(LABEL.addTarget),
      },
      { label: 'It is another lead', connector: jumpTo(LABEL.anyChange) },
    ),
    question(
      { label: LABEL.anyChange, description: 'Mostly another lead of the batch does.' },
      {
        label: 'It has one counted',
        description: 'It acts for the leads of an opportunity.',
        logic: 'and',
        conditions: [condition(OPPORTUNITIES, 'IsEmpty', yesNo(false))],
        connector: to(LABEL.count),
      },
      { label: 'It has none counted' },
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.target, description: 'The one that the lead is to name.' },
      [set(TARGET, reference(`${elementName(LABEL.open)}.Id`))],
      to(LABEL.lastOfNamed),
    ),
    addToCount(
      { label: LABEL.addNamed, description: 'Whether it stays or leaves.' },
      SCORED.opportunity,
      NAMED_CHANGED_AT,
      LABEL.named,
    ),
    assignment(
      { label: LABEL.name, description: 'Only that is written; a lead that counts for none names none.' },
      writing({ [LEAD_FIELD.opportunity]: reference(TARGET) }, SCORED.lead),
      to(LABEL.write),
    ),
    addToCount(
      { label: LABEL.addTarget, description: 'Only the moment is written.' },
      TARGET,
      CHANGED_AT,
      LABEL.anyChange,
    ),
  ],
  recordUpdates: [
    updateFrom(
      { label: LABEL.write, description: 'For the count, and for whoever opens the lead.' },
      LEAD_TO_WRITE,
      failed,
      to(LABEL.isNamed),
    ),
    updateFrom(
      { label: LABEL.count, description: 'The flow that counts begins with this save.' },
      OPPORTUNITIES,
      failed,
    ),
  ],
  formulas: [
    formula(
      COUNTS,
      'Boolean',
      'Whether there is a score, and the lead says what it is about.',
      and(isKnown(SCORED.score), isKnown(SCORED.account), isKnown(SCORED.solution)),
    ),
    formula(
      ACCOUNT_SOUGHT,
      'String',
      'The account, or where the score does not count an id that no account has.',
      `IF(${merge(COUNTS)}, ${merge(SCORED.account)}, ${merge(SCORED.lead)})`,
    ),
    formula(
      OPPORTUNITY_SOUGHT,
      'String',
      'The opportunity that the lead names, or where it names none an id that no opportunity has.',
      `IF(ISBLANK(${merge(SCORED.opportunity)}), ${merge(SCORED.lead)}, ${merge(SCORED.opportunity)})`,
    ),
    changedAt(SCORED.groupChangedAt, NAMED_CHANGED_AT),
    changedAt(`${elementName(LABEL.open)}.${FIELD.groupChangedAt}`),
  ],
  variables: [
    leadToWrite,
    variable(TARGET, 'String', 'The opportunity that the score counts for; blank where there is none.'),
    recordVariable(OPPORTUNITY, 'Opportunity', 'An opportunity with the moment of the change.'),
    recordVariable(OPPORTUNITIES, 'Opportunity', 'The one that it leaves, the one that it counts for, or both.', true),
  ],
});
