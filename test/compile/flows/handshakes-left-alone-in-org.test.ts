/** Handshakes that nobody answers, whose people have left, and whose opportunities the org does not let go. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { readOutbox } from '../../../local-org/outbox/outbox.ts';
import {
  BYPASS_PERMISSION_SET,
  FIELD,
  HANDSHAKE,
  HANDSHAKE_FIELD,
  PERMISSION_SET,
} from '../../../scripts/compile/names.ts';
import { HOUR, openHandshakeLab } from './handshake-lab.ts';
import { ownRule, within } from './org-lab.ts';

describe('handshakes left alone in a local org', async () => {
  const {
    answer,
    engaged,
    giver,
    handedOver,
    handshakesOf,
    head,
    lab,
    opportunity,
    reps,
    row,
    tasksOf,
    tasksOfOwner,
    wait,
  } = await openHandshakeLab();
  after(() => lab.close());

  /** How many tasks with the words in their subject are open on opportunities of the name. */
  const openTasks = async (name: string, words: string): Promise<unknown> =>
    (
      await lab.query(
        `SELECT COUNT(Id) n FROM Task WHERE IsClosed = false AND Subject LIKE '%${words}%' AND What.Name = '${name}'`,
      )
    )[0]!.n;

  /** The RevOps permission set is held by these users, the first for longest, and nobody else. */
  const holdRevOps = async (...users: readonly string[]): Promise<void> => {
    const [set] = await lab.query(`SELECT Id FROM PermissionSet WHERE Name = '${PERMISSION_SET.revOps}'`);
    const PermissionSetId = String(set!.Id);
    const held = await lab.query(`SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '${PermissionSetId}'`);
    lab.remove(
      'PermissionSetAssignment',
      held.map(({ Id }) => String(Id)),
    );
    for (const AssigneeId of users) lab.createOne('PermissionSetAssignment', { AssigneeId, PermissionSetId });
  };

  it('reminds before the time is over, escalates to the manager when it is, once', async () => {
    const id = handedOver();
    const asked = String((await handshakesOf(id))[0]!.Id);
    assert.deepEqual(wait(4 * HOUR - 60_000, asked), []);
    assert.deepEqual(wait(120_000, asked), ['Remind: ran']);
    assert.equal((await handshakesOf(id))[0]![HANDSHAKE_FIELD.breached], false);
    assert.deepEqual(wait(4 * HOUR, asked), ['Escalate: ran']);
    const [handshake] = await handshakesOf(id);
    assert.equal(handshake![HANDSHAKE_FIELD.breached], true);
    assert.equal(handshake![HANDSHAKE_FIELD.escalatedTo], head);
    assert.equal(handshake![HANDSHAKE_FIELD.outcome], 'Pending');
    const due = String(handshake![HANDSHAKE_FIELD.dueAt]).replace('T', ' ').slice(0, 16);
    const escalated = (await tasksOf(id)).find(({ OwnerId }) => OwnerId === head);
    assert.ok(String(escalated!.Description).includes(` by ${due} GMT.`), String(escalated!.Description));
    assert.deepEqual(await tasksOfOwner(id, head), ['Not answered in time: Acme (Prioritized)']);
    assert.deepEqual(wait(100 * HOUR, asked), []);
    // Answered late, it stays a breach.
    answer(String(handshake!.Id), 'Accepted');
    assert.equal((await handshakesOf(id))[0]![HANDSHAKE_FIELD.breached], true);
  });

  it('reminds nobody of what was answered', async () => {
    const id = handedOver();
    const asked = String((await handshakesOf(id))[0]!.Id);
    answer(asked, 'Accepted');
    assert.deepEqual(wait(100 * HOUR, asked), []);
  });

  it('keeps nobody from a reminder by a handshake that was loaded without a receiver', async () => {
    const [loaded, other] = [handedOver({ Name: 'Loaded' }), handedOver({ Name: 'Waiting' })];
    const [set] = await lab.query(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`);
    const bypass = { AssigneeId: lab.userId, PermissionSetId: String(set!.Id) };
    const assigned = lab.createOne('PermissionSetAssignment', bypass);
    lab.update(HANDSHAKE, [{ Id: String((await handshakesOf(loaded))[0]!.Id), [HANDSHAKE_FIELD.toUser]: null }]);
    lab.remove('PermissionSetAssignment', [assigned]);
    const asked = String((await handshakesOf(other))[0]!.Id);
    assert.deepEqual(wait(4 * HOUR, asked), ['Remind: ran']);
    const sent = readOutbox(lab.local.database, { kind: 'notification', limit: 1 });
    assert.match(JSON.stringify(sent[0]!.message), new RegExp(asked));
    assert.deepEqual((await tasksOf(other)).length, 1);
    wait(4 * HOUR);
    assert.ok((await tasksOf(loaded)).some(({ Subject }) => String(Subject).includes('not followed up')));
  });

  it('tells RevOps when there is nobody to escalate to', async () => {
    lab.update('User', [...reps.map((Id) => ({ Id, ManagerId: null }))]);
    const id = handedOver();
    wait(9 * HOUR);
    const [handshake] = await handshakesOf(id);
    assert.equal(handshake![HANDSHAKE_FIELD.breached], true);
    assert.equal(handshake![HANDSHAKE_FIELD.escalatedTo], null);
    const told = (await tasksOf(id)).find(({ Subject }) => String(Subject).includes('not followed up'));
    assert.match(String(told!.Description), /who should have answered has no active manager/);
    assert.equal(told!.OwnerId, lab.userId);
    lab.update('User', [...reps.map((Id) => ({ Id, ManagerId: head }))]);
  });

  it('gives it to RevOps when nobody of the queue is active, not to who hands it over', async () => {
    const revOps = await lab.createUser('revops');
    await holdRevOps(revOps, lab.userId);
    lab.update('User', [...reps.map((Id) => ({ Id, IsActive: false }))]);
    const id = handedOver();
    const [handshake] = await handshakesOf(id);
    assert.deepEqual([handshake!.OwnerId, handshake![HANDSHAKE_FIELD.toUser]], [revOps, revOps]);
    assert.deepEqual(await tasksOfOwner(id, giver), []);
    const tasks = await tasksOf(id);
    assert.deepEqual(
      tasks.map(({ OwnerId, Subject }) => [OwnerId, Subject]),
      [[revOps, `Handshake ${String(handshake!.Name)} not assigned: Acme`]],
    );
    assert.match(
      String(tasks[0]!.Description),
      /no active user in the queue.*yours until then.*answer it yourself\. Accepting makes you the owner of the opportunity\./s,
    );
    assert.equal(await openTasks('Acme', 'not assigned'), 1);
    // RevOps gives it to somebody who takes over.
    lab.update('User', [{ Id: reps[0]!, IsActive: true }]);
    lab.update(HANDSHAKE, [{ Id: String(handshake!.Id), OwnerId: reps[0]! }]);
    answer(String(handshake!.Id), 'Accepted');
    assert.equal((await opportunity(id)).OwnerId, reps[0]);
    assert.equal(await openTasks('Acme', 'not assigned'), 0);

    lab.update('User', [...reps.map((Id) => ({ Id, IsActive: false }))]);
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, () => engaged({ Name: 'Unassigned' })),
    );
    const asked = lab.usedToUpdate(
      'Opportunity',
      ids.map((Id) => ({ Id, StageName: 'Prioritized' })),
    );
    within(asked, { queries: 6, dmlStatements: 4 });
    const owners = await lab.query(
      `SELECT OwnerId, COUNT(Id) n FROM ${HANDSHAKE} WHERE Opportunity__r.Name = 'Unassigned' GROUP BY OwnerId`,
    );
    assert.deepEqual(owners, [{ OwnerId: revOps, n: 200 }]);

    // A third each is accepted, rejected and withdrawn: RevOps has nothing left to assign.
    assert.equal(await openTasks('Unassigned', 'not assigned'), 200);
    const pending = await lab.query(
      `SELECT Id, Opportunity__c FROM ${HANDSHAKE} WHERE Opportunity__r.Name = 'Unassigned'`,
    );
    const third = (which: number) => pending.filter((_, index) => index % 3 === which);
    lab.update(
      HANDSHAKE,
      [...third(0), ...third(1)].map(({ Id }, index) => ({
        Id: String(Id),
        ...(index < third(0).length
          ? { [HANDSHAKE_FIELD.outcome]: 'Accepted' }
          : { [HANDSHAKE_FIELD.outcome]: 'Rejected', [HANDSHAKE_FIELD.reason]: 'No need' }),
      })),
    );
    lab.update(
      'Opportunity',
      third(2).map(({ Opportunity__c }) => ({ Id: String(Opportunity__c), StageName: 'Engaged' })),
    );
    assert.equal(await openTasks('Unassigned', 'not assigned'), 0);
    // Other tasks stay.
    assert.equal(await openTasks('Unassigned', 'Rejected: '), 67);
    lab.update('User', [...reps.map((Id) => ({ Id, IsActive: true }))]);
    await holdRevOps(lab.userId);
  });

  it('lets an answer stand when the org refuses to take the opportunity back, and tells RevOps', async () => {
    const id = handedOver();
    const [handshake] = await handshakesOf(id);
    await ownRule(lab, 'AND(ISCHANGED(StageName), ISPICKVAL(StageName, "Engaged"))', 'Nobody goes back.');
    answer(String(handshake!.Id), 'Rejected', { [HANDSHAKE_FIELD.reason]: 'No need' });
    assert.deepEqual(await opportunity(id), {
      StageName: 'Prioritized',
      OwnerId: giver,
      [FIELD.handshakeStatus]: 'Rejected',
    });
    assert.equal((await handshakesOf(id))[0]![HANDSHAKE_FIELD.outcome], 'Rejected');
    const told = (await tasksOf(id)).find(({ Subject }) => String(Subject).includes('rejected, but'));
    assert.match(String(told!.Description), /Nobody goes back\..*by hand/s);
    await ownRule(lab, 'FALSE', 'Off.', false);
  });

  it('gives the opportunity to its owner when the giver has left meanwhile', async () => {
    const leaver = await lab.createUser('leaver');
    const id = handedOver({ OwnerId: leaver });
    lab.update('Opportunity', [{ Id: id, OwnerId: giver }]);
    lab.update('User', [{ Id: leaver, IsActive: false }]);
    answer(String((await handshakesOf(id))[0]!.Id), 'Rejected', { [HANDSHAKE_FIELD.reason]: 'No need' });
    assert.equal((await opportunity(id)).OwnerId, giver);
    assert.ok((await tasksOfOwner(id, giver)).includes('Rejected: Acme (No need)'));
  });

  it('goes to who accepts in place of a receiver who has left', async () => {
    const id = handedOver();
    const [handshake] = await handshakesOf(id);
    lab.update('User', [{ Id: String(handshake!.OwnerId), IsActive: false }]);
    answer(String(handshake!.Id), 'Accepted');
    assert.equal((await opportunity(id)).OwnerId, lab.userId);
    lab.update('User', [{ Id: String(handshake!.OwnerId), IsActive: true }]);
  });

  it('keeps its history when the opportunity is deleted, and reminds nobody', async () => {
    const id = handedOver();
    const [handshake] = await handshakesOf(id);
    lab.remove('Opportunity', [id]);
    assert.deepEqual(wait(10 * HOUR, String(handshake!.Id)), [
      'Escalate: criteria no longer met',
      'Remind: criteria no longer met',
    ]);
    const left = await row(HANDSHAKE, String(handshake!.Id), [HANDSHAKE_FIELD.opportunity, HANDSHAKE_FIELD.breached]);
    assert.deepEqual(left, { [HANDSHAKE_FIELD.opportunity]: null, [HANDSHAKE_FIELD.breached]: false });
  });
});
