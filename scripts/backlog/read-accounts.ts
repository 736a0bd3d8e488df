import { accountIndexBuilder } from '../matching/account-index.ts';
import type { AccountIndex } from '../matching/account-index.ts';
import type { DataOrg, TextRow } from '../org/data-org.ts';
import { OrgError } from '../org/types.ts';

/** What is being read, and how far; for people who wait. */
export type ReadProgress = (text: string) => void;

/** Between two messages about rows. */
const TOLD_EVERY = 10_000;

export interface AccountSource {
  /** A condition in SOQL that accounts must meet, as after WHERE. */
  readonly where?: string | undefined;
  /** Public mail domains beside those that are known. */
  readonly publicMailDomains?: ReadonlySet<string>;
  readonly progress: ReadProgress;
}

/**
 * Reads what matching has to know about accounts, row by row: the accounts, their contacts' addresses, their open opportunities.
 * A field that the user may not see counts as blank. Throws OrgError, ACCOUNTS_NONE when there is nothing to match with.
 */
export async function readAccounts(
  org: DataOrg,
  { where, publicMailDomains, progress }: AccountSource,
): Promise<AccountIndex> {
  const builder = accountIndexBuilder(publicMailDomains);
  const fields = await visibleFields(org, 'Account', [
    ...[
      'Id',
      'Name',
      'Website',
      'BillingCountry',
      'ParentId',
      'OwnerId',
      'LastActivityDate',
      'NumberOfEmployees',
      'AnnualRevenue',
    ],
  ]);
  // Where there are person accounts, they are people, and no lead of a company is converted into one.
  const [persons] = await visibleFields(org, 'Account', ['IsPersonAccount']);
  const conditions = [
    ...(persons === undefined ? [] : [`${persons} = false`]),
    ...(where === undefined ? [] : [`(${where})`]),
  ];
  const selected = [...fields, ...(fields.includes('OwnerId') ? ['Owner.IsActive'] : [])].join(', ');
  const accounts = `SELECT ${selected} FROM Account${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`;
  const count = await told(org.rows(accounts), 'accounts', progress, (row) => {
    builder.account({
      id: row['Id'] ?? '',
      name: row['Name'] ?? '',
      website: row['Website'] ?? '',
      country: row['BillingCountry'] ?? '',
      parentId: row['ParentId'] ?? '',
      ownerSet: row['Owner.IsActive'] === 'true',
      lastActivity: row['LastActivityDate'] ?? '',
      employees: Number(row['NumberOfEmployees'] ?? 0) || 0,
      revenue: Number(row['AnnualRevenue'] ?? 0) || 0,
    });
  });
  if (count === 0)
    throw new OrgError(
      'ACCOUNTS_NONE',
      where === undefined ? 'The org has no account that you may see.' : `No account meets the condition ${where}.`,
      'Check the condition and what the user may see.',
    );
  await told(
    org.rows('SELECT AccountId, Email FROM Contact WHERE AccountId != null AND Email != null'),
    'contacts',
    progress,
    (row) => builder.contact(row['AccountId'] ?? '', row['Email'] ?? ''),
  );
  await told(
    org.rows('SELECT AccountId FROM Opportunity WHERE IsClosed = false AND AccountId != null'),
    'open opportunities',
    progress,
    (row) => builder.openOpportunity(row['AccountId'] ?? ''),
  );
  progress('Indexing accounts');
  return builder.build();
}

/** Those of the fields that the org has and the user sees. */
export async function visibleFields(
  org: DataOrg,
  object: string,
  wanted: readonly string[],
): Promise<readonly string[]> {
  const { fields } = await org.describe(object);
  const there = new Set(fields.map(({ name }) => name));
  return wanted.filter((name) => there.has(name));
}

/** How many there were. */
export async function told(
  rows: AsyncIterable<TextRow>,
  what: string,
  progress: ReadProgress,
  take: (row: TextRow) => void,
): Promise<number> {
  progress(`Reading ${what}`);
  let count = 0;
  for await (const row of rows) {
    take(row);
    count += 1;
    if (count % TOLD_EVERY === 0) progress(`Reading ${what}: ${count}`);
  }
  return count;
}
