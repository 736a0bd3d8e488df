/** Upsell and cross-sell at work in a local org, at once and days later. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FIELD } from '../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../scripts/model/waterfall.ts';
import { defaultModel } from './default-model.ts';
import { openLab, ownRule } from './org-lab.ts';
import type { Lab, Values } from './org-lab.ts';

/** Everything at the win. */
export const atOnce = (waterfall: Waterfall): Waterfall => ({
  ...waterfall,
  closedWon: waterfall.closedWon.map((rule) => ({ ...rule, delayDays: 0 })),
});

const REFUSAL = 'No further opportunities for big deals.';

const createdBy = (lab: Lab, id: string, like: string) =>
  lab.query(
    `SELECT Id, Name, OwnerId, CloseDate, Amount, Type, StageName, AccountId, ${FIELD.solution}, ${FIELD.key}, ${FIELD.openKey}, ` +
      `${FIELD.contractStart}, RecordType.DeveloperName FROM Opportunity WHERE ${FIELD.sourceOpportunity} = '${id}' ` +
      `AND ${FIELD.key} LIKE '${like}:%' ORDER BY ${FIELD.solution}`,
  );
const tasksOf = (lab: Lab, id: string) =>
  lab.query(`SELECT Id, Subject, Description, OwnerId FROM Task WHERE WhatId = '${id}'`);
const solutionsOf = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row[FIELD.solution]);

describe('upsell and cross-sell at once', () => {
  let lab: Lab;
  let acquisition: string;
  const opportunity = (more: Values = {}): Values => ({
    Name: 'Acme',
    StageName: 'Negotiation',
    CloseDate: '2026-01-31',
    Amount: 1000,
    RecordTypeId: acquisition,
    [FIELD.solution]: 'Core Platform',
    [FIELD.contractTermMonths]: 12,
    ...more,
  });
  const account = (name = 'Acme') => lab.createOne('Account', { Name: name });
  const win = (...ids: readonly string[]) =>
    lab.update(
      'Opportunity',
      ids.map((Id) => ({ Id, StageName: 'Closed Won' })),
    );

  before(async () => {
    lab = await openLab(atOnce(await defaultModel()));
    acquisition = await lab.recordType('Acquisition');
  });
  after(() => lab.close());

  it('creates one upsell and a cross-sell for each solution that goes with the won one', async () => {
    const AccountId = account();
    const id = lab.createOne('Opportunity', opportunity({ AccountId }));
    win(id);
    const [upsell, ...more] = await createdBy(lab, id, 'upsell');
    assert.deepEqual(more, []);
    assert.equal(upsell!.StageName, 'Upsell Identified');
    assert.equal(upsell!.Type, 'Upsell');
    assert.deepEqual((upsell!.RecordType as Values).DeveloperName, 'Upsell');
    assert.equal(upsell![FIELD.solution], 'Core Platform');
    assert.equal(upsell!.Amount, null);
    assert.match(String(upsell!.Name), /^Acme Upsell \d{4}-\d\d$/);
    const crossSells = await createdBy(lab, id, 'crossSell');
    assert.deepEqual(solutionsOf(crossSells), ['Analytics', 'Automation']);
    const [first] = crossSells;
    assert.equal(first!.StageName, 'Cross Sell Identified');
    assert.equal(first!.AccountId, AccountId);
    assert.equal(first![FIELD.key], `crossSell:${id}:Analytics`);
    assert.equal(first![FIELD.openKey], `${AccountId}:Analytics`);
    assert.match(String(first!.Name), /^Acme Cross Sell Analytics \d{4}-\d\d$/);
    assert.equal((await createdBy(lab, id, 'renewal')).length, 1);
    assert.deepEqual(await tasksOf(lab, id), []);
  });

  it('creates nothing twice, whatever is reopened, and not again what was lost meanwhile', async () => {
    const id = lab.createOne('Opportunity', opportunity({ AccountId: account() }));
    win(id);
    const [lost] = await createdBy(lab, id, 'crossSell');
    lab.update('Opportunity', [{ Id: String(lost!.Id), StageName: 'Closed Lost', [FIELD.stageReason]: 'Price' }]);
    for (let round = 0; round < 2; round++) {
      lab.update('Opportunity', [{ Id: id, StageName: 'Negotiation' }]);
      win(id);
    }
    assert.equal((await createdBy(lab, id, 'upsell')).length, 1);
    assert.equal((await createdBy(lab, id, 'crossSell')).length, 2);
    assert.deepEqual(await tasksOf(lab, id), []);
  });

  it('sells no more of a solution of which there is no more, and nothing next to one that has nothing next', async () => {
    const id = lab.createOne('Opportunity', opportunity({ AccountId: account(), [FIELD.solution]: 'Services' }));
    win(id);
    assert.deepEqual(await createdBy(lab, id, 'upsell'), []);
    assert.deepEqual(await createdBy(lab, id, 'crossSell'), []);
    assert.equal((await createdBy(lab, id, 'renewal')).length, 1);
  });

  it('leaves out what the account has open or has won', async () => {
    const AccountId = account();
    const open = lab.createOne('Opportunity', opportunity({ AccountId, [FIELD.solution]: 'Analytics' }));
    const id = lab.createOne('Opportunity', opportunity({ AccountId }));
    win(id);
    assert.deepEqual(solutionsOf(await createdBy(lab, id, 'crossSell')), ['Automation']);
    win(open);
    assert.deepEqual(await createdBy(lab, open, 'crossSell'), []);
  });

  it('creates one cross-sell when two wins at one account ask for the same in one batch', async () => {
    const AccountId = account();
    const [platform, services] = lab.create('Opportunity', [
      opportunity({ AccountId }),
      opportunity({ AccountId, Name: 'Second' }),
    ]);
    win(platform!, services!);
    const all = await lab.query(
      `SELECT Id, ${FIELD.solution} FROM Opportunity WHERE AccountId = '${AccountId}' AND RecordType.DeveloperName = 'Cross_Sell' ORDER BY ${FIELD.solution}`,
    );
    assert.deepEqual(solutionsOf(all), ['Analytics', 'Automation']);
    assert.deepEqual([...(await tasksOf(lab, platform!)), ...(await tasksOf(lab, services!))], []);
  });

  it('lets the win stand when the org refuses one cross-sell, tells RevOps, and creates it when won again', async () => {
    await ownRule(
      lab,
      `ISPICKVAL(${FIELD.solution}, "Automation") && RecordType.DeveloperName = "Cross_Sell"`,
      REFUSAL,
    );
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 3 }, (_, index) => opportunity({ AccountId: account(`Refused ${String(index)}`) })),
    );
    win(...ids);
    await ownRule(lab, 'FALSE', REFUSAL, false);
    for (const id of ids) {
      assert.deepEqual(solutionsOf(await createdBy(lab, id, 'crossSell')), ['Analytics']);
      const [task, ...more] = await tasksOf(lab, id);
      assert.deepEqual(more, []);
      assert.equal(task!.Subject, 'Cross Sell not created: Acme (Automation)');
      assert.match(String(task!.Description), new RegExp(REFUSAL));
    }
    lab.update(
      'Opportunity',
      ids.map((Id) => ({ Id, StageName: 'Negotiation' })),
    );
    win(...ids);
    for (const id of ids)
      assert.deepEqual(solutionsOf(await createdBy(lab, id, 'crossSell')), ['Analytics', 'Automation']);
  });

  it('gives what it creates to whoever saves where the owner of the won opportunity is inactive', async () => {
    const owner = await lab.createUser('gone');
    const id = lab.createOne('Opportunity', opportunity({ AccountId: account(), OwnerId: owner }));
    lab.update('User', [{ Id: owner, IsActive: false }]);
    win(id);
    for (const like of ['renewal', 'upsell', 'crossSell'])
      for (const created of await createdBy(lab, id, like)) assert.equal(created.OwnerId, lab.userId, like);
    assert.deepEqual(await tasksOf(lab, id), []);
  });
});

