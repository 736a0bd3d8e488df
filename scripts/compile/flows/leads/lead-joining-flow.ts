import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { joinsAfterConversion } from '../../leads/what-leads-need.ts';
import { FLOW, LEAD_FIELD, MEMBER_SOURCE } from '../../names.ts';
import {
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  jumpTo,
  question,
  reference,
  text,
  to,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, and, record } from '../formula-text.ts';
import { RUNS_LAST, asynchronously, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filter, subflow } from '../steps.ts';
import { JOIN } from '../signals/join-names.ts';
import { tellRevOps } from '../tell-revops.ts';

const LABEL = {
  last: 'Find the last lead of this person',
  isLast: 'Is it this lead?',
  join: 'Join the buying group',
  done: 'Is all well?',
  tell: 'Tell RevOps',
} as const;
const ENGAGED_AT = 'Engaged_At';
const SUBJECT = 'Task_Subject';
const SOLUTION = 'Solution_Of_Lead';

/** After a conversion, by whomever, in a transaction of its own: what it calls has a budget of its own. */
export const leadJoiningFlow = (waterfall: Waterfall): Component<FlowMetadata> | null =>
  !joinsAfterConversion(waterfall)
    ? null
    : recordTriggeredFlow({
        name: FLOW.leadJoining,
        label: 'Waterfall: Lead Buying Group',
        description:
          'Brings the contact that a lead has become to the open opportunity of the account for the solution, which is created where ' +
          `the model says so. What could not be done, RevOps is told. ${RUNS_LAST} ${COMPILED}`,
        source: 'leads',
        start: {
          filterFormula: and(
            NOT_BYPASSED,
            record('IsConverted'),
            `ISCHANGED(${record('IsConverted')})`,
            `NOT(ISBLANK(TEXT(${record(LEAD_FIELD.solution)})))`,
            `NOT(ISBLANK(${record('ConvertedContactId')}))`,
            `ISBLANK(${record('ConvertedOpportunityId')})`,
          ),
          object: 'Lead',
          on: 'Update',
          paths: [asynchronously(elementName(LABEL.last))],
          triggerType: 'RecordAfterSave',
        },
        elements: {
          recordLookups: [
            {
              ...getFirst(
                {
                  label: LABEL.last,
                  description:
                    'Of several leads of one person for one solution that were converted by one save, the last by id joins for all of them.',
                },
                {
                  object: 'Lead',
                  filters: [
                    equals('ConvertedContactId', reference('$Record.ConvertedContactId')),
                    equals(LEAD_FIELD.solution, reference(`$Record.${LEAD_FIELD.solution}`)),
                    filter('SystemModstamp', 'GreaterThanOrEqualTo', reference('$Record.SystemModstamp')),
                  ],
                  fields: ['Id'],
                },
                to(LABEL.isLast),
                jumpTo(LABEL.join),
              ),
              sortField: 'Id',
              sortOrder: 'Desc' as const,
            },
          ],
          subflows: [
            subflow(
              { label: LABEL.join, description: 'As an inbound member, with the campaign it responded to.' },
              FLOW.joinGroup,
              {
                [JOIN.account]: reference('$Record.ConvertedAccountId'),
                [JOIN.campaign]: reference(`$Record.${LEAD_FIELD.campaign}`),
                [JOIN.contact]: reference('$Record.ConvertedContactId'),
                [JOIN.createdBy]: text('lead'),
                [JOIN.engagedAt]: reference(ENGAGED_AT),
                [JOIN.solution]: reference(SOLUTION),
                [JOIN.source]: text(MEMBER_SOURCE.inbound),
                [JOIN.title]: reference('$Record.Title'),
              },
              to(LABEL.done),
            ),
            tellRevOps(
              { label: LABEL.tell, description: 'The person is a contact, but in no buying group.' },
              {
                recordId: reference('$Record.ConvertedContactId'),
                subject: reference(SUBJECT),
                reason: reference(`${elementName(LABEL.join)}.${JOIN.problem}`),
                whatToDo: text('Remove the reason, then add the contact to the buying group of the opportunity.'),
                otherwise: reference('$Record.OwnerId'),
              },
            ),
          ],
          decisions: [
            question(
              {
                label: LABEL.isLast,
                description: 'A person joins once; many at once would write one member too often.',
              },
              {
                label: 'It is this lead',
                description: 'No lead of this person for this solution comes after it.',
                logic: 'and',
                conditions: [
                  condition(elementName(LABEL.last), 'IsNull', yesNo(false)),
                  condition(`${elementName(LABEL.last)}.Id`, 'EqualTo', reference('$Record.Id')),
                ],
                connector: to(LABEL.join),
              },
              { label: 'It is another one' },
            ),
            question(
              { label: LABEL.done, description: 'The org may refuse the opportunity or the contact role.' },
              {
                label: 'Something is wrong',
                description: 'There is a problem to tell.',
                logic: 'and',
                conditions: [condition(`${elementName(LABEL.join)}.${JOIN.problem}`, 'IsNull', yesNo(false))],
                connector: to(LABEL.tell),
              },
              { label: 'All is well' },
            ),
          ],
          formulas: [
            formula(
              ENGAGED_AT,
              'DateTime',
              'When the lead last responded, otherwise when it was converted, which its last change is.',
              `BLANKVALUE(${record(LEAD_FIELD.engagedAt)}, ${record('LastModifiedDate')})`,
            ),
            formula(SOLUTION, 'String', 'The solution as text.', `TEXT(${record(LEAD_FIELD.solution)})`),
            formula(
              SUBJECT,
              'String',
              'What the task is about.',
              `"Converted lead in no buying group: " & ${record('Name')}`,
            ),
          ],
        },
      });
