import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OrgError } from '../../scripts/org/types.ts';
import { renderReport } from '../../scripts/verify/render-report.ts';
import type { VerifyOptions, VerifyReport } from '../../scripts/verify/types.ts';
import { verifyOrg } from '../../scripts/verify/verify-org.ts';
import { defaultModel, variants } from '../compile/flows/default-model.ts';
import { MemoryOrg } from './memory-org.ts';
import { stagesOnly } from './stages-only.ts';
import type { Broken, MemoryOrgOptions } from './memory-org.ts';

const waterfall = stagesOnly(await defaultModel());

const verify = async (options: MemoryOrgOptions = {}, verifyOptions: VerifyOptions = {}) => {
  const org = new MemoryOrg(waterfall, options);
  return { org, report: await verifyOrg(org, waterfall, { atOnce: 5, run: 'test', ...verifyOptions }) };
};

const troubles = (report: VerifyReport): readonly string[] => [
  ...report.checks.filter(({ status }) => status !== 'passed').map(({ check, actual }) => `${check}: ${actual}`),
  ...report.rows
    .filter(({ status }) => status !== 'passed')
    .map(
      ({ type, scenario, trigger, expected, actual }) => `${type} ${scenario} at ${trigger}: ${expected} / ${actual}`,
    ),
];

describe('an org that does what the model says', () => {
  it('passes, with a row for each stage of each path', async () => {
    const { report } = await verify();
    assert.deepEqual(troubles(report), []);
    assert.equal(report.ok, true);
    for (const type of waterfall.opportunityTypes) {
      const walked = report.rows.filter(
        ({ type: label, scenario }) => label === type.label && scenario === 'walks the whole path',
      );
      const path = type.stages.filter(
        ({ kind, outcome }) => (kind === 'step' && outcome === 'open') || outcome === 'won',
      );
      assert.deepEqual(
        walked.map(({ trigger }) => trigger),
        path.map(({ name }) => name),
      );
    }
  });

  for (const policy of ['latest', 'filled', 'latest and filled']) {
    it(`passes under other stage-date policies: ${policy}`, async () => {
      const model = stagesOnly((await variants()).get(policy)!);
      const report = await verifyOrg(new MemoryOrg(model), model, { atOnce: 2 });
      assert.deepEqual(troubles(report), []);
    });
  }

  it('keeps nothing of it, and needs no more calls for more scenarios', async () => {
    const { org, report } = await verify();
    assert.equal(org.opportunities.size + org.accounts.size, 0);
    assert.deepEqual(report.cleanUp.left, []);
    assert.ok(report.cleanUp.removed > report.rows.length / 3);
    assert.ok(org.saves < 40, `${String(org.saves)} saves`);
  });

  it('removes what an earlier run left behind', async () => {
    const org = new MemoryOrg(waterfall);
    await org.create('Account', [{ Name: 'Waterfall verify earlier' }]);
    const report = await verifyOrg(org, waterfall, { atOnce: 1 });
    assert.equal(report.cleanUp.leftovers, 1);
    assert.equal(org.accounts.size, 0);
  });

  it('renders as a table and as JSON', async () => {
    const { report } = await verify();
    const short = renderReport(report).split('\n');
    assert.ok(short.some((line) => /^walks the whole path +✓ 9 of 9 +✓ 5 of 5/.test(line)));
    assert.ok(short.length < 40, `${String(short.length)} lines`);
    const long = renderReport(report, true).split('\n');
    const walk = long.slice(long.indexOf('Acquisition: walks the whole path') + 1);
    assert.match(walk[0]!, /^ {2}✓ Targeted +Targeted_Date__c 2026-03-12 and 3 more as expected$/);
    for (const lines of [short, long]) {
      assert.ok(
        lines.slice(0, -1).every((line) => line.length <= 100),
        'wider than a terminal of 100 columns',
      );
      assert.match(
        lines.at(-1)!,
        /^Memory: \d+ checks and \d+ stage triggers, \d+ passed, in \d+\.\d s\. \d+ test records deleted\.$/,
      );
    }
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  });
});

