import type { Leads, Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { convertsLeads, joinsAfterConversion } from '../../leads/what-leads-need.ts';
import { FLOW, LEAD_CONVERSION_CLASS, LEAD_FIELD, MATCH_STATUS } from '../../names.ts';
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
import type { Value } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, merge, quoted, record } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { RUNS_LAST, asynchronously, changedToMeet, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { action, isFound, updateFrom, whenFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import {
  IS_USER_OWNED,
  LEAD_TO_WRITE,
  OWNER_IF_USER,
  TEXT_LENGTH,
  leadToWrite,
  ownerIfUser,
  writing,
} from './lead-record.ts';

const LABEL = {
  open: 'Is the lead still to be converted?',
  contact: 'Find the contact with the same e-mail',
  known: 'Is the person known?',
  keep: 'Keep the contact',
  response: 'Find the last response',
  responded: 'Is there a new response?',
  noteResponse: 'Note the response',
  writeResponse: 'Write the response to the lead',
  convert: 'Convert the lead',
  converted: 'Is it converted?',
  refused: 'Note why it was refused',
  faulted: 'Note what failed',
  problem: 'Note the problem',
  write: 'Write the problem to the lead',
  untold: 'Note why it could not be written',
  tell: 'Tell RevOps',
} as const;

const CONTACT = 'Known_Contact_Id';
const PROBLEM = 'Problem';
const PROBLEM_TEXT = 'Problem_Of_Lead';
const WHY = 'Why_Not_Written';
const EMAIL = 'Email_To_Find';
const OWNER = 'Owner_After_Conversion';
const SUBJECT = 'Task_Subject';

/**
 * A lead that has its account, at the moment that the model says. One that could not be converted is tried again when it is saved more
 * than a minute later: the flow of match keys takes the status that says so away then.
 */
const toBeConverted = ({ convert }: Leads): readonly string[] => [
  `NOT(${record('IsConverted')})`,
  `NOT(ISBLANK(${record(LEAD_FIELD.matchedAccount)}))`,
  `NOT(ISPICKVAL(${record(LEAD_FIELD.matchStatus)}, ${quoted(MATCH_STATUS.notConverted)}))`,
  ...(convert.when === 'status' ? [`ISPICKVAL(${record('Status')}, ${quoted(convert.status)})`] : []),
];

/** The status that the model says, where it has lead statuses; otherwise the first of the org that means converted. */
const convertedStatus = (leads: Leads): Record<string, Value> => {
  const status = leads.statuses.find(({ converted }) => converted);
  return status ? { convertedStatus: text(status.name) } : {};
};

const RESPONDED_AT = 'Responded_At';

/** What the person last responded to, on the lead while it can still be written: the contact joins the buying group with it. */
const responseElements = (): Required<
  Pick<FlowElements, 'assignments' | 'decisions' | 'formulas' | 'recordLookups' | 'recordUpdates'>
> => ({
  recordLookups: [
    {
      ...getFirst(
        { label: LABEL.response, description: 'The campaign that the lead last responded to.' },
        {
          object: 'CampaignMember',
          filters: [equals('LeadId', reference('$Record.Id')), equals('HasResponded', yesNo(true))],
          fields: ['Id', 'CampaignId', 'FirstRespondedDate'],
        },
        to(LABEL.responded),
        jumpTo(LABEL.faulted),
      ),
      sortField: 'FirstRespondedDate',
      sortOrder: 'Desc' as const,
    },
  ],
  decisions: [
    question(
      { label: LABEL.responded, description: 'One that the lead does not name yet.' },
      {
        label: 'There is one',
        description: 'The look-up found a campaign member, of another campaign than the lead names.',
        logic: 'and',
        conditions: [
          isFound(LABEL.response),
          condition(
            `${elementName(LABEL.response)}.CampaignId`,
            'NotEqualTo',
            reference(`$Record.${LEAD_FIELD.campaign}`),
          ),
        ],
        connector: to(LABEL.noteResponse),
      },
      { label: 'There is none', connector: to(LABEL.convert) },
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.noteResponse, description: 'The campaign, and when it was.' },
      writing({
        [LEAD_FIELD.campaign]: reference(`${elementName(LABEL.response)}.CampaignId`),
        [LEAD_FIELD.engagedAt]: reference(RESPONDED_AT),
      }),
      to(LABEL.writeResponse),
    ),
  ],
  recordUpdates: [
    updateFrom(
      { label: LABEL.writeResponse, description: 'A converted lead can be changed only by few.' },
      LEAD_TO_WRITE,
      jumpTo(LABEL.faulted),
      jumpTo(LABEL.convert),
    ),
  ],
  formulas: [
    formula(
      RESPONDED_AT,
      'DateTime',
      'The day of the response as a moment; not before the lead came.',
      `IF({!${elementName(LABEL.response)}.FirstRespondedDate} > DATEVALUE(${record('CreatedDate')}), ` +
        `DATETIMEVALUE(TEXT({!${elementName(LABEL.response)}.FirstRespondedDate}) & " 00:00:00"), ${record('CreatedDate')})`,
    ),
  ],
});

const elements = (leads: Leads, afterContact: string): FlowElements => ({
  recordLookups: [
    getFirst(
      {
        label: LABEL.contact,
        description: 'A person of the account with this e-mail address is reused, the one that was created first.',
      },
      {
        object: 'Contact',
        filters: [
          equals('AccountId', reference(`$Record.${LEAD_FIELD.matchedAccount}`)),
          equals('Email', reference(EMAIL)),
        ],
        fields: ['Id'],
        oldestFirst: 'CreatedDate',
      },
      to(LABEL.known),
      jumpTo(LABEL.faulted),
    ),
  ],
  actionCalls: [
    action(
      {
        label: LABEL.convert,
        description:
          'Into a contact of the matched account, without an opportunity: the person is brought to the right one.',
      },
      { type: 'apex', name: LEAD_CONVERSION_CLASS },
      {
        accountId: reference(`$Record.${LEAD_FIELD.matchedAccount}`),
        contactId: reference(CONTACT),
        ...convertedStatus(leads),
        leadId: reference('$Record.Id'),
        ownerId: reference(OWNER),
        person: reference('$Record.Email'),
      },
      to(LABEL.faulted),
      to(LABEL.converted),
    ),
  ],
  decisions: [
    question(
      {
        label: LABEL.open,
        description:
          'Since the save somebody may have converted it or taken its account away, or it was refused already.',
      },
      {
        label: 'It is',
        description: 'It has its account, is a lead yet, and no run has said that it cannot be converted.',
        logic: 'and',
        conditions: [
          condition(`$Record.${LEAD_FIELD.matchStatus}`, 'NotEqualTo', text(MATCH_STATUS.notConverted)),
          condition('$Record.IsConverted', 'EqualTo', yesNo(false)),
          condition(`$Record.${LEAD_FIELD.matchedAccount}`, 'IsNull', yesNo(false)),
        ],
        connector: to(LABEL.contact),
      },
      { label: 'It is not' },
    ),
    whenFound(
      { label: LABEL.known, description: 'Otherwise the conversion makes a contact.' },
      LABEL.contact,
      { found: 'The person is known', none: 'The person is new', description: 'The look-up found the contact.' },
      to(LABEL.keep),
      to(afterContact),
    ),
    question(
      { label: LABEL.converted, description: 'The org may refuse it: a rule, a duplicate, a missing field.' },
      {
        label: 'Converted',
        description: 'The lead is a contact now. What comes next begins with that save.',
        logic: 'and',
        conditions: [condition(`${elementName(LABEL.convert)}.isConverted`, 'EqualTo', yesNo(true))],
      },
      { label: 'Refused', connector: to(LABEL.refused) },
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.keep, description: 'The lead becomes this contact.' },
      [set(CONTACT, reference(`${elementName(LABEL.contact)}.Id`))],
      jumpTo(afterContact),
    ),
    assignment(
      { label: LABEL.refused, description: 'In the words of the org.' },
      [set(PROBLEM, reference(`${elementName(LABEL.convert)}.problem`))],
      to(LABEL.problem),
    ),
    keepFault(LABEL.faulted, PROBLEM, jumpTo(LABEL.problem)),
    assignment(
      { label: LABEL.problem, description: 'The lead stays, and says why.' },
      writing({
        [LEAD_FIELD.matchStatus]: text(MATCH_STATUS.notConverted),
        [LEAD_FIELD.conversionProblem]: reference(PROBLEM_TEXT),
      }),
      to(LABEL.write),
    ),
    keepFault(LABEL.untold, WHY, to(LABEL.tell)),
  ],
  recordUpdates: [
    updateFrom(
      { label: LABEL.write, description: 'For list views and whoever opens the lead.' },
      LEAD_TO_WRITE,
      to(LABEL.untold),
    ),
  ],
  subflows: [
    tellRevOps(
      { label: LABEL.tell, description: 'A lead that cannot even say why it is not converted.' },
      {
        recordId: reference('$Record.Id'),
        subject: reference(SUBJECT),
        reason: reference('Both_Problems'),
        // Not just any change: the lead does not know that it was refused.
        whatToDo: text(
          'Remove what the org refuses, then take the matched account off the lead and choose it again: the lead is converted then.',
        ),
        otherwise: reference(OWNER_IF_USER),
      },
    ),
  ],
  formulas: [
    formula(
      EMAIL,
      'String',
      'The e-mail address of the lead; something that no contact has when it is blank.',
      `BLANKVALUE(${record('Email')}, "- none -")`,
    ),
    formula(
      OWNER,
      'String',
      'Who owns the contact: the owner of the lead, or that of the account where the lead belongs to a queue.',
      `IF(${IS_USER_OWNED}, ${record('OwnerId')}, ${record(LEAD_FIELD.matchedAccount.replace('__c', '__r.OwnerId'))})`,
    ),
    ownerIfUser,
    formula(
      PROBLEM_TEXT,
      'String',
      'As much of the problem as the field holds.',
      `LEFT(TRIM(${merge(PROBLEM)}), ${String(TEXT_LENGTH)})`,
    ),
    formula(
      SUBJECT,
      'String',
      'What the task is about.',
      `"Lead not converted: " & ${record('Name')} & ", " & ${record('Company')}`,
    ),
    formula(
      'Both_Problems',
      'String',
      'Why it was refused, and why the lead does not say so.',
      `${merge(PROBLEM)} & " " & ${merge(WHY)}`,
    ),
  ],
  variables: [
    variable(CONTACT, 'String', 'The contact that the person is already.'),
    variable(PROBLEM, 'String', 'Why the lead was not converted.'),
    variable(WHY, 'String', 'Why the problem could not be written to the lead.'),
    leadToWrite,
  ],
});

/**
 * On the asynchronous path, so that nothing can refuse the save of the lead. A query for contacts, and what the Apex class needs: one
 * query, and a conversion for each hundred leads, one more for further leads of the same person.
 */
export const leadConversionFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const { leads } = waterfall;
  if (leads === null || !convertsLeads(waterfall)) return null;
  const moment =
    leads.convert.when === 'status'
      ? `that has reached ${leads.convert.status} and has an account`
      : 'that has its account';
  return recordTriggeredFlow({
    name: FLOW.leadConversion,
    label: 'Waterfall: Lead Conversion',
    description:
      `Converts a lead ${moment} into a contact of that account, the one with the same e-mail where there is one. A lead that the org ` +
      `refuses stays and says why; it is tried again when it is changed more than a minute later. ${RUNS_LAST} ${COMPILED}`,
    source: 'leads.convert',
    start: {
      ...changedToMeet(NOT_BYPASSED, ...toBeConverted(leads)),
      object: 'Lead',
      paths: [asynchronously(elementName(LABEL.open))],
      triggerType: 'RecordAfterSave',
    },
    elements: joinsAfterConversion(waterfall)
      ? joinElements(elements(leads, LABEL.response), responseElements())
      : elements(leads, LABEL.convert),
  });
};
