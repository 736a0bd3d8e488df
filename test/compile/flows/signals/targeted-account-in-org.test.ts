/** What becomes of targeting accounts: one and 200, again, together with signals, and when the org refuses something. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT_FIELD, FIELD } from '../../../../scripts/compile/names.ts';
import type { Values } from '../org-lab.ts';
import { ownRule, within } from '../org-lab.ts';
import { openSignalLab } from './signal-lab.ts';
import type { SignalLab } from './signal-lab.ts';

const OWNER_FIELD = 'Account_Manager__c';
const BATCH = 200;

const targeted = (...solutions: readonly string[]): Values => ({
  [ACCOUNT_FIELD.targetedSolutions]: solutions.length === 0 ? null : solutions.join(';'),
});

describe('targeting an account', () => {
  let lab: SignalLab;
  before(async () => {
    lab = await openSignalLab((standard) => ({
      ...standard,
      // One whose name holds another's.
      solutions: [...standard.solutions, { ...standard.solutions[1]!, name: 'Analytics Plus' }],
      opportunityTypes: standard.opportunityTypes.map((type) =>
        type.key === 'acquisition'
          ? { ...type, creation: { ...type.creation, ownerChain: [OWNER_FIELD], closeInDays: 90 } }
          : type,
      ),
    }));
  });
  after(() => lab.close());

  const solutionsOf = async (account: string) =>
    (await lab.opportunities(account)).map((row) => String(row[FIELD.solution])).toSorted();

  it('creates an acquisition at the creation stage for each solution, on create and on change', async () => {
    const account = lab.account('Acme', targeted('Analytics', 'Automation'));
    assert.deepEqual(await solutionsOf(account), ['Analytics', 'Automation']);
    const closes = new Date(lab.local.clock.now().getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
    for (const row of await lab.opportunities(account)) {
      const solution = String(row[FIELD.solution]);
      assert.equal(row.Name, `Acme Acquisition ${solution}`);
      assert.equal(row.StageName, 'Targeted');
      assert.equal(row.Type, 'New Business');
      assert.equal((row.RecordType as { DeveloperName: string }).DeveloperName, 'Acquisition');
      assert.equal(row.CloseDate, closes);
      assert.equal(row.OwnerId, lab.userId);
      assert.equal(row[FIELD.openKey], `${account}:${solution}`);
    }
    lab.update('Account', [{ Id: account, ...targeted('Analytics', 'Automation', 'Core Platform') }]);
    assert.deepEqual(await solutionsOf(account), ['Analytics', 'Automation', 'Core Platform']);
  });

  it('creates nothing twice: repeated, taken away and added again, or with something open', async () => {
    const account = lab.account('Once', targeted('Analytics'));
    lab.update('Account', [{ Id: account, Name: 'Once more' }]);
    lab.update('Account', [{ Id: account, ...targeted() }]);
    lab.update('Account', [{ Id: account, ...targeted('Analytics') }]);
    assert.deepEqual(await solutionsOf(account), ['Analytics']);
    lab.createOne('Opportunity', {
      Name: 'By hand',
      AccountId: account,
      StageName: 'Engaged',
      CloseDate: '2027-01-31',
      [FIELD.solution]: 'Automation',
    });
    lab.update('Account', [{ Id: account, ...targeted('Analytics', 'Automation') }]);
    assert.deepEqual(await solutionsOf(account), ['Analytics', 'Automation']);
  });

  it('leaves alone what was targeted before and is closed, and starts again when it is added anew', async () => {
    const account = lab.account('Later', targeted('Analytics'));
    const first = lab.only(await lab.opportunities(account));
    lab.update('Opportunity', [{ Id: String(first.Id), StageName: 'Disqualified', Stage_Reason__c: 'No need' }]);
    lab.update('Account', [{ Id: account, ...targeted('Analytics', 'Automation') }]);
    assert.deepEqual(await solutionsOf(account), ['Analytics', 'Automation']);
    lab.update('Account', [{ Id: account, ...targeted('Automation') }]);
    lab.update('Account', [{ Id: account, ...targeted('Analytics', 'Automation') }]);
    assert.deepEqual(await solutionsOf(account), ['Analytics', 'Analytics', 'Automation']);
  });

  it('takes no solution for another whose name it is part of', async () => {
    const account = lab.account('Parts', targeted('Analytics Plus'));
    assert.deepEqual(await solutionsOf(account), ['Analytics Plus']);
  });

  it('gives it to the user the model names, to the owner of the account where that one is blank or inactive', async () => {
    const manager = await lab.createUser('manager');
    const owner = await lab.createUser('owner');
    const ownerOf = async (more: Values) =>
      lab.only(await lab.opportunities(lab.account('Owned', { OwnerId: owner, ...more, ...targeted('Analytics') })))
        .OwnerId;
    assert.equal(await ownerOf({ [OWNER_FIELD]: manager }), manager);
    assert.equal(await ownerOf({}), owner);
    const kept = lab.account('Signals', { OwnerId: owner, [OWNER_FIELD]: manager });
    const campaign = lab.campaign('Analytics');
    lab.respond([campaign, lab.contact(kept)]);
    assert.equal(lab.only(await lab.opportunities(kept)).OwnerId, manager);
    lab.update('User', [{ Id: manager, IsActive: false }]);
    assert.equal(await ownerOf({ [OWNER_FIELD]: manager }), owner);
    const next = lab.account('Signals too', { OwnerId: owner, [OWNER_FIELD]: manager });
    lab.respond([campaign, lab.contact(next)]);
    assert.equal(lab.only(await lab.opportunities(next)).OwnerId, owner);
  });

  it('meets a signal of the same transaction at one opportunity', async () => {
    const account = lab.account('Both');
    const person = lab.contact(account);
    const campaign = lab.campaign('Analytics');
    lab.transact((tx) => {
      tx.save({
        operation: 'update',
        object: 'Account',
        records: [{ Id: account, ...targeted('Analytics', 'Automation') }],
        allOrNone: true,
      });
      tx.save({
        operation: 'insert',
        object: 'CampaignMember',
        records: lab.responses([[campaign, person]]),
        allOrNone: true,
      });
    });
    assert.deepEqual(await solutionsOf(account), ['Analytics', 'Automation']);
    const joined = (await lab.opportunities(account)).find((row) => row[FIELD.solution] === 'Analytics')!;
    assert.equal(joined[FIELD.groupSize], 1);
    assert.equal(joined.CampaignId, campaign);
  });

  it('lets the account stand when the org refuses an opportunity, and tells RevOps which and why', async () => {
    await ownRule(lab, 'ISPICKVAL(Solution__c, "Services")', 'Services are not sold.');
    const before = (await lab.tasks()).length;
    const account = lab.account('Refused', targeted('Analytics', 'Services'));
    assert.deepEqual(await solutionsOf(account), ['Analytics']);
    const task = lab.only((await lab.tasks()).slice(before));
    assert.equal(String(task.Subject).trim(), 'Acquisition not created: Refused, Services');
    assert.match(String(task.Description), /Services are not sold\./);
    assert.equal(task.WhatId, account);
    await ownRule(lab, 'FALSE', 'none', false);
    lab.update('Account', [{ Id: account, ...targeted('Analytics') }]);
    lab.update('Account', [{ Id: account, ...targeted('Analytics', 'Services') }]);
    assert.deepEqual(await solutionsOf(account), ['Analytics', 'Services']);
  });

  it('creates 600 for 200 accounts with two queries and one insert, and none when they are saved again', async () => {
    const accounts = Array.from({ length: BATCH }, (_, index) => ({ Name: `Target ${String(index)}` }));
    const ids = lab.create('Account', accounts);
    const save = (more: Values) =>
      lab.used((tx) => {
        const records = ids.map((Id) => ({ Id, ...more }));
        const saved = tx.save({ operation: 'update', object: 'Account', records, allOrNone: true });
        for (const { errors } of saved) assert.deepEqual(errors, []);
      });
    within(save(targeted('Analytics', 'Automation', 'Services')), { queries: 2, dmlStatements: 1 });
    const count = async () => (await lab.query("SELECT Id FROM Opportunity WHERE Account.Name LIKE 'Target %'")).length;
    assert.equal(await count(), 3 * BATCH);
    within(save(targeted('Automation', 'Services')), { queries: 0, dmlStatements: 0 });
    within(save(targeted('Analytics', 'Automation', 'Services')), { queries: 1, dmlStatements: 0 });
    assert.equal(await count(), 3 * BATCH);
  });
});
