import assert from 'node:assert/strict';
import type { Automation } from '../../../local-org/automation/types.ts';
import { compileAutomation } from '../../../local-org/automation/compile-automation.ts';
import { createStore } from '../../../local-org/data/store.ts';
import { createTransaction, type LoggedTransaction } from '../../../local-org/data/transaction.ts';
import type { FieldValue, Row, SaveOperation, SaveResult, UserContext } from '../../../local-org/data/types.ts';
import { openMetadataStore } from '../../../local-org/metadata/open-metadata-store.ts';
import type { DeployProblem } from '../../../local-org/metadata/types.ts';
import { ADMIN_USERNAME, openLocalOrg } from '../../../local-org/open-org.ts';
import { openOutbox } from '../../../local-org/outbox/outbox.ts';
import { openWorkQueue } from '../../../local-org/scheduler/work-queue.ts';
import type { LocalOrg } from '../../../local-org/types.ts';

export interface TestComponent {
  readonly type: string;
  readonly fullName: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface TestOrg {
  readonly org: LocalOrg;
  readonly automation: Automation;
  readonly problems: readonly DeployProblem[];
  /** One transaction as the administrator; with other custom permissions or time zone where a test wants them. */
  run<T>(work: (tx: LoggedTransaction) => T, user?: Partial<UserContext>): T;
}

/** 2026-03-15 at 23:30 in UTC: a time of day at which time zones disagree about the date. */
export const NOW = new Date('2026-03-15T23:30:00.000Z');

/** A new org in memory with these components in it, and its automation. */
export function testOrg(components: readonly TestComponent[] = []): TestOrg {
  const org = openLocalOrg({ file: ':memory:', now: () => NOW });
  const metadata = openMetadataStore(org.database);
  for (const component of components) metadata.put(component);
  org.reload();
  const services = { queue: openWorkQueue(org.database), outbox: openOutbox(org.database) };
  const { automation, problems } = compileAutomation(org.metadata, org.schema, services);
  const store = createStore(org.database);
  return {
    org,
    automation,
    problems,
    run(work, user = {}) {
      const tx = createTransaction({
        user: { ...org.user(ADMIN_USERNAME), ...user },
        now: NOW,
        schema: org.schema,
        automation,
        store,
        fiscalStartMonth: 1,
        defaultRecordType: () => null,
      });
      if (org.database.isTransaction) return work(tx);
      org.database.exec('BEGIN');
      try {
        return work(tx);
      } finally {
        org.database.exec('COMMIT');
      }
    },
  };
}

type Record_ = Readonly<Record<string, FieldValue>>;

/** Saves one record or many in a transaction of their own. */
export const save = (
  tx: LoggedTransaction,
  operation: SaveOperation,
  object: string,
  ...records: readonly Record_[]
): readonly SaveResult[] => tx.save({ operation, object, records, allOrNone: false });

/** Saves and expects success; gives the ids. */
export function saved(
  tx: LoggedTransaction,
  operation: SaveOperation,
  object: string,
  ...records: readonly Record_[]
): readonly string[] {
  const results = save(tx, operation, object, ...records);
  assert.deepEqual(
    results.flatMap((result) => result.errors),
    [],
  );
  return results.map((result) => result.id!);
}

export const rowOf = (tx: LoggedTransaction, object: string, id: string): Row => {
  const row = tx.byIds(object, [id]).get(id);
  assert.ok(row, `${object} ${id} is there`);
  return row;
};

export const opportunity = (values: Record_ = {}): Record_ => ({
  Name: 'Test',
  StageName: 'Prospecting',
  CloseDate: '2026-06-30',
  ...values,
});

export const field = (
  object: string,
  name: string,
  type: string,
  more: Readonly<Record<string, unknown>> = {},
): TestComponent => ({
  type: 'CustomField',
  fullName: `${object}.${name}`,
  metadata: {
    label: name.replaceAll('_', ' ').replace('  c', ''),
    type,
    ...(type === 'Text' && { length: 255 }),
    ...more,
  },
});
