import { OrgError } from '../org/types.ts';
import type { OrgUser } from './users.ts';

/** `sales-development`, `Sales Development` and `salesDevelopment` name the same thing. */
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** What a user can be asked for by, besides the username: role, department, permission sets with or without `Waterfall`. */
const namesOf = (user: OrgUser): readonly string[] =>
  [user.role ?? '', user.department ?? '', ...user.permissionSets.flatMap(({ name, label }) => [name, label])]
    .map(plain)
    .flatMap((name) => [name, name.replace(/^waterfall/, '')])
    .filter((name) => name !== '');

/**
 * The active user with this username, else one whose role, department or permission set is so called: of those one in
 * the most common role, so that `sales` is one of the sellers and not their boss; the first by username. Throws OrgError
 * USER_UNKNOWN, with what can be asked for.
 */
export function findUser(users: readonly OrgUser[], asked: string): OrgUser {
  const active = users.filter((user) => user.active);
  const byUsername = users.find(({ username }) => username.toLowerCase() === asked.toLowerCase());
  if (byUsername && !byUsername.active)
    throw new OrgError('USER_INACTIVE', `${byUsername.username} is not active and cannot log in.`, WHO_IS_THERE);
  const found = byUsername ?? mostCommon(active.filter((user) => namesOf(user).includes(plain(asked))));
  if (found) return found;
  const known = [...new Set(active.flatMap(({ department, role }) => department ?? role ?? []))].sort();
  throw new OrgError(
    'USER_UNKNOWN',
    `The local org has no active user, role or department "${asked}".${
      known.length > 0 ? ` There are ${known.join(', ')}.` : ''
    }`,
    WHO_IS_THERE,
  );
}

function mostCommon(users: readonly OrgUser[]): OrgUser | undefined {
  const inRole = (role: string | null): number => users.filter((user) => user.role === role).length;
  return users.toSorted((one, other) => inRole(other.role) - inRole(one.role))[0];
}

const WHO_IS_THERE = 'waterfall org users lists who is there.';

/** `waterfall-local-sales-development` */
export const aliasFor = (asked: string, base: string): string =>
  `${base}-${asked
    .replace(/@.*$/, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')}`;
