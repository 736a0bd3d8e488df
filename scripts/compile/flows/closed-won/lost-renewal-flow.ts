import type { FlowInputFieldAssignment } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Component } from '../../../metadata/component.ts';
import type { OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { ACCOUNT_FIELD, FIELD, FLOW } from '../../names.ts';
import {
  condition,
  elementName,
  equals,
  fieldValue,
  formula,
  getFirst,
  jumpTo,
  keepFault,
  question,
  reference,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import { joinElements } from '../join-elements.ts';
import { endOpportunities } from './end-opportunities.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import {
  ENTERED_A_STAGE_AT_START,
  NOT_BYPASSED,
  and,
  merge,
  or,
  quoted,
  record,
  stageIsOneOf,
  typeIs,
} from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filter, isItself, updateWhere } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import type { Refusal } from '../tell-revops.ts';
import { isWon } from './won-rules.ts';

const LABEL = {
  elected: 'Find the first of the same moment',
  mine: 'Is it this one?',
  won: 'Was it won?',
  keep: 'Keep the customer',
  churn: 'Mark the account as churned',
  markRefused: 'Note why the account was refused',
  tellOfMark: 'Tell RevOps of the account',
  refused: 'Note why it was refused',
  tell: 'Tell RevOps',
} as const;

const NO_DATE = 'No_Date';
const REASON = 'Refusal_Reason';
const SUBJECT = 'Task_Subject';
const IS_WON = 'Is_Won';

const ACCOUNT = '$Record.AccountId';

const lostStages = (type: OpportunityType): readonly string[] =>
  type.stages.filter(({ outcome }) => outcome === 'lost').map((stage) => stage.name);

const updateAccount = (
  label: string,
  description: string,
  wasChurned: boolean,
  values: readonly Authored<FlowInputFieldAssignment>[],
  next?: string,
) =>
  updateWhere(
    { label, description },
    {
      object: 'Account',
      filters: [equals('Id', reference(ACCOUNT)), equals(ACCOUNT_FIELD.churned, yesNo(wasChurned))],
      values,
    },
    wasChurned ? to(LABEL.refused) : to(LABEL.markRefused),
    next === undefined ? undefined : to(next),
  );

const task = (whatToDo: string): Refusal => ({
  recordId: reference('$Record.Id'),
  subject: reference(SUBJECT),
  reason: reference(REASON),
  whatToDo: text(whatToDo),
  otherwise: reference('$Record.OwnerId'),
});

const always = (
  carrier: 'RecordTypeId' | 'Type',
  bySolution: boolean,
  nextAfterChurn: string | undefined,
): FlowElements => ({
  recordLookups: [
    getFirst(
      {
        label: LABEL.elected,
        description:
          'Several opportunities of one account may be won or lost in one save, but the account is to be saved once: the first of them ' +
          'in this stage since this moment does it for all.',
      },
      {
        object: 'Opportunity',
        filters: [
          equals('AccountId', reference(ACCOUNT)),
          equals(carrier, reference(`$Record.${carrier}`)),
          equals('StageName', reference('$Record.StageName')),
          ...(bySolution ? [equals(FIELD.solution, reference(`$Record.${FIELD.solution}`))] : []),
          filter(FIELD.stageEnteredAt, 'GreaterThanOrEqualTo', reference(`$Record.${FIELD.stageEnteredAt}`)),
        ],
        fields: ['Id'],
        oldestFirst: 'Id',
      },
      to(LABEL.mine),
      jumpTo(LABEL.refused),
    ),
  ],
  decisions: [
    question(
      { label: LABEL.mine, description: 'Only one of a batch goes on.' },
      {
        label: 'It is this one',
        description: 'This opportunity is the first.',
        logic: 'and',
        conditions: isItself(LABEL.elected),
        connector: to(LABEL.won),
      },
      { label: 'Another one does it' },
    ),
    question(
      { label: LABEL.won, description: 'A win keeps the customer, a lost renewal loses them.' },
      {
        label: 'It was won',
        description: 'The opportunity is in a won stage.',
        logic: 'and',
        conditions: [condition(IS_WON, 'EqualTo', yesNo(true))],
        connector: to(LABEL.keep),
      },
      { label: 'A renewal was lost', connector: to(LABEL.churn) },
    ),
  ],
  recordUpdates: [
    updateAccount(LABEL.keep, 'Whoever buys again is a customer.', true, [
      fieldValue(ACCOUNT_FIELD.churned, yesNo(false)),
      fieldValue(ACCOUNT_FIELD.churnedOn, reference(NO_DATE)),
    ]),
    updateAccount(
      LABEL.churn,
      'With the day; one that is churned already keeps its day.',
      false,
      [
        fieldValue(ACCOUNT_FIELD.churned, yesNo(true)),
        fieldValue(ACCOUNT_FIELD.churnedOn, reference('$Flow.CurrentDate')),
      ],
      nextAfterChurn,
    ),
  ],
  assignments: [
    keepFault(LABEL.markRefused, REASON, to(LABEL.tellOfMark)),
    keepFault(LABEL.refused, REASON, to(LABEL.tell)),
  ],
  subflows: [
    // What is open ends whether or not the account took its mark.
    tellRevOps(
      { label: LABEL.tellOfMark, description: 'A task that says why the account is not marked.' },
      task('Mark the account as churned by hand, once the reason is gone.'),
      nextAfterChurn === undefined ? undefined : jumpTo(nextAfterChurn),
    ),
    tellRevOps(
      { label: LABEL.tell, description: 'A task that says what was not done and why.' },
      task(
        'Look whether the account says rightly whether the customer has churned, and whether open opportunities of a lost customer are ended.',
      ),
    ),
  ],
});

