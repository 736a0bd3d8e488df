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
});
