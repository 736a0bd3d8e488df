import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEntry, TransactionRecord } from '../../scripts/local-org-client/log.ts';
import { logTree } from '../../scripts/local-org-client/log-tree.ts';
import { renderTransaction } from '../../scripts/local-org-client/render-log.ts';

const ID = '0060000000000ODAAY';
const entry = (depth: number, step: string, detail: string): LogEntry => ({ depth, step, detail });

const record = (entries: readonly LogEntry[], more: Partial<TransactionRecord> = {}): TransactionRecord => ({
  id: 17,
  at: '2026-11-22T14:25:00.000Z',
  username: 'admin@waterfall.local',
  outcome: 'committed',
  error: null,
  limits: {
    queries: { used: 2, limit: 100 },
    dmlRows: { used: 9000, limit: 10_000 },
    dmlStatements: { used: 0, limit: 150 },
  },
  entries,
  omitted: 0,
  ...more,
});
const render = (entries: readonly LogEntry[], more: Partial<TransactionRecord> = {}, all = false): readonly string[] =>
  renderTransaction(record(entries, more), {
    timeZone: 'UTC',
    all,
    paint: (tone, text) => (tone === 'warning' ? `!${text}!` : tone === 'bad' ? `*${text}*` : text),
  });

test('a save that a flow made stands below that flow', () => {
  assert.deepEqual(
    render([
      entry(1, 'written', 'Opportunity update, 2 rows'),
      entry(1, 'after-save automation', 'Opportunity update, 1 rows'),
      entry(2, 'written', 'Task insert, 1 rows'),
      entry(2, 'after-save automation', 'Task insert, 1 rows'),
      entry(
        1,
        'Flow Waterfall_Renewal (after save)',
        `Deal: A; B (${ID}): Is it there? -> No; Note = "x; y"; Create it`,
      ),
      entry(1, 'Flow Own_Flow (after save)', `Deal: A; B (${ID}): nothing to do`),
    ]),
    [
      'Transaction 17  Sun, 22 Nov 2026, 14:25 (UTC)  admin@waterfall.local  committed',
      '└─ Opportunity update, 2 records',
      '   ├─ written',
      '   └─ after-save automation, 1 record',
      `      ├─ Flow Waterfall_Renewal: Deal: A; B (${ID})`,
      '      │  ├─ Is it there? → No',
      '      │  ├─ Note = "x; y"',
      '      │  ├─ Create it',
      '      │  └─ Task insert, 1 record',
      '      │     ├─ written',
      '      │     └─ after-save automation',
      `      └─ Flow Own_Flow: Deal: A; B (${ID})`,
      '         └─ nothing to do',
      '  Limits  2 of 100 SOQL queries, !9,000 of 10,000 DML rows!',
    ],
  );
});

test('the next 200 records of a request are a save of their own', () => {
  const chunk = [
    entry(1, 'written', 'Lead insert, 200 rows'),
    entry(1, 'after-save automation', 'Lead insert, 200 rows'),
  ];
  assert.deepEqual(
    logTree([...chunk, ...chunk]).map(({ text, children }) => [text, children.length]),
    [
      ['Lead insert, 200 records', 2],
      ['Lead insert, 200 records', 2],
    ],
  );
});

test('of a batch the first records are shown, and all on demand', () => {
  const entries = [
    entry(1, 'before-save automation', 'Opportunity insert, 200 rows'),
    ...Array.from({ length: 200 }, (_, index) => entry(1, 'Flow Stamping (before save)', `Deal ${index} (new): a`)),
    entry(1, 'written', 'Opportunity insert, 200 rows'),
  ];
  const lines = render(entries);
  assert.equal(lines.filter((line) => line.includes('Flow Stamping: Deal')).length, 3);
  assert.ok(lines.some((line) => line.endsWith('Flow Stamping: 197 more records (--all shows them)')));
  assert.equal(render(entries, {}, true).filter((line) => line.includes('Flow Stamping: Deal')).length, 200);
});

test('refusals and rollbacks stand out', () => {
  const lines = render(
    [
      entry(1, 'validation rules', 'Opportunity update, 1 rows'),
      entry(1, 'Validation rule Own', `${ID}: Enter an amount.`),
    ],
    { outcome: 'rolled back', error: 'LIMIT_EXCEEDED: Too many SOQL queries: 101', omitted: 4 },
  );
  assert.match(lines[0]!, /\*rolled back\*$/);
  assert.equal(lines[1], '*  LIMIT_EXCEEDED: Too many SOQL queries: 101*');
  assert.ok(lines.includes(`│     └─ *Validation rule Own: ${ID}: Enter an amount.*`));
  assert.ok(lines.includes('└─ 4 more entries were not kept'));
});
