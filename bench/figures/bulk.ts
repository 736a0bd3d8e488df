import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { deployPackage, packageZip } from '../deploy-package.ts';
import type { Figure } from '../figure.ts';

const ADMIN = 'admin@waterfall.local';
const RECORDS = 10_000;
const RUNS = 3;
/** Insert in portions, as a client would. */
const PORTION = 2000;

/** Opportunities of the first record type at its first stage, and the stages that they are moved through. */
const fill = ({ org }: RunningOrg): { readonly ids: readonly string[]; readonly stages: readonly string[] } => {
  const recordType = org.schema.object('Opportunity')?.recordTypes.find((type) => type.active && !type.isMaster);
  if (!recordType) throw new Error('The package brought no record type of Opportunity.');
  const stages = recordType.picklistValues.get('StageName')?.values ?? [];
  const ids: string[] = [];
  for (let start = 0; start < RECORDS; start += PORTION) {
    const records = Array.from({ length: PORTION }, (_, n) => ({
      Name: `Benchmark ${start + n}`,
      RecordTypeId: recordType.id,
      StageName: stages[0] ?? null,
      CloseDate: '2030-12-31',
    }));
    const results = org.transact(org.user(ADMIN), (tx) =>
      tx.save({ operation: 'insert', object: 'Opportunity', records, allOrNone: true }),
    );
    ids.push(...results.map(({ id }) => id ?? ''));
  }
  return { ids, stages };
};

/** Uploads a job and waits for its end; throws when a record failed. */
const update = async ({ url, token }: RunningOrg, csv: string): Promise<void> => {
  const jobs = `${url}/services/data/v67.0/jobs/ingest`;
  const call = async (
    method: string,
    address: string,
    type: string,
    body?: string,
  ): Promise<Record<string, unknown>> => {
    const answer = await fetch(address, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${address}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  const { id } = await call(
    'POST',
    jobs,
    'application/json',
    JSON.stringify({ object: 'Opportunity', operation: 'update', lineEnding: 'LF' }),
  );
  const job = `${jobs}/${String(id)}`;
  await call('PUT', `${job}/batches`, 'text/csv', csv);
  await call('PATCH', job, 'application/json', JSON.stringify({ state: 'UploadComplete' }));
  for (;;) {
    const { state, numberRecordsFailed, numberRecordsProcessed } = await call('GET', job, 'application/json');
    if (state === 'JobComplete' && numberRecordsFailed === 0 && numberRecordsProcessed === RECORDS) return;
    if (state !== 'UploadComplete' && state !== 'InProgress')
      throw new Error(`The job ended ${String(state)} with ${String(numberRecordsFailed)} failed records.`);
    await pause(10);
  }
};

/** A run in which the flows did not work would be no figure. */
const checkStamped = ({ org }: RunningOrg, previousStage: string): void => {
  const filter = { field: 'Previous_Stage__c', operator: '=', value: previousStage } as const;
  const stamped = org.transact(org.user(ADMIN), (tx) => tx.select({ object: 'Opportunity', filter }).length);
  if (stamped !== RECORDS) throw new Error(`Only ${stamped} of ${RECORDS} opportunities were stamped.`);
};

export const bulkStageChanges: Figure = {
  name: '10,000 stage changes through Bulk API 2.0, the waterfall active',
  unit: 'records/s',
  target: { above: 2000 },
  measure: async () => {
    const { startLocalOrg } = await import('../../local-org/start-local-org.ts');
    const folder = mkdtempSync(path.join(tmpdir(), 'waterfall-bench-bulk-'));
    const running = await startLocalOrg({ file: path.join(folder, 'org.sqlite') });
    try {
      deployPackage(running.org, await packageZip());
      const { ids, stages } = fill(running);
      const values: number[] = [];
      for (let run = -1; run < RUNS; run++) {
        // To and fro between the second and the third stage: further on they are handed over, and wait for somebody to accept them.
        const stage = stages[run % 2 === 0 ? 2 : 1] ?? '';
        const started = performance.now();
        await update(running, `Id,StageName\n${ids.map((id) => `${id},${stage}`).join('\n')}\n`);
        if (run >= 0) values.push(RECORDS / ((performance.now() - started) / 1000));
      }
      checkStamped(running, stages[RUNS % 2 === 0 ? 2 : 1] ?? '');
      return values;
    } finally {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
