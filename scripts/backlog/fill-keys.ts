import { ACCOUNT_FIELD, LEAD_FIELD } from '../compile/names.ts';
import { simpleCompanyKey, simpleDomain } from '../matching/simple-keys.ts';
import type { DataOrg, TextRow } from '../org/data-org.ts';
import { OrgError } from '../org/types.ts';
import { told } from './read-accounts.ts';
import type { ReadProgress } from './read-accounts.ts';

interface Key {
  readonly field: string;
  readonly from: string;
  readonly rule: (text: string) => string;
}

/** Which fields hold what the org's own flows compare, and of what. */
const KEYS: Readonly<Record<'Account' | 'Lead', { readonly where: string; readonly keys: readonly Key[] }>> = {
  Account: {
    where: '',
    keys: [
      { field: ACCOUNT_FIELD.websiteDomain, from: 'Website', rule: simpleDomain },
      { field: ACCOUNT_FIELD.companyKey, from: 'Name', rule: simpleCompanyKey },
    ],
  },
  Lead: {
    // What is converted can no longer be changed.
    where: ' WHERE IsConverted = false',
    keys: [
      { field: LEAD_FIELD.emailDomain, from: 'Email', rule: simpleDomain },
      { field: LEAD_FIELD.websiteDomain, from: 'Website', rule: simpleDomain },
      { field: LEAD_FIELD.companyKey, from: 'Company', rule: simpleCompanyKey },
    ],
  },
};

export interface FilledObject {
  readonly object: 'Account' | 'Lead';
  readonly looked: number;
  readonly updated: number;
  readonly failed: readonly { readonly id: string; readonly error: string }[];
}

/** How a bulk update empties a field; an empty value leaves it as it is: Bulk API 2.0 Developer Guide, "Prepare CSV Files". */
const BLANK = '#N/A';

/**
 * Fills the key fields of accounts and unconverted leads that were there before the flows that keep them, in bulk, and only where
 * they are blank or wrong. Throws OrgError, KEYS_NOT_DEPLOYED when the org lacks a field or the user may not write it.
 */
export async function fillKeys(org: DataOrg, progress: ReadProgress): Promise<readonly FilledObject[]> {
  const objects = Object.keys(KEYS) as (keyof typeof KEYS)[];
  await Promise.all(objects.map((object) => assertWritable(org, object)));
  const filled: FilledObject[] = [];
  for (const object of objects) {
    const { keys } = KEYS[object];
    let looked = 0;
    const stale = async function* (): AsyncGenerator<readonly string[]> {
      const rows: (readonly string[])[] = [];
      const fields = [...new Set(keys.flatMap(({ field, from }) => [from, field]))];
      looked = await told(
        org.rows(`SELECT Id, ${fields.join(', ')} FROM ${object}${KEYS[object].where}`),
        `${object} keys`,
        progress,
        (row) => {
          const change = changed(row, keys);
          if (change) rows.push(change);
        },
      );
      yield* rows;
    };
    const columns = ['Id', ...keys.map(({ field }) => field)];
    const { updated, failed } = await org.bulkUpdate(object, columns, stale(), (sent) =>
      progress(`Filling ${object} keys: ${sent}`),
    );
    filled.push({ object, looked, updated, failed });
  }
  return filled;
}

/** What the row's keys should be, null when they are so already. */
function changed(row: TextRow, keys: readonly Key[]): readonly string[] | null {
  const wanted = keys.map(({ from, rule }) => rule(row[from] ?? ''));
  if (keys.every(({ field }, at) => (row[field] ?? '') === wanted[at])) return null;
  return [row['Id'] ?? '', ...wanted.map((value) => (value === '' ? BLANK : value))];
}

async function assertWritable(org: DataOrg, object: keyof typeof KEYS): Promise<void> {
  const { fields } = await org.describe(object);
  const writable = new Set(fields.filter(({ updateable }) => updateable).map(({ name }) => name));
  const missing = KEYS[object].keys.map(({ field }) => field).filter((field) => !writable.has(field));
  if (missing.length === 0) return;
  throw new OrgError(
    'KEYS_NOT_DEPLOYED',
    `The org lacks ${missing.map((field) => `${object}.${field}`).join(', ')}, or you may not write ${missing.length === 1 ? 'it' : 'them'}.`,
    'Bring the fields in with waterfall deploy, and hold the permission set Waterfall_RevOps.',
  );
}
