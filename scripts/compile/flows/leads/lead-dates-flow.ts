/**
 * Carries the dates of lead statuses to the opportunity. The opportunity looks for them, rather than each lead writing them, since many
 * leads may be converted at once and a batch takes 12 updates of one record (help: flow_considerations_limit_transaction); and since it
 * always takes the earliest date of all leads of its members, it makes no difference when it looks. Before save, whenever the buying group
 * was counted anew: two queries, no DML.
 */
import type { FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { LeadStatus, Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { carriesStatusDates, datedStatuses, joinsWithoutSolution } from '../../leads/what-leads-need.ts';
import { FIELD, FLOW, LEAD_FIELD, apiName, carriedStatusDateField, leadStatusDateField } from '../../names.ts';
import { assignment, elementName, equals, formula, reference, set, to, variable, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, and, merge, or, record } from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { added } from '../number-and-list-steps.ts';
import { allAndAny } from '../of-types.ts';
import { filter, getAll, listVariable, loop, whenFound } from '../steps.ts';

const LABEL = {
  members: 'Find the members',
  membersFound: 'Are there members?',
  eachMember: 'Each member',
  keep: 'Keep the person',
  leads: 'Find the leads of the members',
  leadsFound: 'Are there leads?',
  eachLead: 'Each lead',
  earlier: 'Take the earlier dates',
  write: 'Write the dates',
} as const;

const PEOPLE = 'Contact_Ids';
const earliest = ({ name }: LeadStatus): string => `Earliest_${apiName(name)}`;
const earlier = ({ name }: LeadStatus): string => `Earlier_${apiName(name)}`;
const carried = ({ name }: LeadStatus): string => `Carried_${apiName(name)}`;

/** The earlier of two dates, of which either may be blank. */
const earlierOf = (left: string, right: string): string =>
  `IF(ISBLANK(${left}), ${right}, IF(ISBLANK(${right}), ${left}, IF(${left} < ${right}, ${left}, ${right})))`;

const formulas = (statuses: readonly LeadStatus[]): readonly Authored<FlowFormula>[] =>
  statuses.flatMap((status) => [
    formula(
      earlier(status),
      'Date',
      `The earliest ${status.name} date of the leads seen so far.`,
      earlierOf(merge(earliest(status)), merge(`${elementName(LABEL.eachLead)}.${leadStatusDateField(status.name)}`)),
    ),
    formula(
      carried(status),
      'Date',
      `The ${status.name} date of the opportunity: the earliest of what it is and of the leads.`,
      earlierOf(record(carriedStatusDateField(status.name)), merge(earliest(status))),
    ),
  ]);

const variables = (statuses: readonly LeadStatus[]): readonly Authored<FlowVariable>[] => [
  listVariable(PEOPLE, 'The members of the buying group.'),
  ...statuses.map((status) => variable(earliest(status), 'Date', `The earliest ${status.name} date of the leads.`)),
];

/** Where a lead without a solution may join, it counts for every opportunity whose group its person is in. */
const leadsOfMembers = (statuses: readonly LeadStatus[], unnamedToo: boolean) => {
  const ofMembers = filter('ConvertedContactId', 'In', reference(PEOPLE));
  const solutions = [
    equals(LEAD_FIELD.solution, reference(`$Record.${FIELD.solution}`)),
    ...(unnamedToo ? [filter(LEAD_FIELD.solution, 'IsNull', yesNo(true))] : []),
  ];
  return {
    ...getAll(
      {
        label: LABEL.leads,
        description: `What these people were before, for this solution${unnamedToo ? ' or without one' : ''}.`,
      },
      {
        object: 'Lead',
        filters: [ofMembers, ...solutions],
        fields: ['Id', ...statuses.map(({ name }) => leadStatusDateField(name))],
      },
      to(LABEL.leadsFound),
      to(LABEL.write),
    ),
    ...(unnamedToo && { filterLogic: allAndAny(1, solutions.length) }),
  };
};

export const leadDatesFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const statuses = datedStatuses(waterfall);
  if (!carriesStatusDates(waterfall)) return null;
  const changed = [FIELD.groupSize, FIELD.signalCount, FIELD.lastSignalAt, FIELD.groupChangedAt];
  return recordTriggeredFlow({
    name: FLOW.leadDates,
    label: 'Waterfall: Lead Dates',
    description:
      'Carries the earliest dates of the lead statuses of its members, for its solution, to an opportunity whose buying group was counted ' +
      `anew. Runs before the stamping of stages. ${COMPILED}`,
    source: 'leads.statuses',
    order: ORDER.beforeStamping,
    start: {
      first: elementName(LABEL.members),
      filterFormula: and(
        NOT_BYPASSED,
        or(`ISCHANGED(${record(changed[0]!)})`, ...changed.slice(1).map((field) => `ISCHANGED(${record(field)})`)),
      ),
      object: 'Opportunity',
      on: 'Update',
      triggerType: 'RecordBeforeSave',
    },
    elements: {
      recordLookups: [
        getAll(
          {
            label: LABEL.members,
            description:
              'Who belongs to the buying group. What cannot be read now is taken over when the group is counted next.',
          },
          {
            object: 'OpportunityContactRole',
            filters: [equals('OpportunityId', reference('$Record.Id'))],
            fields: ['Id', 'ContactId'],
          },
          to(LABEL.membersFound),
          to(LABEL.write),
        ),
        leadsOfMembers(statuses, joinsWithoutSolution(waterfall)),
      ],
      decisions: [
        whenFound(
          { label: LABEL.membersFound, description: 'Without members there are no leads.' },
          LABEL.members,
          { found: 'There are members', none: 'There are none', description: 'The look-up found at least one.' },
          to(LABEL.eachMember),
        ),
        whenFound(
          { label: LABEL.leadsFound, description: 'Members may have come by other ways.' },
          LABEL.leads,
          { found: 'There are leads', none: 'There were none', description: 'The look-up found at least one.' },
          to(LABEL.eachLead),
        ),
      ],
      loops: [
        loop(
          { label: LABEL.eachMember, description: 'Collects the people.' },
          elementName(LABEL.members),
          to(LABEL.keep),
          to(LABEL.leads),
        ),
        loop(
          { label: LABEL.eachLead, description: 'Finds the earliest dates.' },
          elementName(LABEL.leads),
          to(LABEL.earlier),
          to(LABEL.write),
        ),
      ],
      assignments: [
        assignment(
          { label: LABEL.keep, description: 'To look for what they were before.' },
          [added(PEOPLE, reference(`${elementName(LABEL.eachMember)}.ContactId`))],
          to(LABEL.eachMember),
        ),
        assignment(
          { label: LABEL.earlier, description: 'For each status.' },
          statuses.map((status) => set(earliest(status), reference(earlier(status)))),
          to(LABEL.eachLead),
        ),
        assignment(
          { label: LABEL.write, description: 'Dates that are there already give way only to earlier ones.' },
          statuses.map((status) => set(`$Record.${carriedStatusDateField(status.name)}`, reference(carried(status)))),
        ),
      ],
      formulas: formulas(statuses),
      variables: variables(statuses),
    },
  });
};
