/**
 * What the score of a lead counts for. Before the conversion it counts for the open opportunity of its account for its solution, so that
 * promotions do not wait for the conversion: the lead names that opportunity, which is then counted again. By the conversion the contact
 * gets the highest score of all leads that became this person, if it is higher than its own.
 *
 * An opportunity or a contact that many leads of a batch belong to is written by one of them: a batch takes 12 updates of one record.
 */
import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { keepsBuyingGroups } from '../../buying-groups/full-group.ts';
import { leadsNameSolutions } from '../../leads/what-leads-need.ts';
import { FIELD, FLOW, LEAD_FIELD } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  formula,
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
import { IS_NEW, NOT_BYPASSED, and, merge, or, record } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { RUNS_LAST, asynchronously, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filter, isFound, isItself, recordVariable, updateFrom, whenFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { LEAD_TO_WRITE, OWNER_IF_USER, leadToWrite, ownerIfUser, writing } from './lead-record.ts';

const LABEL = {
  converted: 'Is it converted?',
  open: 'Find the open opportunity',
  isOpen: 'Is one open?',
  named: 'Does the lead name it already?',
  name: 'Note the opportunity',
  write: 'Write it to the lead',
  last: 'Find the last lead of this save',
  isLast: 'Is it this lead?',
  touch: 'Note that the group has changed',
  count: 'Have the group counted again',
  highest: 'Find the lead with the highest score',
  isHighest: 'Is it the highest?',
  contact: 'Find the contact',
  isHigher: 'Is it higher than that of the contact?',
  score: 'Note the score',
  give: 'Give it to the contact',
  failed: 'Note why it failed',
  tell: 'Tell RevOps',
} as const;

const PROBLEM = 'Problem';
const SUBJECT = 'Task_Subject';
const OPPORTUNITY = 'Opportunity_To_Count';
const PERSON = 'Contact_With_Score';
const IS_HIGHER = 'Is_Higher';

const failed = jumpTo(LABEL.failed);

/** Before the conversion. */
const forOpportunity = (): FlowElements => ({
  recordLookups: [
    getFirst(
      { label: LABEL.open, description: 'Of the account for the solution; of several the one that was changed last.' },
      {
        object: 'Opportunity',
        filters: [
          equals('AccountId', reference(`$Record.${LEAD_FIELD.matchedAccount}`)),
          equals(FIELD.solution, reference(`$Record.${LEAD_FIELD.solution}`)),
          equals('IsClosed', yesNo(false)),
        ],
        fields: ['Id'],
        latestFirst: 'LastModifiedDate',
      },
      to(LABEL.isOpen),
      failed,
    ),
    getFirst(
      { label: LABEL.last, description: 'Among those that were saved with this one or later, the last by id.' },
      {
        object: 'Lead',
        filters: [
          equals(LEAD_FIELD.opportunity, reference(`${elementName(LABEL.open)}.Id`)),
          equals('IsConverted', yesNo(false)),
          filter('SystemModstamp', 'GreaterThanOrEqualTo', reference('$Record.SystemModstamp')),
        ],
        fields: ['Id'],
        latestFirst: 'Id',
      },
      to(LABEL.isLast),
      failed,
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.isOpen, description: 'With none open the score counts when the lead is converted.' },
      LABEL.open,
      { found: 'One is open', none: 'None is open', description: 'The look-up found it.' },
      to(LABEL.named),
    ),
    question(
      { label: LABEL.named, description: 'The opportunity counts the leads that name it.' },
      {
        label: 'It does',
        description: 'It is the same opportunity.',
        logic: 'and',
        conditions: [
          condition(`${elementName(LABEL.open)}.Id`, 'EqualTo', reference(`$Record.${LEAD_FIELD.opportunity}`)),
        ],
        connector: to(LABEL.last),
      },
      { label: 'It does not', connector: to(LABEL.name) },
    ),
    question(
      { label: LABEL.isLast, description: 'One lead of a batch has the group counted, for all of them.' },
      {
        label: 'It is this lead',
        description: 'No other lead of this opportunity comes after it.',
        logic: 'and',
        conditions: isItself(LABEL.last),
        connector: to(LABEL.touch),
      },
      { label: 'It is another lead' },
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.name, description: 'Only that is written.' },
      writing({ [LEAD_FIELD.opportunity]: reference(`${elementName(LABEL.open)}.Id`) }),
      to(LABEL.write),
    ),
    assignment(
      { label: LABEL.touch, description: 'Only the moment is written.' },
      [
        set(`${OPPORTUNITY}.Id`, reference(`${elementName(LABEL.open)}.Id`)),
        set(`${OPPORTUNITY}.${FIELD.groupChangedAt}`, reference('$Flow.CurrentDateTime')),
      ],
      to(LABEL.count),
    ),
  ],
  recordUpdates: [
    updateFrom(
      { label: LABEL.write, description: 'For the count, and for whoever opens the lead.' },
      LEAD_TO_WRITE,
      failed,
      jumpTo(LABEL.last),
    ),
    updateFrom({ label: LABEL.count, description: 'The flow that counts begins with this save.' }, OPPORTUNITY, failed),
  ],
  variables: [
    leadToWrite,
    recordVariable(OPPORTUNITY, 'Opportunity', 'The opportunity with the moment of the change.'),
  ],
});

