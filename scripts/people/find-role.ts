import type { BuyingGroups } from '../model/waterfall.ts';
import type { Person } from './read-people.ts';
import { roleFromTitle } from './role-from-title.ts';
import type { RoleFinding } from './types.ts';

/** The role in the buying group: what the row says, if it is one of the org's; else what the title suggests and the org has. */
export function roleOf(person: Person, groups: BuyingGroups, orgRoles: readonly string[]): RoleFinding {
  if (person.role !== '') {
    const role = orgRoles.find((each) => each.toLowerCase() === person.role.toLowerCase());
    if (role !== undefined) return { kind: 'role', role };
    return {
      kind: 'refused',
      reason: `The org has no contact role "${person.role}". There are: ${orgRoles.join(', ')}.`,
    };
  }
  const suggested = roleFromTitle(person.title, groups);
  return { kind: 'role', role: suggested !== null && orgRoles.includes(suggested) ? suggested : null };
}
