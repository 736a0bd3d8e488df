import type { Waterfall } from '../../model/waterfall.ts';

/** Whether the organisation works with buying groups: it names roles, or moves opportunities on by their members. */
export const keepsBuyingGroups = ({ buyingGroups, promotions }: Waterfall): boolean =>
  buyingGroups.roles.length > 0 || promotions.some(({ when }) => when.kind !== 'field');

export interface FullGroup {
  /** The solutions that such a group decides on; none where opportunities name no solution. */
  readonly solutions: readonly string[];
  readonly roles: readonly string[];
}

/**
 * The roles that a full group has, a group of the model at a time. Where the organisation sells no named solutions, its only group
 * decides on everything; with several or none, every role of the model belongs to a full group.
 */
export const fullGroups = ({ buyingGroups, solutions }: Waterfall): readonly FullGroup[] => {
  const { groups, roles } = buyingGroups;
  if (roles.length === 0) return [];
  if (solutions.length === 0) {
    const [only, ...others] = groups;
    return [{ solutions: [], roles: only && others.length === 0 ? only.roles : roles.map(({ name }) => name) }];
  }
  return groups
    .map((group) => ({
      solutions: solutions.filter(({ buyingGroup }) => buyingGroup === group.name).map(({ name }) => name),
      roles: group.roles,
    }))
    .filter((group) => group.solutions.length > 0);
};
