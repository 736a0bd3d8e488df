/** Who gets the task that says what automation could not do, whatever stands in the way. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FLOW, PERMISSION_SET } from '../../../scripts/compile/names.ts';
import { defaultModel } from './default-model.ts';
import { openLab } from './org-lab.ts';
import type { Lab } from './org-lab.ts';

describe('the flow that tells RevOps', () => {
  let lab: Lab;
  let account: string;

  const tell = (...inputs: readonly Readonly<Record<string, string>>[]) =>
    lab.used((tx) => {
      const runs = lab.local.automation.flows!.run(
        tx,
        FLOW.tellRevOps,
        inputs.map((given) => ({ Reason: 'No.', What_To_Do: 'Something.', Record_Id: account, ...given })),
      );
      assert.deepEqual(
        runs.map(({ fault }) => fault),
        inputs.map(() => null),
      );
    });
  const taskOf = async (subject: string) => {
    const tasks = await lab.query(
      `SELECT OwnerId, WhatId, WhoId, Description, ActivityDate FROM Task WHERE Subject = '${subject}'`,
    );
    assert.equal(tasks.length, 1, subject);
    return tasks[0]!;
  };
  /** The RevOps permission set is held by these users and nobody else. */
  const holders = async (...users: readonly string[]): Promise<void> => {
    const [set] = await lab.query(`SELECT Id FROM PermissionSet WHERE Name = '${PERMISSION_SET.revOps}'`);
    const assigned = await lab.query(
      `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '${String(set!.Id)}'`,
    );
    if (assigned.length > 0)
      lab.remove(
        'PermissionSetAssignment',
        assigned.map(({ Id }) => String(Id)),
      );
    for (const AssigneeId of users)
      lab.createOne('PermissionSetAssignment', { AssigneeId, PermissionSetId: String(set!.Id) });
  };

  before(async () => {
    lab = await openLab(await defaultModel());
    account = lab.createOne('Account', { Name: 'Told' });
  });
  after(() => lab.close());

  it('gives it to whoever holds the RevOps permission set, with reason, advice and record', async () => {
    const revOps = await lab.createUser('revops');
    await holders(revOps);
    tell({ Subject: 'To RevOps' });
    const task = await taskOf('To RevOps');
    assert.equal(task.OwnerId, revOps);
    assert.equal(task.WhatId, account);
    assert.equal(task.WhoId, null);
    assert.equal(task.ActivityDate, lab.local.clock.now().toISOString().slice(0, 10));
    assert.equal(task.Description, `To RevOps\n\nReason: No.\n\nWhat to do: Something.\n\nRecord: ${account}`);
  });

  it('gives it to the other user when nobody is RevOps, and to the person saving when that one is inactive', async () => {
    await holders();
    const [other, gone] = [await lab.createUser('other'), await lab.createUser('left')];
    lab.update('User', [{ Id: gone, IsActive: false }]);
    tell(
      { Subject: 'To the other', Otherwise_User_Id: other },
      { Subject: 'Other is gone', Otherwise_User_Id: gone },
      { Subject: 'No other', Otherwise_User_Id: '' },
    );
    assert.equal((await taskOf('To the other')).OwnerId, other);
    assert.equal((await taskOf('Other is gone')).OwnerId, lab.userId);
    assert.equal((await taskOf('No other')).OwnerId, lab.userId);
  });

  it('gives it to the person saving when the RevOps user is inactive', async () => {
    const left = await lab.createUser('formerly');
    await holders(left);
    lab.update('User', [{ Id: left, IsActive: false }]);
    tell({ Subject: 'RevOps is gone' });
    assert.equal((await taskOf('RevOps is gone')).OwnerId, lab.userId);
    await holders();
  });

  it('relates it to a lead or contact as a person, and leaves out a record that takes no tasks or is gone', async () => {
    const lead = lab.createOne('Lead', { LastName: 'Told', Company: 'Told' });
    const gone = lab.createOne('Account', { Name: 'Gone' });
    lab.remove('Account', [gone]);
    tell(
      { Subject: 'A lead', Record_Id: lead },
      { Subject: 'A user', Record_Id: lab.userId },
      { Subject: 'Gone', Record_Id: gone },
    );
    assert.equal((await taskOf('A lead')).WhoId, lead);
    for (const [subject, id] of [
      ['A user', lab.userId],
      ['Gone', gone],
    ] as const) {
      const task = await taskOf(subject);
      assert.deepEqual([task.WhatId, task.WhoId], [null, null], subject);
      assert.match(String(task.Description), new RegExp(`Record: ${id}$`));
    }
  });

  it('cuts a subject that is too long, and costs the same for 200 as for one', async () => {
    const used = tell(
      ...Array.from({ length: 200 }, (_, index) => ({ Subject: `${String(index)} ${'x'.repeat(300)}` })),
    );
    assert.ok(used.queries <= 3 && used.dmlStatements === 1, JSON.stringify(used));
    const tasks = await lab.query("SELECT Subject FROM Task WHERE Subject LIKE '%xxxx%'");
    assert.equal(tasks.length, 200);
    assert.ok(tasks.every(({ Subject }) => String(Subject).length === 255));
  });

  it('fails nothing when the org refuses every task', async () => {
    await lab.deploy('ValidationRule', 'Task.Own_Rule', {
      active: true,
      errorConditionFormula: 'BEGINS(Subject, "Never")',
      errorMessage: 'No such tasks.',
    });
    tell({ Subject: 'Never mind' });
    assert.deepEqual(await lab.query("SELECT Id FROM Task WHERE Subject = 'Never mind'"), []);
  });
});
