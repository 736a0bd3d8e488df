import type { Person } from './read-people.ts';
import type { KnownAccount, KnownOpportunity, NewAccount, OpportunityFinding } from './types.ts';

const OPPORTUNITY_ID = /^006[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/;

export const isOpportunityId = (text: string): boolean => OPPORTUNITY_ID.test(text);

const WITHOUT_GROUP =
  'Import the row without a solution (no --solution, none in the row), which joins no buying group, and again with it once the account has such an opportunity.';

const named = (list: readonly KnownOpportunity[]): string =>
  list
    .slice(0, 3)
    .map(({ id, name }) => `${name} (${id})`)
    .join(', ');

/** Those that have this id or, in whatever case, this name. */
export const opportunitiesCalled = (
  wanted: string,
  opportunities: readonly KnownOpportunity[],
): readonly KnownOpportunity[] =>
  isOpportunityId(wanted)
    ? opportunities.filter(({ id }) => id.slice(0, 15) === wanted.slice(0, 15))
    : opportunities.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());

/** One of those called so, where all that are open, or else all, are of one account; null where they are not. */
export function opportunityThatTells(
  wanted: string,
  opportunities: readonly KnownOpportunity[],
): KnownOpportunity | null {
  const found = opportunitiesCalled(wanted, opportunities);
  const open = found.filter(({ closed }) => !closed);
  const left = open.length > 0 ? open : found;
  return left.every(({ accountId }) => accountId === left[0]!.accountId) ? (left[0] ?? null) : null;
}

/**
 * The opportunity whose buying group a row means: by id, by name (of the person's account, where several have that name), or the open
 * one of the account and the solution. None where the row names neither.
 */
export function opportunityOf(
  person: Person,
  account: KnownAccount | NewAccount,
  opportunities: readonly KnownOpportunity[],
  solutions: readonly string[],
): OpportunityFinding {
  const isTheirs = ({ accountId }: KnownOpportunity): boolean =>
    'id' in account && accountId?.slice(0, 15) === account.id.slice(0, 15);
  if (person.opportunity !== '') {
    const wanted = person.opportunity;
    const found = opportunitiesCalled(wanted, opportunities);
    const open = found.filter(({ closed }) => !closed);
    const theirs = open.filter(isTheirs);
    const left = theirs.length > 0 ? theirs : open;
    if (left.length === 1) return { kind: 'known', opportunity: left[0]! };
    if (left.length > 1)
      return {
        kind: 'refused',
        reason: `Several open opportunities are called ${wanted}: ${named(left)}. Name one by its id.`,
      };
    return {
      kind: 'refused',
      reason: found.length > 0 ? `The opportunity ${wanted} is closed.` : `There is no opportunity ${wanted}.`,
    };
  }
  if (person.solution === '') return { kind: 'none' };
  if (solutions.length === 0)
    return { kind: 'refused', reason: 'Opportunities of this org have no solution: name the opportunity itself.' };
  if (!solutions.some((each) => each.toLowerCase() === person.solution.toLowerCase()))
    return { kind: 'refused', reason: `There is no solution ${person.solution}. There are: ${solutions.join(', ')}.` };
  if (!('id' in account))
    return {
      kind: 'refused',
      reason: `There is no account ${account.name} yet, so it has no open opportunity for ${person.solution}. ${WITHOUT_GROUP}`,
    };
  const open = opportunities.filter(
    (each) => !each.closed && isTheirs(each) && each.solution.toLowerCase() === person.solution.toLowerCase(),
  );
  if (open.length === 1) return { kind: 'known', opportunity: open[0]! };
  return {
    kind: 'refused',
    reason:
      open.length === 0
        ? `${account.name} has no open opportunity for ${person.solution}. ${WITHOUT_GROUP}`
        : `${account.name} has several open opportunities for ${person.solution}: ${named(open)}. Name one by its id.`,
  };
}