/** After it. */
const forContact = ({ leadScore }: Waterfall): FlowElements => {
  const present = `${elementName(LABEL.contact)}.${leadScore.contact}`;
  return {
    recordLookups: [
      getFirst(
        { label: LABEL.highest, description: 'Of all leads that became this person.' },
        {
          object: 'Lead',
          filters: [
            equals('ConvertedContactId', reference('$Record.ConvertedContactId')),
            filter(leadScore.lead, 'IsNull', yesNo(false)),
          ],
          fields: ['Id'],
          latestFirst: leadScore.lead,
        },
        to(LABEL.isHighest),
        failed,
      ),
      getFirst(
        { label: LABEL.contact, description: 'What it scores already.' },
        {
          object: 'Contact',
          filters: [equals('Id', reference('$Record.ConvertedContactId'))],
          fields: ['Id', leadScore.contact],
        },
        to(LABEL.isHigher),
        failed,
      ),
    ],
    decisions: [
      question(
        { label: LABEL.isHighest, description: 'One of several leads writes the contact.' },
        {
          label: 'It is',
          description: 'No lead of this person scores higher.',
          logic: 'and',
          conditions: isItself(LABEL.highest),
          connector: to(LABEL.contact),
        },
        { label: 'It is not' },
      ),
      question(
        { label: LABEL.isHigher, description: 'A score is never lowered.' },
        {
          label: 'It is higher',
          description: 'The contact is there, and scores less or nothing.',
          logic: 'and',
          conditions: [isFound(LABEL.contact), condition(IS_HIGHER, 'EqualTo', yesNo(true))],
          connector: to(LABEL.score),
        },
        { label: 'It is not higher' },
      ),
    ],
    assignments: [
      assignment(
        { label: LABEL.score, description: 'Only the score is written.' },
        [
          set(`${PERSON}.Id`, reference(`${elementName(LABEL.contact)}.Id`)),
          set(`${PERSON}.${leadScore.contact}`, reference(`$Record.${leadScore.lead}`)),
        ],
        to(LABEL.give),
      ),
    ],
    recordUpdates: [
      updateFrom(
        { label: LABEL.give, description: 'Its buying groups are counted with that save.' },
        PERSON,
        to(LABEL.failed),
      ),
    ],
    formulas: [
      formula(
        IS_HIGHER,
        'Boolean',
        'Whether the lead scores more than the contact, which may score nothing.',
        `OR(ISBLANK(${merge(present)}), ${record(leadScore.lead)} > ${merge(present)})`,
      ),
    ],
    variables: [recordVariable(PERSON, 'Contact', 'The contact with the score.')],
  };
};

const frame = (): FlowElements => ({
  decisions: [
    question(
      { label: LABEL.converted, description: 'A lead counts for an opportunity, a contact by itself.' },
      {
        label: 'It is a contact now',
        description: 'The lead is converted.',
        logic: 'and',
        conditions: [condition('$Record.IsConverted', 'EqualTo', yesNo(true))],
        connector: to(LABEL.highest),
      },
      { label: 'It is a lead', connector: to(LABEL.open) },
    ),
  ],
  assignments: [keepFault(LABEL.failed, PROBLEM, to(LABEL.tell))],
  subflows: [
    tellRevOps(
      { label: LABEL.tell, description: 'A score that does not count may keep an opportunity from being moved on.' },
      {
        recordId: reference('$Record.Id'),
        subject: reference(SUBJECT),
        reason: reference(PROBLEM),
        whatToDo: text('Remove the reason, then change the score of the lead or the contact: it is counted then.'),
        otherwise: reference(OWNER_IF_USER),
      },
    ),
  ],
  formulas: [
    formula(SUBJECT, 'String', 'What the task is about.', `"Lead score not counted: " & ${record('Name')}`),
    ownerIfUser,
  ],
  variables: [variable(PROBLEM, 'String', 'What RevOps has to know.')],
});

const start = ({ leadScore }: Waterfall): string => {
  const changed = (field: string): string => `ISCHANGED(${record(field)})`;
  const counts = and(
    `NOT(${record('IsConverted')})`,
    `NOT(ISBLANK(${record(LEAD_FIELD.matchedAccount)}))`,
    `NOT(ISBLANK(TEXT(${record(LEAD_FIELD.solution)})))`,
    or(IS_NEW, changed(leadScore.lead), changed(LEAD_FIELD.matchedAccount), changed(LEAD_FIELD.solution)),
  );
  return and(
    NOT_BYPASSED,
    `NOT(ISBLANK(${record(leadScore.lead)}))`,
    or(counts, and(record('IsConverted'), changed('IsConverted'))),
  );
};

/** On the asynchronous path, so that nothing can refuse the score. At most two queries and two updates. */
export const leadScoreFlow = (waterfall: Waterfall): Component<FlowMetadata> | null =>
  !leadsNameSolutions(waterfall) || !keepsBuyingGroups(waterfall)
    ? null
    : recordTriggeredFlow({
        name: FLOW.leadScore,
        label: 'Waterfall: Lead Score',
        description:
          'Has the score of a lead that is not converted yet count for the open opportunity of its account for its solution, and gives it ' +
          `to the contact that the lead becomes, if it is higher. ${RUNS_LAST} ${COMPILED}`,
        source: 'leadScore',
        start: {
          filterFormula: start(waterfall),
          object: 'Lead',
          paths: [asynchronously(elementName(LABEL.converted))],
          triggerType: 'RecordAfterSave',
        },
        elements: joinElements(frame(), forOpportunity(), forContact(waterfall)),
      });
