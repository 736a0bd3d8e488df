/** Keys: no two records share one, and each says what its record is. */
import { FIELD, HANDSHAKE_FIELD, MEMBER_FIELD } from '../../compile/names.ts';
import { doubles, idOf, textOf } from './row.ts';
import type { Damage, IntegrityCheck, Row } from './types.ts';

const doubled = (what: string, rows: readonly Row[], field: string): readonly Damage[] =>
  doubles(rows, (row) => textOf(row, field)?.toLowerCase() ?? null).map(([key, group]) => ({
    problem: `${String(group.length)} ${what} have the key ${key}`,
    ids: group.map(idOf),
  }));

export const oneKeyOneRecord: IntegrityCheck = {
  name: 'One key, one record',
  rule: 'No two records have the same key.',
  looksAt: ({ opportunities, members, handshakes }) => opportunities.length + members.length + handshakes.length,
  find: ({ opportunities, members, handshakes }) => [
    ...doubled('opportunities', opportunities, FIELD.key),
    ...doubled('opportunities', opportunities, FIELD.openKey),
    ...doubled('contact roles', members, MEMBER_FIELD.key),
    ...doubled('handshakes', handshakes, HANDSHAKE_FIELD.key),
  ],
};

const withOpenKey = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => textOf(row, FIELD.openKey) !== null);

/** An opportunity that automation opened for an account and a solution keeps the place while it is open, and no longer. */
export const openKeysHold: IntegrityCheck = {
  name: 'Keys of open opportunities',
  rule: 'Only an open opportunity holds the key of its account and solution, and it holds no other one.',
  looksAt: ({ opportunities }) => withOpenKey(opportunities).length,
  find: ({ opportunities }) =>
    withOpenKey(opportunities).flatMap((row): readonly Damage[] => {
      const ids = [idOf(row)];
      const key = textOf(row, FIELD.openKey) ?? '';
      if (row['IsClosed'] === true)
        return [{ problem: `closed, yet it holds ${key}: signals find nothing open and can open nothing`, ids }];
      const expected = `${textOf(row, 'AccountId') ?? ''}:${textOf(row, FIELD.solution) ?? ''}`;
      return key === expected ? [] : [{ problem: `holds ${key} and belongs to ${expected}`, ids }];
    }),
};

/** What the waterfall asks of account and solution: those that automation opened exclude each other. */
export const oneOpenOpportunity: IntegrityCheck = {
  name: 'One open opportunity for account and solution',
  rule: 'Automation opens one opportunity for an account and a solution at a time.',
  looksAt: ({ opportunities }) => withOpenKey(opportunities).length,
  find: ({ opportunities }) =>
    doubles(
      withOpenKey(opportunities).filter((row) => row['IsClosed'] !== true),
      (row) => `${textOf(row, 'AccountId') ?? ''}:${textOf(row, FIELD.solution) ?? ''}`,
    ).map(([key, group]) => ({
      problem: `${String(group.length)} opportunities that automation opened are open for ${key}`,
      ids: group.map(idOf),
    })),
};
