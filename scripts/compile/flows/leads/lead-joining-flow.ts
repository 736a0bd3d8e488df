import type { FlowRecordFilter } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Leads, Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { joinsAfterConversion, joinsWithoutSolution } from '../../leads/what-leads-need.ts';
import { FLOW, LEAD_FIELD, MEMBER_SOURCE } from '../../names.ts';
import {
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  jumpTo,
  number,
  question,
  reference,
  text,
  to,
  yesNo,
} from '../elements.ts';
import type { Value } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, merge, record, through } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { RUNS_LAST, asynchronously, changedToMeet, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filter, isItself, subflow } from '../steps.ts';
import { JOIN, OPEN_COUNT } from '../signals/join-names.ts';
import { tellRevOps } from '../tell-revops.ts';

const LABEL = {
  last: 'Find the last lead of this person',
  isLast: 'Is it this lead?',
  join: 'Join the buying group',
  done: 'Is all well?',
  tell: 'Tell RevOps',
  named: 'Does the lead name a solution?',
  lastUnnamed: 'Find the last lead without a solution',
  isLastUnnamed: 'Does this lead join for the person?',
  joinOnly: 'Join the only opportunity',
  doneOnly: 'Does RevOps have to know?',
  tellUnnamed: 'Tell RevOps of the person',
} as const;
const ENGAGED_AT = 'Engaged_At';
const SUBJECT = 'Task_Subject';
const SOLUTION = 'Solution_Of_Lead';
const SUBJECT_UNNAMED = 'Subject_Without_Solution';
const REASON_UNNAMED = 'Reason_Without_Solution';
const ACCOUNT = through('ConvertedAccountId', record('ConvertedAccount.Name'), '"the account"');

/** What both ways of joining take. */
const PERSON: Readonly<Record<string, Value>> = {
  [JOIN.account]: reference('$Record.ConvertedAccountId'),
  [JOIN.campaign]: reference(`$Record.${LEAD_FIELD.campaign}`),
  [JOIN.contact]: reference('$Record.ConvertedContactId'),
  [JOIN.engagedAt]: reference(ENGAGED_AT),
  [JOIN.source]: text(MEMBER_SOURCE.inbound),
  [JOIN.title]: reference('$Record.Title'),
};

const outputOf = (label: string, output: string): string => `${elementName(label)}.${output}`;
const PROBLEM = merge(outputOf(LABEL.joinOnly, JOIN.problem));
const COUNT = merge(outputOf(LABEL.joinOnly, OPEN_COUNT));

/** Of leads of one person that one save has converted, `solution` telling which of them, one goes on to `next`. */
const oncePerPerson = (
  label: { readonly last: string; readonly isLast: string; readonly yes: string; readonly what: string },
  solution: Authored<FlowRecordFilter>,
  next: string,
): FlowElements => ({
  recordLookups: [
    getFirst(
      {
        label: label.last,
        description: `Of several leads of one person ${label.what} that were converted by one save, the last by id joins for all of them.`,
      },
      {
        object: 'Lead',
        filters: [
          equals('ConvertedContactId', reference('$Record.ConvertedContactId')),
          solution,
          filter('SystemModstamp', 'GreaterThanOrEqualTo', reference('$Record.SystemModstamp')),
        ],
        fields: ['Id'],
        latestFirst: 'Id',
      },
      to(label.isLast),
      jumpTo(next),
    ),
  ],
  decisions: [
    question(
      {
        label: label.isLast,
        description: 'A person joins once; many at once would write one member too often.',
      },
      {
        label: label.yes,
        description: `No lead of this person ${label.what} comes after it.`,
        logic: 'and',
        conditions: isItself(label.last),
        connector: to(next),
      },
      { label: 'It is another one' },
    ),
  ],
});

/** The lead's person joins the opportunity of the solution. */
const named: FlowElements = {
  subflows: [
    subflow(
      { label: LABEL.join, description: 'As an inbound member, with the campaign it responded to.' },
      FLOW.joinGroup,
      { ...PERSON, [JOIN.createdBy]: text('lead'), [JOIN.solution]: reference(SOLUTION) },
      to(LABEL.done),
    ),
    tellRevOps(
      { label: LABEL.tell, description: 'The person is a contact, but in no buying group.' },
      {
        recordId: reference('$Record.ConvertedContactId'),
        subject: reference(SUBJECT),
        reason: reference(outputOf(LABEL.join, JOIN.problem)),
        whatToDo: text('Remove the reason, then add the contact to the buying group of the opportunity.'),
        otherwise: reference('$Record.OwnerId'),
      },
    ),
  ],
  decisions: [
    question(
      { label: LABEL.done, description: 'The org may refuse the opportunity or the contact role.' },
      {
        label: 'Something is wrong',
        description: 'There is a problem to tell.',
        logic: 'and',
        conditions: [condition(outputOf(LABEL.join, JOIN.problem), 'IsNull', yesNo(false))],
        connector: to(LABEL.tell),
      },
      { label: 'All is well' },
    ),
  ],
  formulas: [
    formula(SOLUTION, 'String', 'The solution as text.', `TEXT(${record(LEAD_FIELD.solution)})`),
    formula(SUBJECT, 'String', 'What the task is about.', `"Converted lead in no buying group: " & ${record('Name')}`),
  ],
};

