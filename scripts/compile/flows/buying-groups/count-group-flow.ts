import type { FlowAssignmentItem, FlowCondition } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { fullGroups } from '../../buying-groups/full-group.ts';
import { leadsNameSolutions } from '../../leads/what-leads-need.ts';
import { FIELD, FLOW, LEAD_FIELD, MEMBER_FIELD, MEMBER_STATUS } from '../../names.ts';
import { autolaunchedFlow } from '../autolaunched-flow.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  getFirst,
  number,
  question,
  reference,
  set,
  text,
  to,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { joinElements } from '../join-elements.ts';
import { added } from '../number-and-list-steps.ts';
import { getAll, loop, updateFrom, whenFound } from '../steps.ts';
import { MEMBER, tellOfGroup } from './builders.ts';
import {
  LABEL,
  countFormulas,
  countVariables,
  OPPORTUNITY_ID,
  SIZE,
  CONFIRMED,
  HIGHEST,
  TOTAL,
  SIGNALS,
  LAST_SIGNAL,
  LEAST,
  LEAST_AT,
  LEAST_SCORE,
  CHANGES,
  MEMBER_SCORE,
  HIGHER_OF_MEMBER,
  LEAD_SCORE,
  HIGHER_OF_LEAD,
  LATER_SIGNAL,
  IS_LESS_ENGAGED,
  ROLES_DIFFER,
  found,
  member,
} from './count-resources.ts';
import { COVERAGE, MISSING_ROLES, ROLES_COVERED, ROLES_HELD, roleCoverage } from './role-coverage.ts';

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

const rolesHeld = (): readonly Authored<FlowAssignmentItem>[] => [
  added(ROLES_HELD, text(';')),
  added(ROLES_HELD, reference(member('Role'))),
  added(ROLES_HELD, text(';')),
];

const assignments = (waterfall: Waterfall): readonly ReturnType<typeof assignment>[] => {
  const comparesRoles = fullGroups(waterfall).length > 0;
  const confirmedOnly = waterfall.buyingGroups.coverageCounts === 'confirmed';
  return [
    assignment(
      { label: LABEL.countMember, description: 'Counts the member with its role, score and responses.' },
      [
        added(SIZE, number(1)),
        added(TOTAL, reference(MEMBER_SCORE)),
        set(HIGHEST, reference(HIGHER_OF_MEMBER)),
        added(SIGNALS, reference(member(MEMBER_FIELD.signalCount))),
        set(LAST_SIGNAL, reference(LATER_SIGNAL)),
        ...(comparesRoles && !confirmedOnly ? rolesHeld() : []),
      ],
      to(LABEL.confirmed),
    ),
    assignment(
      { label: LABEL.countConfirmed, description: 'Counts the member among those who are certain.' },
      [added(CONFIRMED, number(1)), ...(comparesRoles && confirmedOnly ? rolesHeld() : [])],
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
    ...(leadsNameSolutions(waterfall)
      ? [
          assignment(
            { label: LABEL.countLead, description: 'A lead that is no contact yet counts with its score.' },
            [added(TOTAL, reference(LEAD_SCORE)), set(HIGHEST, reference(HIGHER_OF_LEAD))],
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
  ...(leadsNameSolutions(waterfall)
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
  whenFound(
    { label: LABEL.found, description: 'It may have been deleted since.' },
    LABEL.opportunity,
    { found: 'It is there', none: 'Gone', description: 'The look-up found it.' },
    to(LABEL.members),
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
  ...(leadsNameSolutions(waterfall)
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
  const afterMembers = leadsNameSolutions(waterfall) ? LABEL.leads : coverage.first;
  return autolaunchedFlow({
    name: FLOW.countGroup,
    label: 'Waterfall: Count Buying Group',
    description:
      'Counts the buying group of an opportunity: size, confirmed members, roles, scores, responses and the least engaged member. Writes ' +
      `to the opportunity only what is new. What the opportunity refuses becomes a task for RevOps. ${COMPILED}`,
    source: 'buyingGroups',
    first: elementName(LABEL.opportunity),
    elements: joinElements(
      {
        assignments: assignments(waterfall),
        decisions: decisions(waterfall, afterMembers, coverage.first),
        formulas: countFormulas(waterfall),
        loops: [
          loop(
            { label: LABEL.eachMember, description: 'Goes through the members.' },
            elementName(LABEL.members),
            to(LABEL.countMember),
            to(afterMembers),
          ),
          ...(leadsNameSolutions(waterfall)
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
        variables: countVariables(waterfall),
      },
      coverage.elements,
    ),
  });
};
