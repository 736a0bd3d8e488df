import type { Person } from './read-people.ts';
import type { KnownOpportunity, OpportunityFinding } from './types.ts';

const OPPORTUNITY_ID = /^006[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/;

export const isOpportunityId = (text: string): boolean => OPPORTUNITY_ID.test(text);

const named = (list: readonly KnownOpportunity[]): string =>
  list
    .slice(0, 3)
    .map(({ id, name }) => `${name} (${id})`)
    .join(', ');

/**
 * The opportunity whose buying group a row means: by id, by name (of the person's account, where several have that name), or the open
 * one of the account and the solution. None where the row names neither.
 */
export function opportunityOf(
  person: Person,
  account: { readonly id: string; readonly name: string } | null,
  opportunities: readonly KnownOpportunity[],
  solutions: readonly string[],
): OpportunityFinding {
  const isTheirs = ({ accountId }: KnownOpportunity): boolean =>
    account !== null && accountId?.slice(0, 15) === account.id.slice(0, 15);
  if (person.opportunity !== '') {
    const wanted = person.opportunity;
    const byId = isOpportunityId(wanted);
    const found = opportunities.filter(({ id, name }) =>
      byId ? id.slice(0, 15) === wanted.slice(0, 15) : name.toLowerCase() === wanted.toLowerCase(),
    );
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
  if (account === null)
    return { kind: 'refused', reason: `A new account has no open opportunity for ${person.solution}.` };
  const open = opportunities.filter(
    (each) => !each.closed && isTheirs(each) && each.solution.toLowerCase() === person.solution.toLowerCase(),
  );
  if (open.length === 1) return { kind: 'known', opportunity: open[0]! };
  return {
    kind: 'refused',
    reason:
      open.length === 0
        ? `${account.name} has no open opportunity for ${person.solution}.`
        : `${account.name} has several open opportunities for ${person.solution}: ${named(open)}. Name one by its id.`,
  };
}
