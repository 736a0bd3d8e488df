import { accountIndexBuilder } from '../../scripts/matching/account-index.ts';
import { leadMatcher } from '../../scripts/matching/match-leads.ts';
import { measure } from '../../scripts/matching/measure.ts';
import type { Judged, Quality } from '../../scripts/matching/measure.ts';
import type { World } from './world.ts';

/** Matches a world's leads, with what was right beside each answer. */
export function judgeWorld({
  accounts,
  contacts,
  openOpportunities,
  leads,
}: World): readonly (Judged & { readonly kind: string })[] {
  const builder = accountIndexBuilder();
  for (const account of accounts) builder.account(account);
  for (const { accountId, email } of contacts) builder.contact(accountId, email);
  for (const id of openOpportunities) builder.openOpportunity(id);
  const match = leadMatcher(builder.build());
  return leads.map((lead) => ({ match: match(lead), truth: lead.truth, kind: lead.kind }));
}

export const qualityOf = (world: World): Quality => measure(judgeWorld(world));
