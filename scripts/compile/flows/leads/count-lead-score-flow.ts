/**
 * What the score of a lead counts for. Before the conversion it counts for the open opportunity of its account for its solution, so that
 * promotions do not wait for the conversion: the lead names that opportunity, which is then counted again. By the conversion the contact
 * gets the highest score of all leads that became this person, if it is higher than its own.
 *
 * An opportunity or a contact that many leads of a batch belong to is written by one of them: a batch takes 12 updates of one record.
 */
import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { countsLeadScores } from '../../leads/what-leads-need.ts';
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
import { autolaunchedFlow } from '../autolaunched-flow.ts';
import { CHANGED_AT, changedAt } from '../buying-groups/changed-at.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { merge } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { filter, inputVariable, isFound, isItself, recordVariable, updateFrom, whenFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { LEAD_TO_WRITE, leadToWrite, writing } from './lead-record.ts';

/** What the flow is told of the lead: those that call it have just read it. */
export const SCORED = {
  lead: 'Lead_Id',
  name: 'Lead_Name',
  /** Who is told where nobody is RevOps. */
  otherwise: 'Otherwise_User_Id',
  account: 'Account_Id',
  solution: 'Solution',
  opportunity: 'Opportunity_Id',
  contact: 'Contact_Id',
  savedAt: 'Saved_At',
} as const;

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
          equals('AccountId', reference(SCORED.account)),
          equals(FIELD.solution, reference(SCORED.solution)),
          equals('IsClosed', yesNo(false)),
        ],
        fields: ['Id', FIELD.groupChangedAt],
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
          filter('SystemModstamp', 'GreaterThanOrEqualTo', reference(SCORED.savedAt)),
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
        conditions: [condition(`${elementName(LABEL.open)}.Id`, 'EqualTo', reference(SCORED.opportunity))],
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
        conditions: isItself(LABEL.last, SCORED.lead),
        connector: to(LABEL.touch),
      },
      { label: 'It is another lead' },
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.name, description: 'Only that is written.' },
      writing({ [LEAD_FIELD.opportunity]: reference(`${elementName(LABEL.open)}.Id`) }, SCORED.lead),
      to(LABEL.write),
    ),
    assignment(
      { label: LABEL.touch, description: 'Only the moment is written.' },
      [
        set(`${OPPORTUNITY}.Id`, reference(`${elementName(LABEL.open)}.Id`)),
        set(`${OPPORTUNITY}.${FIELD.groupChangedAt}`, reference(CHANGED_AT)),
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
  formulas: [changedAt(`${elementName(LABEL.open)}.${FIELD.groupChangedAt}`)],
  variables: [
    leadToWrite,
    recordVariable(OPPORTUNITY, 'Opportunity', 'The opportunity with the moment of the change.'),
  ],
});

/** After it. */
const forContact = ({ leadScore }: Waterfall): FlowElements => {
  // Of this lead: the flow goes on where it is the highest.
  const score = `${elementName(LABEL.highest)}.${leadScore.lead}`;
  const present = `${elementName(LABEL.contact)}.${leadScore.contact}`;
  return {
    recordLookups: [
      getFirst(
        { label: LABEL.highest, description: 'Of all leads that became this person.' },
        {
          object: 'Lead',
          filters: [
            equals('ConvertedContactId', reference(SCORED.contact)),
            filter(leadScore.lead, 'IsNull', yesNo(false)),
          ],
          fields: ['Id', leadScore.lead],
          latestFirst: leadScore.lead,
        },
        to(LABEL.isHighest),
        failed,
      ),
      getFirst(
        { label: LABEL.contact, description: 'What it scores already.' },
        {
          object: 'Contact',
          filters: [equals('Id', reference(SCORED.contact))],
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
          conditions: isItself(LABEL.highest, SCORED.lead),
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
          set(`${PERSON}.${leadScore.contact}`, reference(score)),
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
        `OR(ISBLANK(${merge(present)}), ${merge(score)} > ${merge(present)})`,
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
        conditions: [condition(SCORED.contact, 'IsNull', yesNo(false))],
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
        recordId: reference(SCORED.lead),
        subject: reference(SUBJECT),
        reason: reference(PROBLEM),
        whatToDo: text('Remove the reason, then change the score of the lead or the contact: it is counted then.'),
        otherwise: reference(SCORED.otherwise),
      },
    ),
  ],
  formulas: [
    formula(SUBJECT, 'String', 'What the task is about.', `"Lead score not counted: " & ${merge(SCORED.name)}`),
  ],
  variables: [
    inputVariable(SCORED.lead, 'String', 'The lead that scores.'),
    inputVariable(SCORED.name, 'String', 'Its name, for RevOps.'),
    inputVariable(SCORED.otherwise, 'String', 'Who is told of a problem when nobody is RevOps.'),
    inputVariable(SCORED.account, 'String', 'Its matched account.'),
    inputVariable(SCORED.solution, 'String', 'Its solution.'),
    inputVariable(SCORED.opportunity, 'String', 'The opportunity that it names already; may be blank.'),
    inputVariable(SCORED.contact, 'String', 'The contact that it has become; blank before the conversion.'),
    inputVariable(SCORED.savedAt, 'DateTime', 'When it was saved.'),
    variable(PROBLEM, 'String', 'What RevOps has to know.'),
  ],
});

/** At most two queries and two updates. */
export const countLeadScoreFlow = (waterfall: Waterfall): Component<FlowMetadata> | null =>
  !countsLeadScores(waterfall)
    ? null
    : autolaunchedFlow({
        name: FLOW.countLeadScore,
        label: 'Waterfall: Count Lead Score',
        description:
          'Has the score of a lead that is not converted yet count for the open opportunity of its account for its solution, and gives it ' +
          `to the contact that the lead has become, if it is higher. ${COMPILED}`,
        source: 'leadScore',
        first: elementName(LABEL.converted),
        elements: joinElements(frame(), forOpportunity(), forContact(waterfall)),
      });
