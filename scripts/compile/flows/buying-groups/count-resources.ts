/** What counting a buying group works with: the labels that are referred to, variables and formulas. */
import type { FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { fullGroups } from '../../buying-groups/full-group.ts';
import { leadsNameSolutions } from '../../leads/what-leads-need.ts';
import { FIELD, MEMBER_FIELD } from '../../names.ts';
import { elementName, formula, variable } from '../elements.ts';
import { and, merge, or } from '../formula-text.ts';
import { count } from '../number-and-list-steps.ts';
import { inputVariable, recordVariable } from '../steps.ts';
import { laterOf, truth } from './builders.ts';
import { MISSING_ROLES } from './role-coverage.ts';

export const LABEL = {
  opportunity: 'Find the opportunity',
  found: 'Is the opportunity there?',
  members: 'Find the members',
  anyMembers: 'Are there members?',
  eachMember: 'For each member',
  countMember: 'Count the member',
  confirmed: 'Is the member confirmed?',
  countConfirmed: 'Count a confirmed member',
  lessEngaged: 'Is the member the least engaged so far?',
  keepLeast: 'Keep the least engaged member',
  leads: 'Find leads that count',
  anyLeads: 'Are there leads?',
  eachLead: 'For each lead',
  countLead: 'Count the score of the lead',
  differs: 'Is anything new?',
  fill: 'Fill in what is new',
  write: 'Update the opportunity',
  tell: 'Tell RevOps that the group was not counted',
} as const;

export const OPPORTUNITY_ID = 'Opportunity_Id';
export const SIZE = 'Size';
export const CONFIRMED = 'Confirmed';
export const HIGHEST = 'Highest_Score';
export const TOTAL = 'Total_Score';
export const SIGNALS = 'Signals';
export const LAST_SIGNAL = 'Last_Signal';
export const LEAST = 'Least_Engaged_Contact_Id';
export const LEAST_AT = 'Least_Engaged_Since';
export const LEAST_SCORE = 'Least_Engaged_Score';
export const CHANGES = 'Opportunity_Changes';

export const MEMBER_SCORE = 'Score_of_Member';
export const HIGHER_OF_MEMBER = 'Higher_Score_of_Member';
export const LEAD_SCORE = 'Score_of_Lead';
export const HIGHER_OF_LEAD = 'Higher_Score_of_Lead';
export const LATER_SIGNAL = 'Later_Signal';
export const IS_LESS_ENGAGED = 'Is_Less_Engaged';
export const ROLES_DIFFER = 'Missing_Roles_Differ';

export const found = elementName(LABEL.opportunity);
export const member = (field: string): string => `${elementName(LABEL.eachMember)}.${field}`;
const lead = (field: string): string => `${elementName(LABEL.eachLead)}.${field}`;
const blank = (resource: string): string => `ISBLANK(${merge(resource)})`;

export const countFormulas = (waterfall: Waterfall): readonly Authored<FlowFormula>[] => [
  formula(
    MEMBER_SCORE,
    'Number',
    'The lead score of the member; none counts as zero.',
    `BLANKVALUE(${merge(member(MEMBER_FIELD.leadScore))}, 0)`,
  ),
  formula(
    HIGHER_OF_MEMBER,
    'Number',
    'The higher of the highest score so far and that of the member.',
    `MAX(${merge(HIGHEST)}, ${merge(MEMBER_SCORE)})`,
  ),
  formula(
    LATER_SIGNAL,
    'DateTime',
    'The later of the last signal so far and that of the member.',
    laterOf(merge(member(MEMBER_FIELD.lastEngagementAt)), merge(LAST_SIGNAL)),
  ),
  truth(
    IS_LESS_ENGAGED,
    'Whoever has never responded is less engaged than who has, then who responded longer ago, then who has the lower score.',
    `IF(${blank(LEAST)}, TRUE, IF(${blank(LEAST_AT)}, ` +
      `${and(blank(member(MEMBER_FIELD.lastEngagementAt)), `${merge(MEMBER_SCORE)} < ${merge(LEAST_SCORE)}`)}, ` +
      `IF(${blank(member(MEMBER_FIELD.lastEngagementAt))}, TRUE, ${or(
        `${merge(member(MEMBER_FIELD.lastEngagementAt))} < ${merge(LEAST_AT)}`,
        and(
          `${merge(member(MEMBER_FIELD.lastEngagementAt))} = ${merge(LEAST_AT)}`,
          `${merge(MEMBER_SCORE)} < ${merge(LEAST_SCORE)}`,
        ),
      )})))`,
  ),
  ...(leadsNameSolutions(waterfall)
    ? [
        formula(
          LEAD_SCORE,
          'Number' as const,
          'The score of the lead in whole points; none counts as zero.',
          `FLOOR(BLANKVALUE(${merge(lead(waterfall.leadScore.lead))}, 0))`,
        ),
        formula(
          HIGHER_OF_LEAD,
          'Number' as const,
          'The higher of the highest score so far and that of the lead.',
          `MAX(${merge(HIGHEST)}, ${merge(LEAD_SCORE)})`,
        ),
      ]
    : []),
  ...(fullGroups(waterfall).length > 0
    ? [
        truth(
          ROLES_DIFFER,
          'Whether other roles are missing than the opportunity says; a blank and an empty text are the same.',
          `BLANKVALUE(${merge(`${found}.${FIELD.missingRoles}`)}, "") <> BLANKVALUE(${merge(MISSING_ROLES)}, "")`,
        ),
      ]
    : []),
];

export const countVariables = (waterfall: Waterfall): readonly Authored<FlowVariable>[] => [
  inputVariable(OPPORTUNITY_ID, 'String', 'The opportunity whose buying group is counted.'),
  count(SIZE, 'How many members there are.'),
  count(CONFIRMED, 'How many of them are confirmed.'),
  count(HIGHEST, `The highest score of a member${leadsNameSolutions(waterfall) ? ' or lead' : ''}.`),
  count(TOTAL, `The scores of all members${leadsNameSolutions(waterfall) ? ' and leads' : ''} together.`),
  count(SIGNALS, 'How often members responded.'),
  variable(LAST_SIGNAL, 'DateTime', 'When a member last responded.'),
  variable(LEAST, 'String', 'The contact who is least engaged.'),
  variable(LEAST_AT, 'DateTime', 'When that contact last responded.'),
  count(LEAST_SCORE, 'The score of that contact.'),
  recordVariable(CHANGES, 'Opportunity', 'The opportunity with what is written to it, and nothing else.'),
];
