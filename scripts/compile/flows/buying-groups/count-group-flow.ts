import type { FlowAssignmentItem, FlowCondition, FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { fullGroups } from '../../buying-groups/full-group.ts';
import { FIELD, FLOW, LEAD_FIELD, MEMBER_FIELD, MEMBER_STATUS } from '../../names.ts';
import { autolaunchedFlow } from '../autolaunched-flow.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  number,
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { and, merge, or } from '../formula-text.ts';
import { getAll, inputVariable, loop, recordVariable, updateFrom } from '../steps.ts';
import { MEMBER, add, count, laterOf, tellOfGroup, truth, whenFound } from './builders.ts';
import { COVERAGE, MISSING_ROLES, ROLES_COVERED, ROLES_HELD, roleCoverage } from './role-coverage.ts';

const LABEL = {
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
const SIZE = 'Size';
const CONFIRMED = 'Confirmed';
const HIGHEST = 'Highest_Score';
const TOTAL = 'Total_Score';
const SIGNALS = 'Signals';
const LAST_SIGNAL = 'Last_Signal';
const LEAST = 'Least_Engaged_Contact_Id';
const LEAST_AT = 'Least_Engaged_Since';
const LEAST_SCORE = 'Least_Engaged_Score';
const CHANGES = 'Opportunity_Changes';

const MEMBER_SCORE = 'Score_of_Member';
const HIGHER_OF_MEMBER = 'Higher_Score_of_Member';
const LEAD_SCORE = 'Score_of_Lead';
const HIGHER_OF_LEAD = 'Higher_Score_of_Lead';
const LATER_SIGNAL = 'Later_Signal';
const IS_LESS_ENGAGED = 'Is_Less_Engaged';
const ROLES_DIFFER = 'Missing_Roles_Differ';

const found = elementName(LABEL.opportunity);
const member = (field: string): string => `${elementName(LABEL.eachMember)}.${field}`;
const lead = (field: string): string => `${elementName(LABEL.eachLead)}.${field}`;
const blank = (resource: string): string => `ISBLANK(${merge(resource)})`;

/** Field of the opportunity -> what it is to hold. */
const results = (waterfall: Waterfall): readonly (readonly [field: string, variable: string])[] => [
  [FIELD.groupSize, SIZE],
  [FIELD.groupConfirmed, CONFIRMED],
  ...(fullGroups(waterfall).length > 0
    ? ([
        [FIELD.rolesCovered, ROLES_COVERED],
        [FIELD.groupCoverage, COVERAGE],
        [FIELD.missingRoles, MISSING_ROLES],
      ] as const)
    : []),
  [FIELD.highestScore, HIGHEST],
  [FIELD.totalScore, TOTAL],
  [FIELD.leastEngaged, LEAST],
  [FIELD.signalCount, SIGNALS],
  [FIELD.lastSignalAt, LAST_SIGNAL],
];

const formulas = (waterfall: Waterfall): readonly Authored<FlowFormula>[] => [
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
  ...(waterfall.leads
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

const variables = ({ leads }: Waterfall): readonly Authored<FlowVariable>[] => [
  inputVariable(OPPORTUNITY_ID, 'String', 'The opportunity whose buying group is counted.'),
  count(SIZE, 'How many members there are.'),
  count(CONFIRMED, 'How many of them are confirmed.'),
  count(HIGHEST, `The highest score of a member${leads ? ' or lead' : ''}.`),
  count(TOTAL, `The scores of all members${leads ? ' and leads' : ''} together.`),
  count(SIGNALS, 'How often members responded.'),
  variable(LAST_SIGNAL, 'DateTime', 'When a member last responded.'),
  variable(LEAST, 'String', 'The contact who is least engaged.'),
  variable(LEAST_AT, 'DateTime', 'When that contact last responded.'),
  count(LEAST_SCORE, 'The score of that contact.'),
  recordVariable(CHANGES, 'Opportunity', 'The opportunity with what is written to it, and nothing else.'),
];

const rolesHeld = (): readonly Authored<FlowAssignmentItem>[] => [
  add(ROLES_HELD, text(';')),
  add(ROLES_HELD, reference(member('Role'))),
  add(ROLES_HELD, text(';')),
];

const assignments = (waterfall: Waterfall): readonly ReturnType<typeof assignment>[] => {
  const comparesRoles = fullGroups(waterfall).length > 0;
  const confirmedOnly = waterfall.buyingGroups.coverageCounts === 'confirmed';
  return [
    assignment(
      { label: LABEL.countMember, description: 'Counts the member with its role, score and responses.' },
      [
        add(SIZE, number(1)),
        add(TOTAL, reference(MEMBER_SCORE)),
        set(HIGHEST, reference(HIGHER_OF_MEMBER)),
        add(SIGNALS, reference(member(MEMBER_FIELD.signalCount))),
        set(LAST_SIGNAL, reference(LATER_SIGNAL)),
        ...(comparesRoles && !confirmedOnly ? rolesHeld() : []),
      ],
      to(LABEL.confirmed),
    ),
    assignment(
      { label: LABEL.countConfirmed, description: 'Counts the member among those who are certain.' },
      [add(CONFIRMED, number(1)), ...(comparesRoles && confirmedOnly ? rolesHeld() : [])],
      to(LABEL.lessEngaged),
    ),
    assignment(
      { label: LABEL.keepLeast, description: 'Keeps the member until a less engaged one comes.' },
      [
        set(LEAST, reference(member('ContactId'))),
        set(LEAST_AT, reference(member(MEMBER_FIELD.lastEngagementAt))),
        set(LEAST_SCORE, reference(MEMBER_SCORE)),
      ],
      to(LABEL.eachMember),
    ),
    ...(waterfall.leads
      ? [
          assignment(
            { label: LABEL.countLead, description: 'A lead that is no contact yet counts with its score.' },
            [add(TOTAL, reference(LEAD_SCORE)), set(HIGHEST, reference(HIGHER_OF_LEAD))],
            to(LABEL.eachLead),
          ),
        ]
      : []),
    assignment(
      { label: LABEL.fill, description: 'The opportunity by its id, with the fields that are counted.' },
      [
        set(`${CHANGES}.Id`, reference(OPPORTUNITY_ID)),
        ...results(waterfall).map(([field, name]) => set(`${CHANGES}.${field}`, reference(name))),
      ],
      to(LABEL.write),
    ),
  ];
};

const isNew = (waterfall: Waterfall): readonly Authored<FlowCondition>[] =>
  results(waterfall).map(([field, name]) =>
    field === FIELD.missingRoles
      ? condition(ROLES_DIFFER, 'EqualTo', yesNo(true))
      : condition(`${found}.${field}`, 'NotEqualTo', reference(name)),
  );

const decisions = (
  waterfall: Waterfall,
  afterMembers: string,
  afterLeads: string,
): NonNullable<FlowMetadata['decisions']> => [
  whenFound(
    { label: LABEL.anyMembers, description: 'A group that everybody has left counts as empty.' },
    LABEL.members,
    { found: 'Members found', none: 'No members' },
    to(LABEL.eachMember),
    to(afterMembers),
  ),
  ...(waterfall.leads
    ? [
        whenFound(
          { label: LABEL.anyLeads, description: 'Leads that are contacts by now count as members.' },
          LABEL.leads,
          { found: 'Leads found', none: 'No leads' },
          to(LABEL.eachLead),
          to(afterLeads),
        ),
      ]
    : []),
  question(
    { label: LABEL.found, description: 'It may have been deleted since.' },
    {
      label: 'It is there',
      description: 'The look-up found it.',
      logic: 'and',
      conditions: [condition(found, 'IsNull', yesNo(false))],
      connector: to(LABEL.members),
    },
    { label: 'Gone' },
  ),
  question(
    { label: LABEL.confirmed, description: 'Potential members count as members, not as confirmed ones.' },
    {
      label: 'Confirmed member',
      description: 'Somebody has made sure that the person takes part in the decision.',
      logic: 'and',
      conditions: [condition(member(MEMBER_FIELD.status), 'EqualTo', text(MEMBER_STATUS.confirmed))],
      connector: to(LABEL.countConfirmed),
    },
    { label: 'Potential member', connector: to(LABEL.lessEngaged) },
  ),
  question(
    { label: LABEL.lessEngaged, description: 'One member is the one to address next.' },
    {
      label: 'Less engaged',
      description: 'Less engaged than everybody before.',
      logic: 'and',
      conditions: [condition(IS_LESS_ENGAGED, 'EqualTo', yesNo(true))],
      connector: to(LABEL.keepLeast),
    },
    { label: 'More engaged', connector: to(LABEL.eachMember) },
  ),
  question(
    { label: LABEL.differs, description: 'An opportunity that says all this already is left alone.' },
    {
      label: 'Something is new',
      description: 'At least one field holds something else than was counted.',
      logic: 'or',
      conditions: isNew(waterfall),
      connector: to(LABEL.fill),
    },
    { label: 'All as it was' },
  ),
];

const lookups = (waterfall: Waterfall, next: string): NonNullable<FlowMetadata['recordLookups']> => [
  getFirst(
    { label: LABEL.opportunity, description: 'What the opportunity says of its group so far.' },
    {
      object: 'Opportunity',
      filters: [equals('Id', reference(OPPORTUNITY_ID))],
      fields: [
        'Id',
        'OwnerId',
        ...(waterfall.solutions.length > 0 ? [FIELD.solution] : []),
        ...results(waterfall).map(([field]) => field),
      ],
    },
    to(LABEL.found),
    to(LABEL.tell),
  ),
  getAll(
    { label: LABEL.members, description: 'All members but those whose contact is being deleted.' },
    {
      object: MEMBER,
      filters: [equals('OpportunityId', reference(OPPORTUNITY_ID)), equals(MEMBER_FIELD.contactRemoved, yesNo(false))],
      fields: [
        ...['Id', 'ContactId', 'Role', MEMBER_FIELD.status, MEMBER_FIELD.lastEngagementAt],
        ...[MEMBER_FIELD.signalCount, MEMBER_FIELD.leadScore],
      ],
    },
    to(LABEL.anyMembers),
    to(LABEL.tell),
  ),
  ...(waterfall.leads
    ? [
        getAll(
          { label: LABEL.leads, description: 'Leads of the opportunity that are no contacts yet.' },
          {
            object: 'Lead',
            filters: [equals(LEAD_FIELD.opportunity, reference(OPPORTUNITY_ID)), equals('IsConverted', yesNo(false))],
            fields: ['Id', waterfall.leadScore.lead],
          },
          to(LABEL.anyLeads),
          to(next),
        ),
      ]
    : []),
];

/**
 * Counts one buying group and writes the result to its opportunity, if anything is new. Everything is counted anew each time, so that
 * whatever was missed is right again with the next change. Called for several opportunities at once it costs what one does: two queries
 * (three with leads) and one update.
 */
export const countGroupFlow = (waterfall: Waterfall): Component<FlowMetadata> => {
  const coverage = roleCoverage(waterfall, `${found}.${FIELD.solution}`, LABEL.differs);
  const afterMembers = waterfall.leads ? LABEL.leads : coverage.first;
  return autolaunchedFlow({
    name: FLOW.countGroup,
    label: 'Waterfall: Count Buying Group',
    description:
      'Counts the buying group of an opportunity: size, confirmed members, roles, scores, responses and the least engaged member. Writes ' +
      `to the opportunity only what is new. What the opportunity refuses becomes a task for RevOps. ${COMPILED}`,
    source: 'buyingGroups',
    first: elementName(LABEL.opportunity),
    elements: {
      assignments: [...assignments(waterfall), ...coverage.assignments],
      decisions: [...decisions(waterfall, afterMembers, coverage.first), ...coverage.decisions],
      formulas: [...formulas(waterfall), ...coverage.formulas],
      loops: [
        loop(
          { label: LABEL.eachMember, description: 'Goes through the members.' },
          elementName(LABEL.members),
          to(LABEL.countMember),
          to(afterMembers),
        ),
        ...(waterfall.leads
          ? [
              loop(
                { label: LABEL.eachLead, description: 'Goes through the leads.' },
                elementName(LABEL.leads),
                to(LABEL.countLead),
                to(coverage.first),
              ),
            ]
          : []),
      ],
      recordLookups: lookups(waterfall, coverage.first),
      recordUpdates: [
        updateFrom({ label: LABEL.write, description: 'Writes what was counted.' }, CHANGES, to(LABEL.tell)),
      ],
      subflows: [
        tellOfGroup(
          { label: LABEL.tell, description: 'The opportunity did not take what was counted.' },
          {
            recordId: reference(OPPORTUNITY_ID),
            otherwise: reference(`${found}.OwnerId`),
            subject: 'Buying group not counted',
          },
        ),
      ],
      variables: [...variables(waterfall), ...coverage.variables],
    },
  });
};
