import { leadMatcher } from '../matching/match-leads.ts';
import type { MatchOptions } from '../matching/match-leads.ts';
import type { LeadMatch } from '../matching/types.ts';
import type { DataOrg } from '../org/data-org.ts';
import { readAccounts, told, visibleFields } from './read-accounts.ts';
import type { ReadProgress } from './read-accounts.ts';
import type { ReviewWriter, ReviewedLead } from './review-file.ts';

export interface BacklogRequest {
  readonly org: DataOrg;
  readonly options: MatchOptions;
  /** Conditions in SOQL, as after WHERE. */
  readonly leadsWhere?: string | undefined;
  readonly accountsWhere?: string | undefined;
  /** Every lead is written here. */
  readonly review: ReviewWriter;
  /** How many leads of each decision are kept to be shown. */
  readonly shown: number;
  readonly progress: ReadProgress;
}

export interface ShownLead extends ReviewedLead {
  readonly match: LeadMatch;
}

export interface Backlog {
  readonly accounts: number;
  readonly leads: number;
  readonly match: number;
  readonly review: number;
  readonly none: number;
  /** The first ones, matches and reviews apart. */
  readonly matches: readonly ShownLead[];
  readonly reviews: readonly ShownLead[];
}

/** Matches every lead that is not converted, one after the other as they are read: only what is shown is kept. Throws OrgError. */
export async function matchBacklog(request: BacklogRequest): Promise<Backlog> {
  const { org, options, leadsWhere, accountsWhere, review, shown, progress } = request;
  const index = await readAccounts(org, {
    where: accountsWhere,
    progress,
    ...(options.publicMailDomains === undefined ? {} : { publicMailDomains: options.publicMailDomains }),
  });
  const match = leadMatcher(index, options);
  const count = { match: 0, review: 0, none: 0 };
  const kept: Record<'match' | 'review', ShownLead[]> = { match: [], review: [] };
  const fields = await visibleFields(org, 'Lead', ['Id', 'Name', 'Company', 'Email', 'Website', 'Country']);
  const also = leadsWhere === undefined ? '' : ` AND (${leadsWhere})`;
  const leads = await told(
    org.rows(`SELECT ${fields.join(', ')} FROM Lead WHERE IsConverted = false${also}`),
    'leads',
    progress,
    (row) => {
      const text = (field: string): string => row[field] ?? '';
      const lead = { name: text('Name'), company: text('Company'), email: text('Email'), country: text('Country') };
      const found = match({ ...lead, id: text('Id'), website: text('Website') });
      count[found.decision] += 1;
      review.add(lead, found);
      if (found.decision !== 'none' && kept[found.decision].length < shown)
        kept[found.decision].push({ ...lead, match: found });
    },
  );
  return { accounts: index.size, leads, ...count, matches: kept.match, reviews: kept.review };
}
