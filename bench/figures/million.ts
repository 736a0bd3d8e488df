import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { layoutOf } from '../../local-org/data/layout.ts';
import { createStore } from '../../local-org/data/store.ts';
import { runSoql } from '../../local-org/data/transaction.ts';
import type { Row } from '../../local-org/data/types.ts';
import { ADMIN_USERNAME, openLocalOrg } from '../../local-org/open-org.ts';
import type { LocalOrg } from '../../local-org/types.ts';

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

function measure(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'waterfall-million-'));
  try {
    const file = path.join(folder, 'org.sqlite');
    const org = openLocalOrg({ file });
    const start = performance.now();
    const ids = fillMany(org, OPPORTUNITIES, ACCOUNTS);
    process.stdout.write(`filled in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
    org.close();
    process.stdout.write(`file ${Math.round(statSync(file).size / 2 ** 20)} MB\n`);
    const opened = performance.now();
    const again = openLocalOrg({ file });
    process.stdout.write(`opened in ${Math.round(performance.now() - opened)} ms\n`);
    const user = again.user(ADMIN_USERNAME);
    for (const [name, soql] of Object.entries(manyQueries(ids[500]!))) {
      const times = [1, 2, 3].map(() => {
        const from = performance.now();
        again.transact(user, (tx) => runSoql(tx, soql), { mode: 'user' });
        return performance.now() - from;
      });
      const text = times.map((ms) => ms.toFixed(1)).join(' ');
      process.stdout.write(
        `${name.padEnd(20)} ${text} ms, rss ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB\n`,
      );
    }
    again.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) measure();