describe('upsell and cross-sell days after the win', () => {
  let lab: Lab;
  let acquisition: string;
  const opportunity = (more: Values = {}): Values => ({
    Name: 'Later',
    StageName: 'Negotiation',
    CloseDate: '2026-01-31',
    Amount: 1000,
    RecordTypeId: acquisition,
    [FIELD.solution]: 'Core Platform',
    [FIELD.contractTermMonths]: 12,
    ...more,
  });
  const account = (name = 'Later') => lab.createOne('Account', { Name: name });
  const stage = (id: string, StageName: string) => lab.update('Opportunity', [{ Id: id, StageName }]);
  const today = () => lab.local.clock.now().toISOString().slice(0, 10);
  const addDays = (date: string, days: number) =>
    new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

  before(async () => {
    lab = await openLab(await defaultModel());
    acquisition = await lab.recordType('Acquisition');
  });
  after(() => lab.close());

  it('creates the upsell after 90 and the cross-sells after 120 days, dated from the win', async () => {
    const id = lab.createOne('Opportunity', opportunity({ AccountId: account() }));
    stage(id, 'Closed Won');
    const wonOn = today();
    assert.deepEqual(await createdBy(lab, id, 'upsell'), []);
    lab.pass(88);
    assert.deepEqual(await createdBy(lab, id, 'upsell'), []);
    lab.pass(3);
    const [upsell] = await createdBy(lab, id, 'upsell');
    assert.equal(upsell!.CloseDate, addDays(wonOn, 270));
    assert.deepEqual(await createdBy(lab, id, 'crossSell'), []);
    lab.pass(30);
    assert.equal((await createdBy(lab, id, 'crossSell')).length, 2);
  });

  it('creates nothing for what was reopened before, and once for what was won again', async () => {
    const [reopened, again] = lab.create('Opportunity', [
      opportunity({ AccountId: account() }),
      opportunity({ AccountId: account() }),
    ]);
    stage(reopened!, 'Closed Won');
    stage(again!, 'Closed Won');
    lab.days(10);
    stage(reopened!, 'Negotiation');
    stage(again!, 'Negotiation');
    stage(again!, 'Closed Won');
    lab.pass(125);
    assert.deepEqual(await createdBy(lab, reopened!, 'upsell'), []);
    assert.equal((await createdBy(lab, again!, 'upsell')).length, 1);
    stage(again!, 'Negotiation');
    stage(again!, 'Closed Won');
    lab.pass(125);
    assert.equal((await createdBy(lab, again!, 'upsell')).length, 1);
    assert.equal((await createdBy(lab, again!, 'crossSell')).length, 2);
    assert.deepEqual(await tasksOf(lab, again!), []);
  });

  it('leaves old wins alone whose history is written later or imported, and takes one that is a few days late', async () => {
    const [bypass] = await lab.query("SELECT Id FROM PermissionSet WHERE Name = 'Waterfall_Automation_Bypass'");
    const won = () => opportunity({ AccountId: account(), StageName: 'Closed Won' });
    const assigned = lab.createOne('PermissionSetAssignment', {
      AssigneeId: lab.userId,
      PermissionSetId: String(bypass!.Id),
    });
    const [old, late, tooLate] = lab.create('Opportunity', [won(), won(), won()]);
    lab.remove('PermissionSetAssignment', [assigned]);
    const history = (Id: string, daysAgo: number): Values => {
      const moment = `${addDays(today(), -daysAgo)}T09:00:00.000Z`;
      return {
        Id,
        Closed_Won_Date__c: moment.slice(0, 10),
        [FIELD.stageEnteredAt]: moment,
        [FIELD.stampedAt]: moment,
      };
    };
    lab.update('Opportunity', [history(old!, 900), history(late!, 90 + 6), history(tooLate!, 90 + 8)]);
    const imported = lab.createOne('Opportunity', { ...won(), Closed_Won_Date__c: addDays(today(), -900) });
    lab.pass(1);
    const upsellsOf = async (id: string) => (await createdBy(lab, id, 'upsell')).length;
    assert.equal(await upsellsOf(late!), 1);
    for (const id of [old!, tooLate!, imported]) {
      assert.equal(await upsellsOf(id), 0);
      assert.deepEqual(await createdBy(lab, id, 'crossSell'), []);
    }

    // Reopened and won again it is a win of today, whatever the date of the first.
    stage(old!, 'Negotiation');
    stage(old!, 'Closed Won');
    lab.work();
    assert.equal(await upsellsOf(old!), 1);
    assert.equal((await createdBy(lab, old!, 'crossSell')).length, 2);
  });

  it('keeps waiting when the won opportunity is edited, by whomever', async () => {
    const id = lab.createOne('Opportunity', opportunity({ AccountId: account() }));
    stage(id, 'Closed Won');
    const [bypass] = await lab.query("SELECT Id FROM PermissionSet WHERE Name = 'Waterfall_Automation_Bypass'");
    const assigned = lab.createOne('PermissionSetAssignment', {
      AssigneeId: lab.userId,
      PermissionSetId: String(bypass!.Id),
    });
    lab.update('Opportunity', [{ Id: id, Description: 'Touched by an integration' }]);
    const silent = lab.createOne('Opportunity', opportunity({ AccountId: account(), StageName: 'Closed Won' }));
    lab.remove('PermissionSetAssignment', [assigned]);
    lab.update('Opportunity', [{ Id: id, Description: 'Touched by a person' }]);
    lab.pass(95);
    assert.equal((await createdBy(lab, id, 'upsell')).length, 1);
    assert.deepEqual(await createdBy(lab, silent, 'upsell'), [], 'a win under the bypass permission creates nothing');
  });

  it('creates 200 upsells of 200 wins, and tells RevOps of the one that the org refuses', async () => {
    const AccountId = account('Later Many');
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, (_, index) =>
        opportunity({ AccountId, Name: `Later ${String(index)}`, [FIELD.contractTermMonths]: index + 1 }),
      ),
    );
    lab.update(
      'Opportunity',
      ids.map((Id) => ({ Id, StageName: 'Closed Won' })),
    );
    await ownRule(
      lab,
      `AND(RecordType.DeveloperName = "Upsell", CASESAFEID(${FIELD.sourceOpportunity}) = "${ids[7]!}")`,
      REFUSAL,
    );
    assert.ok(lab.pass(91).every(({ outcome }) => outcome === 'ran'));
    await ownRule(lab, 'FALSE', REFUSAL, false);
    const upsells = () =>
      lab.query(`SELECT Id FROM Opportunity WHERE AccountId = '${AccountId}' AND ${FIELD.key} LIKE 'upsell:%'`);
    assert.equal((await upsells()).length, 199);
    const [task, ...more] = await tasksOf(lab, ids[7]!);
    assert.deepEqual(more, []);
    assert.equal(task!.Subject, 'Upsell not created: Later 7');
    assert.match(String(task!.Description), new RegExp(REFUSAL));

    // Won again once the reason is gone: the day of the win has not changed, so that the upsell is due at once.
    stage(ids[7]!, 'Negotiation');
    stage(ids[7]!, 'Closed Won');
    lab.work();
    assert.equal((await upsells()).length, 200);
  });
});