/** Without a solution what is open says where the person belongs; where it does not, the model says whether RevOps is asked. */
const unnamed = ({ noSolution }: Leads): FlowElements => ({
  decisions: [
    question(
      { label: LABEL.named, description: 'The solution decides to which opportunity the person belongs.' },
      {
        label: 'It names one',
        description: 'The solution is filled.',
        logic: 'and',
        conditions: [condition(`$Record.${LEAD_FIELD.solution}`, 'IsNull', yesNo(false))],
        connector: to(LABEL.last),
      },
      { label: 'It names none', connector: to(LABEL.lastUnnamed) },
    ),
    question(
      {
        label: LABEL.doneOnly,
        description:
          noSolution.then === 'alertRevOps'
            ? 'Of a person who belongs to none or could belong to several, and of what the org refused.'
            : 'Of what the org refused; the model says that nobody has to know of a person who belongs nowhere.',
      },
      {
        label: 'There is something to tell',
        description:
          noSolution.then === 'alertRevOps'
            ? 'There is a problem, or there was not just one opportunity.'
            : 'There is a problem.',
        logic: 'or',
        conditions: [
          condition(outputOf(LABEL.joinOnly, JOIN.problem), 'IsNull', yesNo(false)),
          ...(noSolution.then === 'alertRevOps'
            ? [condition(outputOf(LABEL.joinOnly, OPEN_COUNT), 'NotEqualTo', number(1))]
            : []),
        ],
        connector: to(LABEL.tellUnnamed),
      },
      { label: 'There is nothing to tell' },
    ),
  ],
  subflows: [
    subflow(
      { label: LABEL.joinOnly, description: 'Where just one is open, it can be no other.' },
      FLOW.joinOnly,
      PERSON,
      to(LABEL.doneOnly),
    ),
    tellRevOps(
      { label: LABEL.tellUnnamed, description: 'The person is a contact, and only a person can tell what for.' },
      {
        recordId: reference('$Record.ConvertedContactId'),
        subject: reference(SUBJECT_UNNAMED),
        reason: reference(REASON_UNNAMED),
        whatToDo: text(
          'Find out what the contact is interested in. Then add the contact to the buying group of the opportunity for that solution; ' +
            'create the opportunity where there is none.',
        ),
        otherwise: reference('$Record.OwnerId'),
      },
    ),
  ],
  formulas: [
    formula(
      SUBJECT_UNNAMED,
      'String',
      'What the task is about.',
      `"Converted lead without a solution: " & ${record('Name')} & ", " & ${ACCOUNT}`,
    ),
    formula(
      REASON_UNNAMED,
      'String',
      'What the org refused; otherwise how many there are to choose from.',
      `IF(ISBLANK(${PROBLEM}), "The lead named no solution, and its account has " & IF(${COUNT} = 0, "no open opportunity", ` +
        `TEXT(${COUNT}) & " open opportunities") & " that the contact could belong to.", ${PROBLEM})`,
    ),
  ],
});

/** After a conversion, by whomever, in a transaction of its own: what it calls has a budget of its own. */
export const leadJoiningFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const { leads } = waterfall;
  if (leads === null || !joinsAfterConversion(waterfall)) return null;
  const unnamedToo = joinsWithoutSolution(waterfall);
  return recordTriggeredFlow({
    name: FLOW.leadJoining,
    label: 'Waterfall: Lead Buying Group',
    description:
      'Brings the contact that a lead has become to the open opportunity of the account for the solution, which is created where ' +
      `the model says so${unnamedToo ? '; without a solution, to the only one that is open' : ''}. What could not be done, RevOps is told. ` +
      `${RUNS_LAST} ${COMPILED}`,
    source: 'leads',
    start: {
      ...changedToMeet(
        NOT_BYPASSED,
        record('IsConverted'),
        ...(unnamedToo ? [] : [`NOT(ISBLANK(TEXT(${record(LEAD_FIELD.solution)})))`]),
        `NOT(ISBLANK(${record('ConvertedContactId')}))`,
        `ISBLANK(${record('ConvertedOpportunityId')})`,
      ),
      object: 'Lead',
      on: 'Update',
      paths: [asynchronously(elementName(unnamedToo ? LABEL.named : LABEL.last))],
      triggerType: 'RecordAfterSave',
    },
    elements: joinElements(
      oncePerPerson(
        { last: LABEL.last, isLast: LABEL.isLast, yes: 'It is this lead', what: 'for this solution' },
        equals(LEAD_FIELD.solution, reference(`$Record.${LEAD_FIELD.solution}`)),
        LABEL.join,
      ),
      {
        formulas: [
          formula(
            ENGAGED_AT,
            'DateTime',
            'When the lead last responded, otherwise when it was converted, which its last change is.',
            `BLANKVALUE(${record(LEAD_FIELD.engagedAt)}, ${record('LastModifiedDate')})`,
          ),
        ],
      },
      named,
      ...(unnamedToo
        ? [
            oncePerPerson(
              {
                last: LABEL.lastUnnamed,
                isLast: LABEL.isLastUnnamed,
                yes: 'This lead joins',
                what: 'without a solution',
              },
              filter(LEAD_FIELD.solution, 'IsNull', yesNo(true)),
              LABEL.joinOnly,
            ),
            unnamed(leads),
          ]
        : []),
    ),
  });
};
