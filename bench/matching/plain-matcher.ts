import { isPublicMail } from '../../scripts/matching/domains.ts';
import type { Judged } from '../../scripts/matching/measure.ts';
import { simpleCompanyKey, simpleDomain } from '../../scripts/matching/simple-keys.ts';
import type { World } from './world.ts';

/** What the org's own flows do, for comparison: the e-mail domain is the website's, or the company key is the same. The first account wins. */
export function judgePlainly({ accounts, leads }: World): readonly Judged[] {
  const first = (key: (account: World['accounts'][number]) => string): ReadonlyMap<string, World['accounts'][number]> =>
    new Map(accounts.toReversed().map((account) => [key(account), account]));
  const byDomain = first(({ website }) => simpleDomain(website));
  const byKey = first(({ name }) => simpleCompanyKey(name));
  return leads.map((lead) => {
    const domain = isPublicMail(lead.email) ? '' : simpleDomain(lead.email);
    const account =
      (domain === '' ? undefined : byDomain.get(domain)) ?? byKey.get(simpleCompanyKey(lead.company)) ?? null;
    const decision = account === null ? 'none' : 'match';
    return { match: { leadId: lead.id, decision, account, score: 0, reasons: [], others: [] }, truth: lead.truth };
  });
}
