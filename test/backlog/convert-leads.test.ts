import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { convertLeads, convertedStatus } from '../../scripts/backlog/convert-leads.ts';
import type { ConversionReport } from '../../scripts/backlog/convert-leads.ts';
import { newRun, readRun } from '../../scripts/backlog/journal.ts';
import type { MatchRun } from '../../scripts/backlog/journal.ts';
import { guardProduction } from '../../scripts/commands/guard-production.ts';
import type { ConversionOutcome, DataOrg, LeadConversion } from '../../scripts/org/data-org.ts';
import { OrgError } from '../../scripts/org/types.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'waterfall-convert-'));
after(() => rmSync(root, { recursive: true, force: true }));

const ACCOUNT = '001000000000001AAA';
const leadId = (number: number): string => `00Q${String(number).padStart(12, '0')}AAA`;

interface MadeUp {
  readonly converted?: ReadonlySet<string>;
  readonly queue?: ReadonlySet<string>;
  /** What the org answers to a lead, the first time and the next ones. */
  readonly refuse?: (leadId: string, time: number) => { readonly code: string; readonly message: string } | null;
  readonly breakAt?: number;
}
/** An org of which only what converting asks is there. Each lead has an address of its own. */
function madeUpOrg({ converted = new Set(), queue = new Set(), refuse = () => null, breakAt }: MadeUp = {}) {
  const calls: (readonly LeadConversion[])[] = [];
  const times = new Map<string, number>();
  const done = new Set(converted);
  const idsIn = (soql: string): readonly string[] => [...soql.matchAll(/'([^']+)'/g)].map(([, value]) => value!);
  const org = {
    query: (soql: string) => {
      const ids = idsIn(soql);
      if (soql.includes('FROM LeadStatus'))
        return Promise.resolve([{ MasterLabel: 'Qualified' }, { MasterLabel: 'Customer' }]);
      if (soql.includes('FROM Lead '))
        return Promise.resolve(
          ids.map((Id) => ({
            Id,
            IsConverted: done.has(Id),
            ConvertedAccountId: done.has(Id) ? ACCOUNT : null,
            ConvertedContactId: done.has(Id) ? '003000000000001AAA' : null,
            Email: `${Id}@x.example`,
            OwnerId: queue.has(Id) ? '00G000000000001AAA' : '005000000000001AAA',
          })),
        );
      if (soql.includes('FROM Account'))
        return Promise.resolve(ids.map((Id) => ({ Id, OwnerId: '005000000000009AAA' })));
      return Promise.resolve([]);
    },
    convertLeads: (_: string, leads: readonly LeadConversion[]): Promise<readonly ConversionOutcome[]> => {
      calls.push(leads);
      if (calls.length === breakAt) {
        // The org has done it, and its answer is lost.
        for (const lead of leads) done.add(lead.leadId);
        return Promise.reject(new OrgError('ORG_UNREACHABLE', 'The line is dead.', 'Repeat the command.'));
      }
      return Promise.resolve(
        leads.map(({ leadId: id, accountId }) => {
          times.set(id, (times.get(id) ?? 0) + 1);
          const error = refuse(id, times.get(id)!);
          if (error === null) done.add(id);
          return {
            leadId: id,
            success: error === null,
            accountId,
            contactId: '003000000000002AAA',
            errors: error ? [{ ...error, fields: [] }] : [],
          };
        }),
      );
    },
  };
  return { org: org as unknown as DataOrg, calls };
}

const decided = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    leadId: leadId(at),
    accountId: ACCOUNT,
    name: `Lead ${at}`,
    account: 'Acme',
  }));
const convert = (
  org: DataOrg,
  run: MatchRun,
  count: number,
  signal = new AbortController().signal,
): Promise<ConversionReport> => {
  const recorded = readRun(root, run.id);
  return convertLeads({
    org,
    run,
    convertedStatus: 'Qualified',
    decided: decided(count),
    done: recorded.done,
    uncertain: recorded.uncertain,
    signal,
    progress: () => undefined,
  });
};
const started = (): MatchRun => {
  const run = newRun(root, new Date());
  run.write([{ event: 'started', orgId: '00D', leads: 1 }]);
  return run;
};

