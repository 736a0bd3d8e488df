import type { AccountIndex } from './account-index.ts';
import { candidateFinder } from './candidates.ts';
import { scoreOf, weigh } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { leadPreparer } from './prepare-lead.ts';
import { breakTie } from './tie-breakers.ts';
import { THRESHOLDS, TIE_BREAKERS } from './types.ts';
import type { LeadMatch, MatchLead, Thresholds, TieBreaker } from './types.ts';

export interface MatchOptions {
  readonly thresholds?: Thresholds;
  /** The first that tells accounts apart decides. */
  readonly tieBreakers?: readonly TieBreaker[];
  /** Public mail domains beside those that are known, lower case. */
  readonly publicMailDomains?: ReadonlySet<string>;
}

/** Accounts whose odds lie this close fit equally well. */
const EQUAL_ODDS = 0.45;
/** How far behind an account of the same company may be and still be the one. */
const FAMILY_ODDS = 5;
/** An account of another company that comes this close makes a match doubtful. */
const DOUBTFUL_ODDS = 1.1;
/** One company is not held more often than this; beyond it a name is everybody's. */
const HELD_AT_MOST = 5;
const SHOWN_OTHERS = 3;

/** A matcher over one index. Not to be called from within itself; leads one after the other, as many as there are. */
export function leadMatcher(index: AccountIndex, options: MatchOptions = {}): (lead: MatchLead) => LeadMatch {
  const { thresholds = THRESHOLDS, tieBreakers = TIE_BREAKERS, publicMailDomains } = options;
  const prepare = leadPreparer(index, publicMailDomains);
  const find = candidateFinder(index);
  return (lead) => {
    const prepared = prepare(lead);
    const found = [...find(prepared)].map((account) => weigh(index, prepared, account)).sort((a, b) => b.odds - a.odds);
    const best = found[0];
    if (best === undefined)
      return {
        leadId: lead.id,
        decision: 'none',
        account: null,
        score: 0,
        reasons: ['no account comes near'],
        others: [],
      };
    return decide(index, lead, found as [Evidence, ...Evidence[]], thresholds, tieBreakers);
  };
}

function decide(
  index: AccountIndex,
  lead: MatchLead,
  found: readonly [Evidence, ...Evidence[]],
  thresholds: Thresholds,
  tieBreakers: readonly TieBreaker[],
): LeadMatch {
  const best = found[0];
  const strangers = found.filter(
    (other) => other.odds >= best.odds - DOUBTFUL_ODDS && other !== best && !sameCompany(index, best, other),
  );
  // Of one company's accounts the one in the lead's country, or the one at its head, even where another one shares the domain.
  const own = found.filter(
    (other) => other.odds >= best.odds - FAMILY_ODDS && other.person === best.person && sameCompany(index, best, other),
  );
  const fit = new Map(own.map((each) => [each, each.odds + familyFit(each)]));
  const most = Math.max(...fit.values());
  const equal = own.filter((each) => fit.get(each)! >= most - EQUAL_ODDS);
  let chosen = equal[0] ?? best;
  const reasons: string[] = [];
  if (equal.length > 1) {
    const accounts = equal.map((each) => each.account);
    const { account, because } = breakTie(index, accounts, tieBreakers);
    chosen = equal.find((each) => each.account === account)!;
    reasons.push(`preferred among ${equal.length} accounts of this company: ${because}`);
  } else if (own.length > 1 && chosen !== best) reasons.push(`preferred to ${own.length - 1} more of this company`);
  let score = scoreOf(chosen.odds);
  if (strangers.length > 0 && score >= thresholds.match) {
    score = thresholds.match - 1;
    const named = strangers.slice(0, 2).map(({ account }) => `"${index.names[account]!}" (${index.ids[account]!})`);
    reasons.unshift(
      `${named.join(' and ')} ${named.length === 1 ? 'fits' : 'fit'} nearly as well and may be another company`,
    );
  }
  if (!best.proven && equal.length > HELD_AT_MOST) {
    score = Math.min(score, thresholds.match - 1);
    reasons.unshift(`${equal.length} accounts have this name, and nothing else tells them apart`);
  }
  const decision = score >= thresholds.match ? 'match' : score >= thresholds.review ? 'review' : 'none';
  return {
    leadId: lead.id,
    decision,
    account: { id: index.ids[chosen.account]!, name: index.names[chosen.account]! },
    score,
    reasons: [...chosen.reasons, ...reasons],
    others: found
      .filter((other) => other !== chosen && scoreOf(other.odds) >= thresholds.review)
      .slice(0, SHOWN_OTHERS)
      .map(({ account, odds }) => ({ id: index.ids[account]!, name: index.names[account]!, score: scoreOf(odds) })),
  };
}

/** What makes one account of a company fit better than another one: the country, then the head before its daughters. */
const familyFit = ({ country, otherKind }: Evidence): number =>
  (country === 'same' ? 2 : country === 'other' ? -2 : 0) - (otherKind ? 1 : 0);

/** Two records of one company, or of one group: the same domain, the same hierarchy, or the same name with nothing against it. */
function sameCompany(index: AccountIndex, a: Evidence, b: Evidence): boolean {
  if (index.families[a.account] === index.families[b.account]) return true;
  const [left, right] = [index.domains[a.account] ?? null, index.domains[b.account] ?? null];
  if (left && right) return left.domain === right.domain;
  if (a.proven && b.proven) return true;
  const [here, there] = [index.countries[a.account] ?? null, index.countries[b.account] ?? null];
  const sameName = a.name.kind === 'same' && b.name.kind === 'same';
  return sameName && (here === null || there === null || here === there);
}
