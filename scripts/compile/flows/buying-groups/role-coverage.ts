/** How the members of a buying group are compared with the roles of a full one. */
import type { FlowAssignmentItem, FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { fullGroups } from '../../buying-groups/full-group.ts';
import type { FullGroup } from '../../buying-groups/full-group.ts';
import { LIMIT } from '../../limits.ts';
import { assignment, condition, formula, reference, set, text, to, variable } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { merge, quoted } from '../formula-text.ts';
import { wholeNumber } from '../number-and-list-steps.ts';
import { decision } from '../steps.ts';

/** Text variable: the roles that members have, each between semicolons. */
export const ROLES_HELD = 'Roles_Held';
export const ROLES_COVERED = 'Roles_Covered';
export const COVERAGE = 'Coverage_Percent';
export const MISSING_ROLES = 'Missing_Role_Names';

const WHICH = 'Which roles does a full group have?';

const heldIs = (role: string): string => `CONTAINS(${merge(ROLES_HELD)}, ${quoted(`;${role};`)})`;

const coveredName = (index: number): string => `Covered_of_Group_${String(index + 1)}`;
const coverageName = (index: number): string => `Coverage_of_Group_${String(index + 1)}`;
const missingName = (index: number): string => `Missing_of_Group_${String(index + 1)}`;
const listName = (index: number): string => `Missing_List_of_Group_${String(index + 1)}`;

const named = (roles: readonly string[]): string => roles.join(', ');

const formulasOf = ({ roles }: FullGroup, index: number): readonly Authored<FlowFormula>[] => [
  formula(
    coveredName(index),
    'Number',
    `How many of these roles have a member: ${named(roles)}.`,
    roles.map((role) => `IF(${heldIs(role)}, 1, 0)`).join(' + '),
  ),
  formula(
    coverageName(index),
    'Number',
    'The roles that have a member, in percent of those that a full group has.',
    `ROUND(${merge(coveredName(index))} / ${String(roles.length)} * 100, 0)`,
  ),
  formula(
    listName(index),
    'String',
    'The roles that nobody has, each with a semicolon behind it.',
    roles.map((role) => `IF(${heldIs(role)}, "", ${quoted(`${role}; `)})`).join(' & '),
  ),
  formula(
    missingName(index),
    'String',
    'The roles that nobody has, as people read them.',
    `IF(LEN(${merge(listName(index))}) > 2, LEFT(LEFT(${merge(listName(index))}, LEN(${merge(listName(index))}) - 2), ${String(LIMIT.picklistValue)}), "")`,
  ),
];

const compareLabel = (groups: readonly FullGroup[], index: number): string =>
  groups.length === 1 ? 'Compare with a full group' : `Compare with full group ${String(index + 1)}`;

const results = (index: number): readonly Authored<FlowAssignmentItem>[] => [
  set(ROLES_COVERED, reference(coveredName(index))),
  set(COVERAGE, reference(coverageName(index))),
  set(MISSING_ROLES, reference(missingName(index))),
];

export interface RoleCoverage {
  /** Label of the first step; that of the step after the last where there is nothing to compare. */
  readonly first: string;
  readonly elements: FlowElements;
}

/** The steps that compare the roles held with a full group for the solution held in the variable `solution`, and go on to `next`. */
export const roleCoverage = (waterfall: Waterfall, solution: string, next: string): RoleCoverage => {
  const groups = fullGroups(waterfall);
  if (groups.length === 0) return { first: next, elements: {} };
  const bySolution = waterfall.solutions.length > 0;
  return {
    first: bySolution ? WHICH : compareLabel(groups, 0),
    elements: {
      assignments: groups.map((group, index) =>
        assignment(
          { label: compareLabel(groups, index), description: `A full group: ${named(group.roles)}.` },
          results(index),
          to(next),
        ),
      ),
      decisions: bySolution
        ? [
            decision(
              {
                label: WHICH,
                description: 'Each solution has its buying group. Without a solution nobody knows who is missing.',
              },
              groups.map((group, index) => ({
                label: `Solution of full group ${String(index + 1)}`,
                description: `Decides on ${named(group.solutions)}.`,
                logic: 'or' as const,
                conditions: group.solutions.map((name) => condition(solution, 'EqualTo', text(name))),
                connector: to(compareLabel(groups, index)),
              })),
              { label: 'No solution', connector: to(next) },
            ),
          ]
        : [],
      formulas: groups.flatMap(formulasOf),
      variables: [
        variable(ROLES_HELD, 'String', 'The roles that members have, each between semicolons.'),
        wholeNumber(ROLES_COVERED, 'How many roles of a full group have a member; unset without a solution.'),
        wholeNumber(COVERAGE, 'In percent of the roles of a full group.'),
        variable(MISSING_ROLES, 'String', 'The roles that nobody has.'),
      ],
    },
  };
};
