/** Scores of unconverted leads that change: one right after the other, and away from an opportunity. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runDueWork } from '../../../../local-org/scheduler/run-due-work.ts';
import { FIELD, FLOW, LEAD_FIELD } from '../../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../../scripts/model/waterfall.ts';
import type { OrgRecord } from '../../../../scripts/org/types.ts';
import { defaultModel } from '../default-model.ts';
import { budgetOf, openLeadOrg } from './lead-org.ts';
import type { LeadOrg } from './lead-org.ts';

const SCORE = 'Lead_Score__c';

const unconverted = (standard: Waterfall): Waterfall => ({
  ...standard,
  opportunityTypes: standard.opportunityTypes.slice(0, 1),
  handshakes: [],
  closedWon: [],
  lostRenewal: null,
  leads: { ...standard.leads!, convert: { when: 'never' } },
});

describe('scores that change in a local org', () => {
  let leads: LeadOrg;
  before(async () => {
    leads = await openLeadOrg(unconverted(await defaultModel()));
  });
  after(() => leads.close());

  const opportunityOf = async (account: string, solution: string): Promise<string> => {
    const type = await leads.one(
      "SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName = 'Acquisition'",
    );
    return leads.create('Opportunity', {
      Name: solution,
      AccountId: account,
      RecordTypeId: String(type.Id),
      StageName: 'Engaged',
      CloseDate: '2030-01-01',
      [FIELD.solution]: solution,
    });
  };

  const createLeads = (account: string, scores: readonly number[]): Promise<readonly string[]> =>
    leads.createAll(
      'Lead',
      scores.map((score, n) => ({
        LastName: `Doe${String(n)}`,
        Company: 'x',
        [LEAD_FIELD.matchedAccount]: account,
        [LEAD_FIELD.solution]: 'Analytics',
        [SCORE]: score,
      })),
    );

  /** Highest and total. */
  const scoresOf = async (opportunity: string): Promise<readonly unknown[]> => {
    const row = await leads.one(
      `SELECT ${FIELD.highestScore}, ${FIELD.totalScore} FROM Opportunity WHERE Id = '${opportunity}'`,
    );
    return [row[FIELD.highestScore], row[FIELD.totalScore]];
  };

  const updateAll = async (records: readonly (OrgRecord & { readonly Id: string })[]): Promise<void> => {
    for (const { errors } of await leads.org.update('Lead', records)) assert.deepEqual(errors, []);
  };

  /** Saves, and does what is due after each, all of it in one second by the clock. */
  const withinOneSecond = async (saves: readonly (readonly (OrgRecord & { readonly Id: string })[])[]) => {
    const { clock } = leads.running.org;
    const second = Math.ceil(clock.now().getTime() / 1000 + 1) * 1000;
    for (const records of saves) {
      clock.moveTo(new Date(second));
      await updateAll(records);
      clock.moveTo(new Date(second + 900));
      for (let due = true; due;) {
        clock.moveTo(new Date(second + 900));
        due = runDueWork(leads.running.org).done.length > 0;
      }
    }
  };

  it('are all counted when they come within one second', async () => {
    const account = await leads.create('Account', { Name: 'Quick' });
    const target = await opportunityOf(account, 'Analytics');
    const ids = await createLeads(account, [10, 10, 10, 10]);
    leads.settle();
    assert.deepEqual(await scoresOf(target), [10, 40]);
    await withinOneSecond(ids.map((Id, n) => [{ Id, [SCORE]: [20, 30, 40, 150][n]! }]));
    assert.deepEqual(await scoresOf(target), [150, 240]);
  });

  it('are all counted when 200 come twice within one second', async () => {
    const account = await leads.create('Account', { Name: 'Quick in bulk' });
    const target = await opportunityOf(account, 'Analytics');
    const ids = await createLeads(account, Array<number>(200).fill(1));
    leads.settle();
    assert.deepEqual(await scoresOf(target), [1, 200]);
    await withinOneSecond([2, 3].map((score) => ids.map((Id) => ({ Id, [SCORE]: score }))));
    assert.deepEqual(await scoresOf(target), [3, 600]);
    const [scored] = leads.pathsOf(FLOW.leadScore, 1);
    const { queries, dml } = budgetOf(scored!);
    assert.ok(queries <= 6 && dml <= 4, `${String(queries)} queries, ${String(dml)} DML`);
  });

  const ABOUT_NOTHING: readonly OrgRecord[] = [
    { [LEAD_FIELD.solution]: 'Services' },
    { [LEAD_FIELD.solution]: null },
    { [LEAD_FIELD.matchedAccount]: null },
    { [SCORE]: null },
  ];

  it('count for the new opportunity alone when the solution changes', async () => {
    const account = await leads.create('Account', { Name: 'Moving' });
    const [first, second] = [
      await opportunityOf(account, 'Analytics'),
      await opportunityOf(account, 'Automation'),
    ] as const;
    const [moving] = await createLeads(account, [50, 20]);
    leads.settle();
    assert.deepEqual(await scoresOf(first), [50, 70]);
    await leads.update('Lead', { Id: moving!, [LEAD_FIELD.solution]: 'Automation' });
    leads.settle();
    assert.deepEqual(await scoresOf(first), [20, 20]);
    assert.deepEqual(await scoresOf(second), [50, 50]);
    await leads.update('Lead', { Id: moving!, [LEAD_FIELD.solution]: 'Analytics', [SCORE]: 60 });
    leads.settle();
    assert.deepEqual(await scoresOf(first), [60, 80]);
    assert.deepEqual(await scoresOf(second), [0, 0]);
  });

  for (const change of ABOUT_NOTHING)
    it(`count no longer, and again when it is taken back: ${JSON.stringify(change)}`, async () => {
      const account = await leads.create('Account', { Name: JSON.stringify(change) });
      const target = await opportunityOf(account, 'Analytics');
      const [leaving] = await createLeads(account, [50, 20]);
      leads.settle();
      assert.deepEqual(await scoresOf(target), [50, 70]);
      const about = async (): Promise<unknown> => {
        const lead = await leads.one(`SELECT ${LEAD_FIELD.opportunity} FROM Lead WHERE Id = '${leaving!}'`);
        return lead[LEAD_FIELD.opportunity];
      };
      await leads.update('Lead', { Id: leaving!, ...change });
      leads.settle();
      assert.deepEqual([await about(), ...(await scoresOf(target))], [null, 20, 20]);
      await leads.update('Lead', {
        Id: leaving!,
        [LEAD_FIELD.matchedAccount]: account,
        [LEAD_FIELD.solution]: 'Analytics',
        [SCORE]: 50,
      });
      leads.settle();
      assert.deepEqual([await about(), ...(await scoresOf(target))], [target, 50, 70]);
    });

  it('of 200 leads that come, go, stay and are about nothing any more are counted within the budget', async () => {
    const account = await leads.create('Account', { Name: 'Moving in bulk' });
    const [first, second] = [
      await opportunityOf(account, 'Analytics'),
      await opportunityOf(account, 'Automation'),
    ] as const;
    const ids = await createLeads(account, Array<number>(200).fill(1));
    await updateAll(ids.filter((_, n) => n % 5 === 3).map((Id) => ({ Id, [LEAD_FIELD.solution]: 'Automation' })));
    await updateAll(ids.filter((_, n) => n % 5 === 4).map((Id) => ({ Id, [LEAD_FIELD.solution]: null })));
    leads.settle();
    assert.deepEqual(
      [await scoresOf(first), await scoresOf(second)],
      [
        [1, 120],
        [1, 40],
      ],
    );
    const changes: readonly OrgRecord[] = [
      { [SCORE]: 2 },
      { [LEAD_FIELD.solution]: 'Automation' },
      { [SCORE]: null },
      { [LEAD_FIELD.solution]: 'Analytics' },
      { [LEAD_FIELD.solution]: 'Analytics' },
    ];
    await updateAll(ids.map((Id, n) => ({ Id, ...changes[n % changes.length]! })));
    leads.settle();
    assert.deepEqual(
      [await scoresOf(first), await scoresOf(second)],
      [
        [2, 160],
        [1, 40],
      ],
    );
    const [scored] = leads.pathsOf(FLOW.leadScore, 1);
    const { queries, dml } = budgetOf(scored!);
    assert.ok(queries <= 6 && dml <= 4, `${String(queries)} queries, ${String(dml)} DML`);
  });
});