/** The model says what a lost renewal does, and one can be lost: what the fields of the account and this flow are for. */
export const canChurn = ({ lostRenewal, opportunityTypes }: Waterfall): boolean =>
  lostRenewal !== null && opportunityTypes.some((type) => type.key === 'renewal' && lostStages(type).length > 0);

/**
 * After save, when a renewal is lost: the account is marked as churned, and what the model names ends. A win at a churned account clears
 * the mark. At most four queries (the two updates by condition count as one each) and two updates for a batch.
 *
 * An account or an opportunity that several interviews of a batch update is saved once for each, and only twelve times (help: "Per-Transaction
 * Flow Limits", duplicate updates in one batch): one interview therefore does it for all of its account. Every interview finds itself, so that
 * there is always one; opportunities that entered the stage in different seconds may each do it, which changes nothing the second time.
 */
export const lostRenewalFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const renewal = waterfall.opportunityTypes.find((type) => type.key === 'renewal');
  const { lostRenewal: by, opportunityTypes } = waterfall;
  if (!renewal || !by || !canChurn(waterfall)) return null;
  const types = opportunityTypes.filter(({ key }) => by.ends.includes(key));
  const ends = types.length > 0 ? { by, types } : null;
  const ending = ends && endOpportunities(waterfall, ends, LABEL.refused);
  const wins = isWon(waterfall, opportunityTypes);
  return recordTriggeredFlow({
    name: FLOW.lostRenewal,
    label: 'Waterfall: Lost Renewal',
    description:
      `A lost ${renewal.label} marks the account as churned` +
      (ends
        ? ` and ends open ${ends.types.map(({ label }) => label).join(' and ')} opportunities in ${ends.by.stage}` +
          (ends.by.scope === 'solution' ? ', for the same solution' : '')
        : '') +
      `; a later win at the account clears the mark. What the org refuses never blocks the save: RevOps gets a task. ${COMPILED}`,
    source: 'lostRenewal',
    order: ORDER.last,
    start: {
      first: elementName(LABEL.elected),
      filterFormula: and(
        NOT_BYPASSED,
        ENTERED_A_STAGE_AT_START,
        `NOT(ISBLANK(${record('AccountId')}))`,
        or(
          and(typeIs(waterfall, renewal), stageIsOneOf(lostStages(renewal))),
          and(record(`Account.${ACCOUNT_FIELD.churned}`), wins),
        ),
      ),
      object: 'Opportunity',
      triggerType: 'RecordAfterSave',
    },
    elements: joinElements(
      always(
        waterfall.typeCarrier === 'recordType' ? 'RecordTypeId' : 'Type',
        ends?.by.scope === 'solution',
        ending?.first,
      ),
      ending?.elements ?? {},
      {
        formulas: [
          formula(IS_WON, 'Boolean', 'Whether it was won.', wins),
          formula(
            SUBJECT,
            'String',
            'What the task is about.',
            `IF(${merge(IS_WON)}, ${quoted('Customer not marked as kept: ')}, ${quoted('Lost renewal not carried through: ')}) & ${record('Name')}`,
          ),
        ],
        variables: [
          variable(NO_DATE, 'Date', 'Never set: clears a date.'),
          variable(REASON, 'String', 'Why the org refused.'),
        ],
      },
    ),
  });
};