test('a hundred at a time, owned by somebody who can own a contact', async () => {
  const { org, calls } = madeUpOrg({ queue: new Set([leadId(0)]) });
  const { outcomes } = await convert(org, started(), 250);
  assert.deepEqual(
    calls.map(({ length }) => length),
    [100, 100, 50],
  );
  assert.equal(outcomes.filter(({ outcome }) => outcome === 'converted').length, 250);
  assert.equal(calls[0]![0]!.ownerId, '005000000000009AAA');
  assert.equal(calls[0]![1]!.ownerId, null);
});

test('an answer that is lost: the next part of the run finds out, and converts nobody twice', async () => {
  const { org, calls } = madeUpOrg({ breakAt: 2 });
  const run = started();
  await assert.rejects(convert(org, run, 250), /The line is dead/);
  assert.equal(readRun(root, run.id).uncertain.size, 100);
  const { outcomes } = await convert(org, run, 250);
  assert.equal(outcomes.length, 250);
  assert.ok(outcomes.every(({ outcome }) => outcome === 'converted'));
  assert.equal(outcomes.filter(({ reason }) => reason.startsWith('Converted before')).length, 100);
  assert.equal(new Set(calls.flat().map((lead) => lead.leadId)).size, calls.flat().length, 'each lead is sent once');
  assert.ok(readRun(root, run.id).finished);
  assert.equal(readFileSync(run.results, 'utf8').trim().split('\n').length, 251);
});

test('who was converted by somebody else is told so', async () => {
  const { org, calls } = madeUpOrg({ converted: new Set([leadId(1)]) });
  const { outcomes } = await convert(org, started(), 2);
  assert.deepEqual(outcomes.map(({ outcome }) => outcome).sort(), ['already converted', 'converted']);
  assert.equal(calls.flat().length, 1);
});

test('refusals keep their reason; a locked row is tried again', async () => {
  const { org } = madeUpOrg({
    refuse: (id, time) =>
      id === leadId(0)
        ? { code: 'DUPLICATES_DETECTED', message: 'Use one of these records?' }
        : id === leadId(1) && time < 3
          ? { code: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' }
          : id === leadId(2)
            ? { code: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' }
            : null,
  });
  const { outcomes } = await convert(org, started(), 4);
  const of = (number: number) => outcomes.find((each) => each.leadId === leadId(number));
  assert.deepEqual([of(0)?.outcome, of(0)?.reason], ['refused', 'Use one of these records? (DUPLICATES_DETECTED)']);
  assert.equal(of(1)?.outcome, 'converted');
  assert.equal(of(2)?.outcome, 'refused');
  assert.equal(of(3)?.outcome, 'converted');
});

test('a stop ends it after the batch', async () => {
  const controller = new AbortController();
  const { org } = madeUpOrg({ refuse: () => (controller.abort(), null) });
  const run = started();
  const { outcomes, left } = await convert(org, run, 250, controller.signal);
  assert.deepEqual([outcomes.length, left, readRun(root, run.id).finished], [100, 150, false]);
});

test('a journal whose last line was cut off is read up to there', async () => {
  const { org } = madeUpOrg();
  const run = started();
  run.write([{ event: 'sending', leads: [leadId(0)] }]);
  writeFileSync(path.join(run.folder, 'journal.ndjson'), '{"event":"done","leadId":"00Q0', { flag: 'a' });
  const recorded = readRun(root, run.id);
  assert.deepEqual([recorded.done.length, [...recorded.uncertain]], [0, [leadId(0)]]);
  await convert(org, run, 1);
});

test("the status is the org's first converted one, or the one that is named", async () => {
  const { org } = madeUpOrg();
  assert.equal(await convertedStatus(org), 'Qualified');
  assert.equal(await convertedStatus(org, 'Customer'), 'Customer');
  await assert.rejects(convertedStatus(org, 'Done'), /"Done" is no converted lead status/);
});

test('production is left alone unless a person says so', () => {
  const identity = { orgId: '', name: 'Acme', username: '', userId: '', instanceUrl: '', apiVersion: '', edition: '' };
  assert.throws(() => guardProduction({ ...identity, kind: 'production' }, false), /Acme is a production org/);
  guardProduction({ ...identity, kind: 'production' }, true);
  guardProduction({ ...identity, kind: 'sandbox' }, false);
});
