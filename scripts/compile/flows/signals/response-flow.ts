/**
 * The flow that takes up a response. A response says who, and through the solution of the campaign, what. After save, when a campaign
 * member has responded; of a lead only once it is a contact. Of several responses of one person for one solution in a batch the last by
 * id goes on, the others count with it: their records are what is counted.
 */
import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { CAMPAIGN_MEMBER_FIELD, FLOW, MEMBER_SOURCE } from '../../names.ts';
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
import type { FlowMetadata } from '../flow-shell.ts';
import { COMPILED } from '../flow-shell.ts';
import { IS_NEW, NOT_BYPASSED, and, merge, or, record } from '../formula-text.ts';
import { RUNS_LAST, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { isFound, subflow } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { joins } from './creation-rules.ts';
import { JOIN } from './join-names.ts';

const LABEL = {
  latest: 'Find the latest response',
  isLatest: 'Is it this one?',
  join: 'Join the buying group',
  done: 'Did it work?',
  tell: 'Tell RevOps',
} as const;

const SUBJECT = 'Task_Subject';

/**
 * This very save made it a response; HasResponded follows the status (object reference, CampaignMember). A contact without an account
 * can have no opportunity: the response stays, and counts when the person joins a buying group later.
 */
const responded = and(
  NOT_BYPASSED,
  record('HasResponded'),
  or(IS_NEW, `ISCHANGED(${record('HasResponded')})`),
  `NOT(ISBLANK(${record('ContactId')}))`,
  `NOT(ISBLANK(${record('Contact.AccountId')}))`,
  `NOT(ISBLANK(${record(CAMPAIGN_MEMBER_FIELD.solution)}))`,
);

export const responseFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  if (!joins(waterfall)) return null;
  return recordTriggeredFlow({
    name: FLOW.response,
    label: 'Waterfall: Campaign Response',
    description:
      'Brings a contact who responds to a campaign into the buying group of the open opportunity for the solution of the campaign, which ' +
      `is created where there is none. Does nothing for a campaign without a solution and a contact without an account. ${RUNS_LAST} ${COMPILED}`,
    source: 'solutions',
    start: {
      first: elementName(LABEL.latest),
      filterFormula: responded,
      object: 'CampaignMember',
      triggerType: 'RecordAfterSave',
    },
    elements: {
      recordLookups: [
        getFirst(
          {
            label: LABEL.latest,
            description: 'The last by id of the responses of this person for this solution that are saved now.',
          },
          {
            object: 'CampaignMember',
            filters: [
              equals('ContactId', reference('$Record.ContactId')),
              equals(CAMPAIGN_MEMBER_FIELD.solution, reference(`$Record.${CAMPAIGN_MEMBER_FIELD.solution}`)),
              equals('HasResponded', yesNo(true)),
              equals(CAMPAIGN_MEMBER_FIELD.number, reference(`$Record.${CAMPAIGN_MEMBER_FIELD.number}`)),
            ],
            fields: ['Id'],
            latestFirst: 'Id',
          },
          to(LABEL.isLatest),
          jumpTo(LABEL.join),
        ),
      ],
      decisions: [
        question(
          {
            label: LABEL.isLatest,
            description: 'A batch may write one record 12 times at most: one response goes on for all of a person.',
          },
          {
            label: 'Another one',
            description: 'A later one was found, which goes on for this one too.',
            logic: 'and',
            conditions: [
              condition(`$Record.${CAMPAIGN_MEMBER_FIELD.number}`, 'IsNull', yesNo(false)),
              isFound(LABEL.latest),
              condition(`${elementName(LABEL.latest)}.Id`, 'NotEqualTo', reference('$Record.Id')),
            ],
          },
          { label: 'This one', connector: to(LABEL.join) },
        ),
        question(
          { label: LABEL.done, description: 'What could not be done never blocks the response.' },
          {
            label: 'It did not',
            description: 'There is a problem to tell.',
            logic: 'and',
            conditions: [condition(`${elementName(LABEL.join)}.${JOIN.problem}`, 'IsNull', yesNo(false))],
            connector: to(LABEL.tell),
          },
          { label: 'It did' },
        ),
      ],
      subflows: [
        subflow(
          { label: LABEL.join, description: 'Finds or creates the opportunity and adds the person.' },
          FLOW.joinGroup,
          {
            [JOIN.account]: reference('$Record.Contact.AccountId'),
            [JOIN.campaign]: reference('$Record.CampaignId'),
            [JOIN.contact]: reference('$Record.ContactId'),
            [JOIN.createdBy]: text('signal'),
            [JOIN.engagedAt]: reference('$Record.SystemModstamp'),
            [JOIN.solution]: reference(`$Record.${CAMPAIGN_MEMBER_FIELD.solution}`),
            [JOIN.source]: text(MEMBER_SOURCE.inbound),
            [JOIN.title]: reference('$Record.Contact.Title'),
          },
          to(LABEL.done),
        ),
        tellRevOps(
          { label: LABEL.tell, description: 'A task with the reason, on the contact.' },
          {
            recordId: reference('$Record.ContactId'),
            subject: reference(SUBJECT),
            reason: reference(`${elementName(LABEL.join)}.${JOIN.problem}`),
            whatToDo: text(
              'Remove the reason. Then add the contact to the opportunity by hand, or set the response of the campaign member back and again.',
            ),
            otherwise: reference('$Record.Contact.OwnerId'),
          },
        ),
      ],
      formulas: [
        formula(
          SUBJECT,
          'String',
          'Who, and what for.',
          `"Response not taken up: " & ${merge('$Record.Contact.Name')} & ", " & ${merge('$Record.Campaign.Name')}`,
        ),
      ],
    },
  });
};
