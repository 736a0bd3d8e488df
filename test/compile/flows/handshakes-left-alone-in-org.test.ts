/** Handshakes that nobody answers, whose people have left, and whose opportunities the org does not let go. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { FIELD, HANDSHAKE, HANDSHAKE_FIELD } from '../../../scripts/compile/names.ts';
import { HOUR, openHandshakeLab } from './handshake-lab.ts';
import { ownRule } from './org-lab.ts';

describe('handshakes left alone in a local org', async () => {
  const { answer, giver, handedOver, handshakesOf, head, lab, opportunity, reps, row, tasksOf, tasksOfOwner, wait } =
    await openHandshakeLab();
  after(() => lab.close());

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

  it('tells RevOps when nobody of the queue is active, and lets the owner answer', async () => {
    lab.update('User', [...reps.map((Id) => ({ Id, IsActive: false }))]);
    const id = handedOver();
    const [handshake] = await handshakesOf(id);
    assert.equal(handshake!.OwnerId, giver);
    assert.deepEqual(await tasksOfOwner(id, giver), ['Accept or reject: Acme (Prioritized)']);
    const [told] = await tasksOfOwner(id, lab.userId);
    assert.equal(told, `Handshake ${String(handshake!.Name)} not assigned: Acme`);
    lab.update('User', [...reps.map((Id) => ({ Id, IsActive: true }))]);
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
