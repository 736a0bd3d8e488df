import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { layoutOf } from '../../local-org/data/layout.ts';
import { createStore } from '../../local-org/data/store.ts';
import { runSoql } from '../../local-org/data/transaction.ts';
import type { Row } from '../../local-org/data/types.ts';
import { ADMIN_USERNAME, openLocalOrg } from '../../local-org/open-org.ts';
import type { LocalOrg } from '../../local-org/types.ts';
import { median } from '../figure.ts';
import type { Figure } from '../figure.ts';

const OPPORTUNITIES = 1_000_000;
const ACCOUNTS = 50_000;
const PORTION = 20_000;
const DAY_MS = 86_400_000;
const STAGES = ['Prospecting', 'Qualification', 'Needs Analysis', 'Negotiation/Review', 'Closed Won', 'Closed Lost'];

/**
 * Fills an org with opportunities as rows, past the save procedure: what is measured is how the org reads them. Answers
 * some of their ids.
 */
export function fillMany(org: LocalOrg, opportunities: number, accounts: number): readonly string[] {
  const store = createStore(org.database);
  const user = org.user(ADMIN_USERNAME);
  const ids: string[] = [];
  const write = (name: string, count: number, valuesOf: (i: number) => Row): readonly string[] => {
    const object = org.schema.object(name)!;
    const { columns } = layoutOf(object);
    const made: string[] = [];
    for (let start = 0; start < count; start += PORTION) {
      org.transact(user, (tx) => {
        for (let i = start; i < Math.min(count, start + PORTION); i++) {
          const at = new Date(tx.now.getTime() - (i % 1000) * DAY_MS).toISOString();
          const row: Row = {};
          for (const field of columns) row[field.name] = field.type === 'boolean' ? false : null;
          const audit = { CreatedDate: at, LastModifiedDate: at, SystemModstamp: at };
          const people = { CreatedById: user.id, LastModifiedById: user.id, OwnerId: user.id };
          const id = store.newId(object);
          store.insert(object, { ...row, ...audit, ...people, ...valuesOf(i), Id: id });
          if (i % 1000 === 0) made.push(id);
        }
        store.saveSequences();
      });
    }
    return made;
  };
  const parents = write('Account', accounts, (i) => ({ Name: `Account ${i}` }));
  ids.push(
    ...write('Opportunity', opportunities, (i) => ({
      Name: `Deal ${i}`,
      AccountId: parents[i % parents.length]!,
      StageName: STAGES[i % STAGES.length]!,
      IsClosed: i % STAGES.length > 3,
      IsWon: i % STAGES.length === 4,
      Amount: (i % 977) * 100,
      Probability: 10,
      CloseDate: new Date(org.clock.now().getTime() + ((i % 700) - 350) * DAY_MS).toISOString().slice(0, 10),
    })),
  );
  return ids;
}

/** Queries that people and their tools ask of a big org. */
export const manyQueries = (id: string): Readonly<Record<string, string>> => ({
  'by id': `SELECT Id, Name, Account.Name FROM Opportunity WHERE Id = '${id}'`,
  'by name': "SELECT Id FROM Opportunity WHERE Name = 'Deal 777777'",
  'by account': "SELECT Id, Amount FROM Opportunity WHERE Account.Name = 'Account 3000' LIMIT 100",
  'latest created': 'SELECT Id, Name FROM Opportunity ORDER BY CreatedDate DESC LIMIT 50',
  'changed since': 'SELECT Id FROM Opportunity WHERE SystemModstamp > YESTERDAY ORDER BY SystemModstamp LIMIT 200',
  'closing this week': 'SELECT Id, Name FROM Opportunity WHERE CloseDate = THIS_WEEK AND IsClosed = false LIMIT 200',
  'one stage': "SELECT Id FROM Opportunity WHERE StageName = 'Qualification' LIMIT 200",
  count: 'SELECT COUNT() FROM Opportunity',
  'by stage': 'SELECT StageName, COUNT(Id) n, SUM(Amount) total FROM Opportunity GROUP BY StageName',
});

/** Queries that have to look at every row. */
const SCANS: ReadonlySet<string> = new Set(['one stage', 'count', 'by stage']);

/** Milliseconds of the indexed queries, each the median of three, on a file that was closed and opened again. */
function measure(): readonly number[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'waterfall-million-'));
  try {
    const file = path.join(folder, 'org.sqlite');
    const filling = openLocalOrg({ file });
    const ids = fillMany(filling, OPPORTUNITIES, ACCOUNTS);
    filling.close();
    const org = openLocalOrg({ file });
    const user = org.user(ADMIN_USERNAME);
    const values = Object.entries(manyQueries(ids[500]!))
      .filter(([name]) => !SCANS.has(name))
      .map(([, soql]) =>
        median(
          [1, 2, 3].map(() => {
            const from = performance.now();
            org.transact(user, (tx) => runSoql(tx, soql), { mode: 'user' });
            return performance.now() - from;
          }),
        ),
      );
    org.close();
    return values;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const million: Figure = {
  name: 'Indexed queries among a million opportunities',
  unit: 'ms',
  target: { below: 10 },
  onRequest: true,
  measure: () => Promise.resolve(measure()),
};