/** What breaks, and where it has to show. */
const FAULTS: readonly (readonly [Broken, RegExp])[] = [
  ['stamp', /walks the whole path at Targeted: .*Targeted_Date__c/],
  ['keepFirst', /moves back at/],
  ['keepImported', /is imported with its dates at/],
  ['cloneHistory', /is cloned at/],
  ['typeChange', /becomes .* in a stage of both at/],
  ['fillsSkipped', /skips stages at/],
  ['previousStage', /walks the whole path at Detected: .*Previous_Stage__c/],
  ['slaDue', /walks the whole path at .*Stage_SLA_Due__c/],
  ['renewal', /is won with a contract end and renewed at Closed Won: 1 renewal/],
  ['secondRenewal', /renewed at Closed Won: 1 renewal \/ 2 renewals/],
  ['monthEnd', /month’s last day and renewed at Closed Won: .*CloseDate 2024-02-29/],
  ['foreignStage', /refuses a stage of another type at/],
  ['leaveUnfinished', /keeps .* until .* is filled at/],
  ['flowInactive', /Flows are active: inactive/],
  ['picklist', /offers its own stages: missing Targeted/],
  ['fieldPermission', /Field-level security: /],
  ['layout', /Each type has its page layout: no assignment/],
  ['page', /record page is there and shown: there, but not the org default/],
  ['recordType', /Record types are active and yours to use: inactive/],
  ['permissionSet', /Permission sets are there: not there/],
  ['bypass', /The automation is on for you: holds/],
  ['invisibleField', /You see the fields of the waterfall: not visible/],
];

describe('an org that breaks a promise', () => {
  for (const [broken, where] of FAULTS) {
    it(`is found out: ${broken}`, async () => {
      const { report } = await verify({ broken });
      assert.equal(report.ok, false);
      assert.ok(
        troubles(report).some((trouble) => where.test(trouble)),
        troubles(report).join('\n'),
      );
    });
  }
});

describe('an org that will not have it', () => {
  it('is left alone when it is in production, unless told otherwise', async () => {
    await assert.rejects(verify({ kind: 'production' }), { name: 'VerifyError', code: 'VERIFY_PRODUCTION' });
    assert.equal((await verify({ kind: 'production' }, { allowProduction: true })).report.ok, true);
  });

  it('is quoted when its own rule refuses, with what to do', async () => {
    const required = {
      code: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [Region__c]',
      fields: ['Region__c'],
    };
    const { report } = await verify({ ownRule: (record) => (record.Region__c ? null : required) });
    const row = report.rows[0]!;
    assert.equal(row.status, 'refused');
    assert.match(row.actual, /the org refused: Required fields are missing: \[Region__c\]/);
    assert.match(row.action, /--value Opportunity\.Field=Value/);
    assert.equal(report.rows[1]!.status, 'skipped');
    assert.equal(report.ok, false);
  });

  it('is not taken at its word when it refuses for a reason of its own', async () => {
    const own = { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Ask Finance first.', fields: [] };
    const { report } = await verify({ ownRule: ({ StageName }) => (StageName === 'Discovery' ? own : null) });
    const rows = report.rows.filter(({ scenario }) => scenario === 'keeps Qualified until NextStep is filled');
    assert.deepEqual(
      rows.map(({ trigger, status }) => `${trigger} ${status}`),
      ['Qualified passed', 'Discovery failed'],
    );
    assert.equal(rows[1]!.actual, 'refused: Ask Finance first.');
    assert.match(rows[1]!.expected, /^refused: Fill in Next Step/);
  });

  it('gets the values it asks for', async () => {
    const required = { code: 'REQUIRED_FIELD_MISSING', message: 'Required', fields: ['Region__c'] };
    const { report } = await verify(
      {
        ownRule: (record) =>
          record.Region__c || String(record.Waterfall_Key__c).startsWith('renewal') ? null : required,
      },
      { values: { Opportunity: { Region__c: 'EMEA' } } },
    );
    assert.deepEqual(troubles(report), []);
  });

  it('is cleaned up when the connection breaks half-way', async () => {
    const org = new MemoryOrg(waterfall, { cutAtSave: 6 });
    await assert.rejects(verifyOrg(org, waterfall), OrgError);
    assert.equal(org.opportunities.size + org.accounts.size, 0);
  });

  it('is cleaned up when somebody stops it', async () => {
    const stop = new AbortController();
    const org = new MemoryOrg(waterfall);
    const progress: VerifyOptions['progress'] = ({ phase, done }) => {
      if (phase === 'scenarios' && done > 20) stop.abort();
    };
    await assert.rejects(verifyOrg(org, waterfall, { progress, signal: stop.signal }), { code: 'VERIFY_STOPPED' });
    assert.equal(org.opportunities.size + org.accounts.size, 0);
  });

  it('says what it would not let go', async () => {
    const { report } = await verify({ keepsRecords: true });
    assert.ok(report.cleanUp.left.length > 0);
    assert.equal(report.ok, false);
    assert.match(renderReport(report), /could not be deleted: Kept by a rule/);
  });
});
