/** What the score of a lead counts for, before and after its conversion; lead statuses and their dates. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BYPASS_PERMISSION_SET, FIELD, FLOW, LEAD_FIELD } from '../../../../scripts/compile/names.ts';
import type { Leads, Waterfall } from '../../../../scripts/model/waterfall.ts';
import type { OrgRecord } from '../../../../scripts/org/types.ts';
import { defaultModel } from '../default-model.ts';
import { budgetOf, openLeadOrg } from './lead-org.ts';
import type { LeadOrg } from './lead-org.ts';

const SCORE = 'Lead_Score__c';

const leadModel = (standard: Waterfall, change: Partial<Leads>): Waterfall => ({
  ...standard,
  opportunityTypes: standard.opportunityTypes.slice(0, 1),
  handshakes: [],
  closedWon: [],
  lostRenewal: null,
  leads: { ...standard.leads!, ...change },
});

const opportunity = async (leads: LeadOrg, account: string, more: OrgRecord = {}): Promise<string> => {
  const type = await leads.one(
    "SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName = 'Acquisition'",
  );
  return leads.create('Opportunity', {
    Name: 'Acme',
    AccountId: account,
    RecordTypeId: String(type.Id),
    StageName: 'Engaged',
    CloseDate: '2030-01-01',
    [FIELD.solution]: 'Analytics',
    ...more,
  });
};

describe('the score of unconverted leads in a local org', () => {
  let leads: LeadOrg;
  let account: string;
  before(async () => {
    leads = await openLeadOrg(leadModel(await defaultModel(), { convert: { when: 'never' } }));
    account = await leads.create('Account', { Name: 'Acme', Website: 'acme.example' });
  });
  after(() => leads.close());

  it('counts for the open opportunity of the account for the solution, and moves it on', async () => {
    const target = await opportunity(leads, account);
    const id = await leads.create('Lead', {
      LastName: 'Doe',
      Company: 'x',
      Email: 'a@acme.example',
      [LEAD_FIELD.solution]: 'Analytics',
      [SCORE]: 60,
    });
    leads.settle();
    const lead = await leads.one(`SELECT ${LEAD_FIELD.opportunity} FROM Lead WHERE Id = '${id}'`);
    assert.equal(lead[LEAD_FIELD.opportunity], target);
    const scores = `SELECT StageName, ${FIELD.highestScore}, ${FIELD.totalScore} FROM Opportunity WHERE Id = '${target}'`;
    assert.deepEqual(await leads.one(scores), {
      StageName: 'Engaged',
      [FIELD.highestScore]: 60,
      [FIELD.totalScore]: 60,
    });
    await leads.update('Lead', { Id: id, [SCORE]: 120 });
    leads.settle();
    assert.deepEqual(await leads.one(scores), {
      StageName: 'Prioritized',
      [FIELD.highestScore]: 120,
      [FIELD.totalScore]: 120,
    });
  });

  it('counts of a lead that comes with all of it, and of one that gets its solution or its score later', async () => {
    const own = await leads.create('Account', { Name: 'Complete' });
    const target = await opportunity(leads, own);
    const about = { LastName: 'Doe', Company: 'x', [LEAD_FIELD.matchedAccount]: own };
    const highest = async (): Promise<unknown> => {
      leads.settle();
      const row = await leads.one(`SELECT ${FIELD.totalScore} FROM Opportunity WHERE Id = '${target}'`);
      return row[FIELD.totalScore];
    };
    await leads.create('Lead', { ...about, [LEAD_FIELD.solution]: 'Analytics', [SCORE]: 10 });
    assert.equal(await highest(), 10);
    const [unsolved, unscored] = await leads.createAll('Lead', [
      { ...about, [SCORE]: 20 },
      { ...about, [LEAD_FIELD.solution]: 'Analytics' },
    ]);
    assert.equal(await highest(), 10);
    await leads.update('Lead', { Id: unsolved!, [LEAD_FIELD.solution]: 'Analytics' });
    assert.equal(await highest(), 30);
    await leads.update('Lead', { Id: unscored!, [SCORE]: 5 });
    assert.equal(await highest(), 35);
  });

  it('is left alone for whoever holds the bypass permission', async () => {
    const own = await leads.create('Account', { Name: 'Bypassed' });
    const target = await opportunity(leads, own);
    const bypass = await leads.one(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`);
    const assigned = await leads.create('PermissionSetAssignment', {
      AssigneeId: leads.org.identity.userId,
      PermissionSetId: String(bypass.Id),
    });
    const id = await leads.create('Lead', {
      LastName: 'Doe',
      Company: 'x',
      [LEAD_FIELD.matchedAccount]: own,
      [LEAD_FIELD.solution]: 'Analytics',
      [SCORE]: 10,
    });
    await leads.update('Lead', { Id: id, [SCORE]: 20 });
    leads.settle();
    await leads.org.remove([assigned]);
    const lead = await leads.one(`SELECT ${LEAD_FIELD.opportunity} FROM Lead WHERE Id = '${id}'`);
    assert.equal(lead[LEAD_FIELD.opportunity], null);
    await leads.update('Lead', { Id: id, [SCORE]: 30 });
    leads.settle();
    const row = await leads.one(`SELECT ${FIELD.totalScore} FROM Opportunity WHERE Id = '${target}'`);
    assert.equal(row[FIELD.totalScore], 30);
  });

  it('of 200 leads at once is counted within the budget, once per opportunity', async () => {
    const accounts = await leads.createAll(
      'Account',
      Array.from({ length: 2 }, (_, n) => ({ Name: `Bulk ${String(n)}`, Website: `bulk${String(n)}.example` })),
    );
    const targets = [];
    for (const each of accounts) targets.push(await opportunity(leads, each));
    await leads.createAll(
      'Lead',
      Array.from({ length: 200 }, (_, n) => ({
        LastName: `Bulk${String(n)}`,
        Company: 'x',
        Email: `p${String(n)}@bulk${String(n % 2)}.example`,
        [LEAD_FIELD.solution]: 'Analytics',
        [SCORE]: n % 90,
      })),
    );
    leads.settle();
    for (const [index, target] of targets.entries()) {
      const row = await leads.one(
        `SELECT ${FIELD.highestScore}, ${FIELD.totalScore} FROM Opportunity WHERE Id = '${target}'`,
      );
      const own = Array.from({ length: 200 }, (_, n) => n).filter((n) => n % 2 === index);
      assert.deepEqual(row, {
        [FIELD.highestScore]: Math.max(...own.map((n) => n % 90)),
        [FIELD.totalScore]: own.reduce((sum, n) => sum + (n % 90), 0),
      });
    }
    const [scored] = leads.pathsOf(FLOW.leadScore, 1);
    const { queries, dml } = budgetOf(scored!);
    assert.ok(queries <= 6 && dml <= 4, `${String(queries)} queries, ${String(dml)} DML`);
  });
});

describe('lead statuses in a local org', () => {
  let leads: LeadOrg;
  const names = ['Open', 'MQL', 'SAL', 'SQL'];
  const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

  before(async () => {
    leads = await openLeadOrg(
      leadModel(await defaultModel(), {
        convert: { when: 'status', status: 'SAL' },
        statuses: names.map((name) => ({ name, converted: name === 'SQL', source: 'leads.statuses' })),
      }),
    );
  });
  after(() => leads.close());

  it('get a date each, which goes to the opportunity, the earliest of several leads; the score goes to the contact', async () => {
    const account = await leads.create('Account', { Name: 'Acme', Website: 'acme.example' });
    const records: readonly OrgRecord[] = [
      { MQL_Date__c: day(-20), Status: 'Open', [SCORE]: 30 },
      { MQL_Date__c: day(-30), Status: 'SAL', SAL_Date__c: day(-3), [SCORE]: 50 },
    ];
    const ids = await leads.createAll(
      'Lead',
      records.map((record, n) => ({
        LastName: `Doe${String(n)}`,
        Company: 'x',
        Email: 'same@acme.example',
        [LEAD_FIELD.solution]: 'Analytics',
        ...record,
      })),
    );
    leads.settle();
    await leads.update('Lead', { Id: ids[0]!, Status: 'SAL' });
    leads.settle();
    const rows = await leads.query(
      `SELECT Id, Status, IsConverted, ConvertedContactId, Open_Date__c, MQL_Date__c, SAL_Date__c, SQL_Date__c FROM Lead WHERE Email = 'same@acme.example' ORDER BY Id`,
    );
    const [first, second] = rows;
    assert.deepEqual(
      [
        first!.Status,
        first!.IsConverted,
        first!.Open_Date__c,
        first!.MQL_Date__c,
        first!.SAL_Date__c,
        first!.SQL_Date__c,
      ],
      ['SQL', true, day(0), day(-20), day(0), day(0)],
    );
    assert.equal(second!.SAL_Date__c, day(-3));
    assert.equal(first!.ConvertedContactId, second!.ConvertedContactId);
    const target = await leads.one(
      `SELECT Lead_Open_Date__c, Lead_MQL_Date__c, Lead_SAL_Date__c, Lead_SQL_Date__c FROM Opportunity WHERE AccountId = '${account}'`,
    );
    assert.deepEqual(target, {
      Lead_Open_Date__c: day(0),
      Lead_MQL_Date__c: day(-30),
      Lead_SAL_Date__c: day(-3),
      Lead_SQL_Date__c: day(0),
    });
    const contact = await leads.one(`SELECT ${SCORE} FROM Contact WHERE Id = '${String(first!.ConvertedContactId)}'`);
    assert.equal(contact[SCORE], 50);
  });

  it('go to the only open opportunity, where a lead names no solution', async () => {
    const account = await leads.create('Account', { Name: 'Unnamed', Website: 'unnamed.example' });
    const opportunity = await leads.create('Opportunity', {
      Name: 'Open',
      AccountId: account,
      StageName: 'Targeted',
      CloseDate: '2030-01-01',
      [FIELD.solution]: 'Analytics',
      RecordTypeId: String(
        (
          await leads.one(
            "SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName = 'Acquisition'",
          )
        ).Id,
      ),
    });
    await leads.create('Lead', {
      LastName: 'Doe',
      Company: 'x',
      Email: 'doe@unnamed.example',
      MQL_Date__c: day(-9),
      Status: 'SAL',
    });
    leads.settle();
    const target = await leads.one(
      `SELECT Lead_MQL_Date__c, Lead_SAL_Date__c FROM Opportunity WHERE Id = '${opportunity}'`,
    );
    assert.deepEqual(target, { Lead_MQL_Date__c: day(-9), Lead_SAL_Date__c: day(0) });
  });

  it('stamps 200 leads without a query or a save', async () => {
    const { org } = leads.running;
    const used = org.transact(org.user(leads.org.identity.userId), (tx) => {
      tx.save({
        operation: 'insert',
        object: 'Lead',
        records: Array.from({ length: 200 }, (_, n) => ({ LastName: `S${String(n)}`, Company: 'x', Status: 'MQL' })),
        allOrNone: true,
      });
      return [tx.limits.used('queries'), tx.limits.used('dmlStatements')];
    });
    assert.deepEqual(used, [0, 0]);
    const stamped = await leads.query(
      `SELECT Id FROM Lead WHERE MQL_Date__c = ${day(0)} AND LastName LIKE 'S%' AND Open_Date__c = null`,
    );
    assert.equal(stamped.length, 200);
  });
});
