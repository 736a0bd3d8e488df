/** The renewal flow at work in a local org: what verifying an org cannot try in somebody's org, refusals, owners and limits. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Transaction } from '../../../local-org/data/types.ts';
import { writePackage } from '../../../scripts/apply/package-folder.ts';
import { ACCOUNT_FIELD, BYPASS_PERMISSION_SET, FIELD, PERMISSION_SET } from '../../../scripts/compile/names.ts';
import type { OrgRecord } from '../../../scripts/org/types.ts';
import { deployedOrg } from '../../verify/deployed-org.ts';
import type { DeployedOrg } from '../../verify/deployed-org.ts';
import { defaultModel } from './default-model.ts';

const REFUSAL = 'Renewals above 1,000 need approval.';

describe('the renewal flow in a local org', () => {
  let deployed: DeployedOrg;
  let recordType: string;

  const query = (soql: string) => deployed.org.query(soql);

  const create = async (object: string, record: OrgRecord): Promise<string> => {
    const [outcome] = await deployed.org.create(object, [record]);
    assert.deepEqual(outcome?.errors, []);
    return outcome.id!;
  };

  const opportunity = (more: OrgRecord = {}): OrgRecord => ({
    Name: 'Acme',
    StageName: 'Negotiation',
    CloseDate: '2026-01-31',
    Amount: 1000,
    RecordTypeId: recordType,
    [FIELD.contractTermMonths]: 12,
    ...more,
  });

  const win = async (id: string): Promise<void> => {
    const [outcome] = await deployed.org.update('Opportunity', [{ Id: id, StageName: 'Closed Won' }]);
    assert.deepEqual(outcome?.errors, []);
  };

  const renewalsOf = (id: string) =>
    query(
      `SELECT Id, Name, OwnerId, CloseDate, Amount, Type FROM Opportunity WHERE ${FIELD.sourceOpportunity} = '${id}'`,
    );
  const tasksOf = (id: string) =>
    query(`SELECT Id, Subject, Description, OwnerId, ActivityDate FROM Task WHERE WhatId = '${id}'`);

  const deployRule = async (formula: string, active: boolean): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'waterfall-rule-'));
    try {
      const rule = { active, errorConditionFormula: formula, errorMessage: REFUSAL };
      const components = [{ type: 'ValidationRule', fullName: 'Opportunity.Own_Rule', metadata: rule }];
      writePackage(folder, { components }, '66.0');
      const report = await deployed.org.deploy(folder);
      assert.deepEqual(report.problems, []);
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  before(async () => {
    deployed = await deployedOrg(await defaultModel());
    const types = await query(
      "SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName = 'Acquisition'",
    );
    recordType = String(types[0]!.Id);
  });
  after(() => deployed.close());

  it('names the renewal after the account and the month, and cuts what is too long', async () => {
    const account = await create('Account', { Name: 'A'.repeat(200) });
    const id = await create('Opportunity', opportunity({ AccountId: account }));
    await win(id);
    const [renewal] = await renewalsOf(id);
    assert.equal(renewal!.Name, `${'A'.repeat(104)} Renewal 2027-01`);
    assert.equal(renewal!.CloseDate, '2027-01-31');
    assert.equal(renewal!.Amount, 1030);
    assert.equal(renewal!.Type, 'Renewal');
  });

  it('closes after the win: at the contract end, else at the end of the term, else one term later', async () => {
    const cases = [
      [{ [FIELD.contractStart]: '2026-01-01', [FIELD.contractEnd]: '2026-06-30' }, '2026-06-30'],
      [{ [FIELD.contractStart]: '2025-06-01', [FIELD.contractEnd]: '2026-01-31' }, '2026-06-01'],
      [{ [FIELD.contractStart]: '2024-01-01', [FIELD.contractEnd]: '2024-12-31' }, '2027-01-31'],
      [{ [FIELD.contractStart]: '2024-01-01' }, '2027-01-31'],
      [{ [FIELD.contractTermMonths]: 0 }, '2027-01-31'],
    ] as const;
    for (const [contract, closeDate] of cases) {
      const id = await create('Opportunity', opportunity(contract));
      await win(id);
      assert.equal((await renewalsOf(id))[0]!.CloseDate, closeDate, JSON.stringify(contract));
    }
  });

  it('gives the renewal to the customer-success owner of the account, unless that user is inactive', async () => {
    const [admin] = await query(`SELECT ProfileId FROM User WHERE Id = '${deployed.org.identity.userId}'`);
    const user = await create('User', {
      Username: 'cs@renewal.example',
      LastName: 'Success',
      Alias: 'cs',
      Email: 'cs@renewal.example',
      ProfileId: String(admin!.ProfileId),
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      DigestFrequency: 'N',
      DefaultGroupNotificationFrequency: 'N',
      IsActive: true,
    });
    const account = await create('Account', { Name: 'Owned', [ACCOUNT_FIELD.customerSuccessOwner]: user });
    const first = await create('Opportunity', opportunity({ AccountId: account }));
    await win(first);
    assert.equal((await renewalsOf(first))[0]!.OwnerId, user);

    const [outcome] = await deployed.org.update('User', [{ Id: user, IsActive: false }]);
    assert.deepEqual(outcome?.errors, []);
    const second = await create('Opportunity', opportunity({ AccountId: account }));
    await win(second);
    assert.equal((await renewalsOf(second))[0]!.OwnerId, deployed.org.identity.userId);
  });

  it('lets the win stand when the org refuses the renewal, and tells RevOps why', async () => {
    await deployRule(`AND(RecordType.DeveloperName = "Renewal", Amount > 1000)`, true);
    const ids = [];
    for (const Amount of [100, 5000, 200, 6000]) ids.push(await create('Opportunity', opportunity({ Amount })));
    const outcomes = await deployed.org.update(
      'Opportunity',
      ids.map((Id) => ({ Id, StageName: 'Closed Won' })),
    );
    assert.ok(outcomes.every(({ success }) => success));
    assert.deepEqual(await Promise.all(ids.map(async (id) => (await renewalsOf(id)).length)), [1, 0, 1, 0]);
    assert.deepEqual(await Promise.all(ids.map(async (id) => (await tasksOf(id)).length)), [0, 1, 0, 1]);
    const [task] = await tasksOf(ids[1]!);
    assert.equal(task!.Subject, 'Renewal not created: Acme');
    assert.match(String(task!.Description), /FIELD_CUSTOM_VALIDATION_EXCEPTION.*Renewals above 1,000 need approval\./s);
    const [holder] = await query(
      `SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = '${PERMISSION_SET.revOps}'`,
    );
    assert.equal(task!.OwnerId, holder!.AssigneeId);

    // Reopened once the reason is gone, and won again: now it is there.
    await deployRule('FALSE', false);
    await deployed.org.update('Opportunity', [{ Id: ids[1]!, StageName: 'Negotiation' }]);
    await win(ids[1]!);
    assert.equal((await renewalsOf(ids[1]!)).length, 1);
  });

  const limitsOf = (work: (tx: Transaction) => void): readonly [queries: number, dml: number] => {
    const { org: local } = deployed.running;
    return local.transact(local.user(deployed.org.identity.userId), (tx) => {
      work(tx);
      return [tx.limits.used('queries'), tx.limits.used('dmlStatements')] as const;
    });
  };

  const save = (tx: Transaction, operation: 'insert' | 'update', records: readonly OrgRecord[]): readonly string[] =>
    tx.save({ operation, object: 'Opportunity', records, allOrNone: true }).map(({ id, errors }) => {
      assert.deepEqual(errors, []);
      return id!;
    });

  it('stamps 200 without a query or a save, and renews 200 with two queries, two more for what to copy, and one insert', () => {
    let ids: readonly string[] = [];
    const stamping = limitsOf((tx) => {
      ids = save(
        tx,
        'insert',
        Array.from({ length: 200 }, (_, index) => opportunity({ Name: `Batch ${String(index)}` })),
      );
    });
    assert.deepEqual(stamping, [0, 0]);
    const winning = limitsOf(
      (tx) =>
        void save(
          tx,
          'update',
          ids.map((Id) => ({ Id, StageName: 'Closed Won' })),
        ),
    );
    assert.deepEqual(winning, [4, 1]);
  });

  it('costs two queries and one insert more when half of 200 renewals are refused', async () => {
    await deployRule(`AND(RecordType.DeveloperName = "Renewal", Amount > 1000)`, true);
    let ids: readonly string[] = [];
    limitsOf((tx) => {
      ids = save(
        tx,
        'insert',
        Array.from({ length: 200 }, (_, index) => opportunity({ Amount: index % 2 === 0 ? 100 : 5000 })),
      );
    });
    const [queries, dml] = limitsOf(
      (tx) =>
        void save(
          tx,
          'update',
          ids.map((Id) => ({ Id, StageName: 'Closed Won' })),
        ),
    );
    assert.ok(queries <= 6 && dml <= 2, `${String(queries)} queries, ${String(dml)} inserts`);
    await deployRule('FALSE', false);
  });

  it('is off for whoever holds the bypass permission', async () => {
    const [bypass] = await query(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`);
    const assigned = await create('PermissionSetAssignment', {
      AssigneeId: deployed.org.identity.userId,
      PermissionSetId: String(bypass!.Id),
    });
    const id = await create('Opportunity', opportunity({ StageName: 'Closed Won' }));
    assert.deepEqual(await renewalsOf(id), []);
    const [row] = await query(`SELECT Closed_Won_Date__c, ${FIELD.stampedAt} FROM Opportunity WHERE Id = '${id}'`);
    assert.deepEqual(row, { Closed_Won_Date__c: null, [FIELD.stampedAt]: null });
    await deployed.org.remove([assigned]);
  });

  it('renews what is created in Closed Won', async () => {
    const id = await create('Opportunity', opportunity({ StageName: 'Closed Won' }));
    assert.equal((await renewalsOf(id)).length, 1);
  });
});
