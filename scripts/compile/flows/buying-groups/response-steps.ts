/**
 * How the responses of a member are counted, in the flow before the member is saved: to campaigns about the solution, and the leads about
 * it that this person was before, unless one came by a campaign that counts already.
 */
import type { FlowAssignmentItem } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { joinsAfterConversion } from '../../leads/what-leads-need.ts';
import { CAMPAIGN_MEMBER_FIELD, FIELD, LEAD_FIELD, MEMBER_FIELD } from '../../names.ts';
import { assignment, elementName, equals, formula, reference, set, to, variable, yesNo } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { and, merge, quoted, record } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { added, count } from '../number-and-list-steps.ts';
import { getAll, loop, whenFound } from '../steps.ts';
import { blankPicklist, laterOf } from './builders.ts';

const LABEL = {
  responses: 'Find responses for the solution',
  anyResponses: 'Are there responses?',
  eachResponse: 'For each response',
  latest: 'Keep the latest response',
  leads: 'Find leads for the solution',
  anyLeads: 'Are there leads?',
  eachLead: 'For each lead',
  countLead: 'Count the lead',
} as const;

const RESPONSES = 'Number_of_Responses';
const LATEST_RESPONSE = 'Latest_Response';
const ENGAGED_AT = 'Engaged_At';
const LATER_RESPONSE = 'Later_Response';
const SOLUTION = 'Solution_Name';
const CAMPAIGNS = 'Campaigns_Counted';
const RESPONSES_OF_LEAD = 'Responses_of_the_Lead';

/** Stands for no solution: names in the model hold letters, digits and spaces, so that no campaign is about it. */
const NO_SOLUTION = '-';

const CAMPAIGN_OF_LEAD = merge(`${elementName(LABEL.eachLead)}.${LEAD_FIELD.campaign}`);
const FIRST_RESPONSE = `${elementName(LABEL.eachResponse)}.FirstRespondedDate`;

export interface ResponseSteps {
  /** Label of the first step; that of the step after the last where responses are not told apart by solution. */
  readonly first: string;
  readonly elements: FlowElements;
  /** What is written to the member. */
  readonly values: readonly Authored<FlowAssignmentItem>[];
}

/** The leads that became this contact, after the campaigns; one query more. */
const leadSteps = (next: string): FlowElements => ({
  assignments: [
    assignment(
      { label: LABEL.countLead, description: 'A lead that named the solution is a response of its own.' },
      [added(RESPONSES, reference(RESPONSES_OF_LEAD))],
      to(LABEL.eachLead),
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.anyLeads, description: 'Most members were no lead.' },
      LABEL.leads,
      { found: 'Leads found', none: 'No leads' },
      to(LABEL.eachLead),
      to(next),
    ),
  ],
  formulas: [
    formula(
      RESPONSES_OF_LEAD,
      'Number',
      'None where the response to its campaign is counted already.',
      `IF(${and(`NOT(ISBLANK(${CAMPAIGN_OF_LEAD}))`, `CONTAINS(${merge(CAMPAIGNS)}, ${CAMPAIGN_OF_LEAD})`)}, 0, 1)`,
    ),
  ],
  loops: [
    loop(
      { label: LABEL.eachLead, description: 'Goes through the leads that became this person.' },
      elementName(LABEL.leads),
      to(LABEL.countLead),
      to(next),
    ),
  ],
  recordLookups: [
    getAll(
      {
        label: LABEL.leads,
        description:
          'Converted leads of the person about the solution that came by no campaign: that would count already.',
      },
      {
        object: 'Lead',
        filters: [
          equals('ConvertedContactId', reference('$Record.ContactId')),
          equals(LEAD_FIELD.solution, reference(SOLUTION)),
        ],
        fields: ['Id', LEAD_FIELD.campaign],
      },
      to(LABEL.anyLeads),
      to(next),
    ),
  ],
});

const campaignSteps = (next: string): FlowElements => ({
  assignments: [
    assignment(
      { label: LABEL.latest, description: 'Counts the response, and keeps the later day and its campaign.' },
      [
        added(RESPONSES, { numberValue: 1 }),
        set(LATEST_RESPONSE, reference(LATER_RESPONSE)),
        added(CAMPAIGNS, reference(`${elementName(LABEL.eachResponse)}.CampaignId`)),
      ],
      to(LABEL.eachResponse),
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.anyResponses, description: 'Who never responded has no signals.' },
      LABEL.responses,
      { found: 'Responses found', none: 'No responses' },
      to(LABEL.eachResponse),
      to(next),
    ),
  ],
  formulas: [
    formula(
      SOLUTION,
      'String',
      'The solution of the opportunity, or what no campaign is about.',
      `IF(${blankPicklist(`Opportunity.${FIELD.solution}`)}, ${quoted(NO_SOLUTION)}, TEXT(${record(`Opportunity.${FIELD.solution}`)}))`,
    ),
    formula(
      LATER_RESPONSE,
      'Date',
      'The later of the latest response so far and the present one.',
      laterOf(merge(FIRST_RESPONSE), merge(LATEST_RESPONSE)),
    ),
    formula(
      ENGAGED_AT,
      'DateTime',
      'When the person last responded: what is known, or the day of a response from before joining.',
      `IF(${and(`ISBLANK(${record(MEMBER_FIELD.lastEngagementAt)})`, `NOT(ISBLANK(${merge(LATEST_RESPONSE)}))`)}, ` +
        `DATETIMEVALUE(${merge(LATEST_RESPONSE)}), ${record(MEMBER_FIELD.lastEngagementAt)})`,
    ),
  ],
  loops: [
    loop(
      { label: LABEL.eachResponse, description: 'Goes through the responses for the solution.' },
      elementName(LABEL.responses),
      to(LABEL.latest),
      to(next),
    ),
  ],
  recordLookups: [
    getAll(
      {
        label: LABEL.responses,
        description: 'What the person responded to that is about the solution, also before joining the group.',
      },
      {
        object: 'CampaignMember',
        filters: [
          equals('ContactId', reference('$Record.ContactId')),
          equals('HasResponded', yesNo(true)),
          equals(CAMPAIGN_MEMBER_FIELD.solution, reference(SOLUTION)),
        ],
        fields: ['Id', 'CampaignId', 'FirstRespondedDate'],
      },
      to(LABEL.anyResponses),
      to(next),
    ),
  ],
  variables: [
    count(RESPONSES, 'How often the person responded to something about the solution.'),
    variable(CAMPAIGNS, 'String', 'Ids of the campaigns whose responses are counted, one behind the other.'),
    variable(LATEST_RESPONSE, 'Date', 'The day of the latest of those responses.'),
  ],
});

/**
 * Counts the responses of the contact for the solution of the opportunity, and goes on to `next`. Counted anew with every save, so that
 * responses from before joining are not lost and none counts twice. Two queries for a batch, one where no leads come.
 */
export const responseSteps = (waterfall: Waterfall, next: string): ResponseSteps => {
  if (waterfall.solutions.length === 0) return { first: next, elements: {}, values: [] };
  const leads = joinsAfterConversion(waterfall);
  return {
    first: LABEL.responses,
    elements: joinElements(campaignSteps(leads ? LABEL.leads : next), leads ? leadSteps(next) : {}),
    values: [
      set(`$Record.${MEMBER_FIELD.signalCount}`, reference(RESPONSES)),
      set(`$Record.${MEMBER_FIELD.lastEngagementAt}`, reference(ENGAGED_AT)),
    ],
  };
};
