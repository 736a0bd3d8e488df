/** Handshakes at work in a local org: asked, accepted, rejected and withdrawn, one and 200 of them, and who may answer. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import {
  BYPASS_PERMISSION_SET,
  FIELD,
  HANDSHAKE,
  HANDSHAKE_FIELD,
  PERMISSION_SET,
} from '../../../scripts/compile/names.ts';
import { HOUR, openHandshakeLab } from './handshake-lab.ts';
import { within } from './org-lab.ts';
import type { Values } from './org-lab.ts';

describe('handshakes in a local org', async () => {
  const { answer, engaged, executive, giver, handedOver, handshakesOf, lab, opportunity, refused, reps, row, tasksOf } =
    await openHandshakeLab();
  after(() => lab.close());

  /** Tasks that still ask for an answer. */
  const openQuestions = (ids: readonly string[]) =>
    lab.query(
      `SELECT Id FROM Task WHERE IsClosed = false AND Subject LIKE 'Accept or reject: %' AND WhatId IN (${ids.map((id) => `'${id}'`).join(', ')})`,
    );

  it('asks the receiver when an opportunity comes from a stage of the giver', async () => {
    const id = handedOver();
    const [handshake, ...others] = await handshakesOf(id);
    assert.deepEqual(others, []);
    assert.equal(handshake![HANDSHAKE_FIELD.outcome], 'Pending');
    assert.equal(handshake![HANDSHAKE_FIELD.fromFunction], 'Marketing');
    assert.equal(handshake![HANDSHAKE_FIELD.toFunction], 'Sales Development');
    assert.equal(handshake![HANDSHAKE_FIELD.fromUser], giver);
    assert.ok(reps.includes(String(handshake!.OwnerId)));
    assert.equal(handshake![HANDSHAKE_FIELD.toUser], handshake!.OwnerId);
    const requested = Date.parse(String(handshake![HANDSHAKE_FIELD.requestedAt]));
    assert.equal(Date.parse(String(handshake![HANDSHAKE_FIELD.dueAt])) - requested, 8 * HOUR);
    assert.equal(Date.parse(String(handshake![HANDSHAKE_FIELD.remindAt])) - requested, 4 * HOUR);
    assert.equal((await opportunity(id))[FIELD.handshakeStatus], 'Pending');
    assert.equal((await opportunity(id)).OwnerId, giver);
    const [task] = await tasksOf(id);
    assert.equal(task!.OwnerId, handshake!.OwnerId);
    assert.equal(task!.Subject, 'Accept or reject: Acme (Prioritized)');
    assert.match(
      String(task!.Description),
      /Accepting makes you the owner of the opportunity\..*goes back to Engaged/s,
    );
    const due = new Date(requested + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 16);
    assert.ok(String(task!.Description).includes(`by ${due} GMT (it is in the list`), String(task!.Description));
    assert.match(
      String(task!.Description),
      /Responsible: Sales Development Representative\nAccountable: Head of Sales Development\nConsulted: Demand Generation Manager\nInformed: Account Executive/,
    );
  });

  it('keeps it from moving on, and makes the receiver its owner when accepted', async () => {
    const id = handedOver();
    const [handshake] = await handshakesOf(id);
    assert.match(
      refused('Opportunity', { Id: id, StageName: 'Qualified' }),
      /Sales Development has not accepted this opportunity yet/,
    );
    answer(String(handshake!.Id), 'Accepted');
    const after = (await handshakesOf(id))[0]!;
    assert.equal(after[HANDSHAKE_FIELD.answeredBy], lab.userId);
    assert.ok(after[HANDSHAKE_FIELD.answeredAt]);
    assert.deepEqual(await openQuestions([id]), []);
    assert.equal(after[HANDSHAKE_FIELD.breached], false);
    assert.deepEqual(await opportunity(id), {
      StageName: 'Prioritized',
      OwnerId: handshake!.OwnerId,
      [FIELD.handshakeStatus]: 'Accepted',
    });
    lab.update('Opportunity', [{ Id: id, StageName: 'Qualified' }]);
    assert.match(
      refused(HANDSHAKE, {
        Id: String(after.Id),
        [HANDSHAKE_FIELD.outcome]: 'Rejected',
        [HANDSHAKE_FIELD.reason]: 'No need',
      }),
      /has been answered/,
    );
  });

  it('gives it back when rejected, with a reason, and tells the giver', async () => {
    const id = handedOver();
    const [handshake] = await handshakesOf(id);
    assert.match(
      refused(HANDSHAKE, { Id: String(handshake!.Id), [HANDSHAKE_FIELD.outcome]: 'Rejected' }),
      /Give the reason for rejecting it: Not ready/,
    );
    answer(String(handshake!.Id), 'Rejected', {
      [HANDSHAKE_FIELD.reason]: 'Wrong contact',
      [HANDSHAKE_FIELD.comment]: 'She has left',
    });
    assert.deepEqual(await opportunity(id), {
      StageName: 'Engaged',
      OwnerId: giver,
      [FIELD.handshakeStatus]: 'Rejected',
    });
    const task = (await tasksOf(id)).find(({ OwnerId }) => OwnerId === giver);
    assert.equal(task!.Subject, 'Rejected: Acme (Wrong contact)');
    assert.match(String(task!.Description), /Reason: Wrong contact\nComment: She has left.*yours again, in Engaged/s);
    assert.equal((await handshakesOf(id)).length, 1);
    assert.deepEqual(await openQuestions([id]), []);
    // Handed over again, it is asked again.
    lab.update('Opportunity', [{ Id: id, StageName: 'Prioritized' }]);
    assert.equal((await handshakesOf(id)).length, 2);
    assert.equal((await openQuestions([id])).length, 1);
    assert.equal((await opportunity(id))[FIELD.handshakeStatus], 'Pending');
  });

  it('opens one for each entry into the stage, however fast they follow each other', async () => {
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, () => engaged({ Name: 'Fast' })),
    );
    // Within one transaction, and so within one second as the org keeps it.
    lab.transact((tx) => {
      for (const StageName of ['Prioritized', 'Engaged', 'Prioritized', 'Engaged', 'Prioritized']) {
        const outcomes = tx.save({
          ...{ operation: 'update', object: 'Opportunity', allOrNone: true },
          records: ids.map((Id) => ({ Id, StageName })),
        });
        assert.ok(outcomes.every(({ success }) => success));
      }
    });
    const counts = await lab.query(
      `SELECT ${HANDSHAKE_FIELD.outcome} outcome, COUNT(Id) n FROM ${HANDSHAKE} WHERE ${HANDSHAKE_FIELD.opportunity} IN (${ids.map((id) => `'${id}'`).join(', ')}) GROUP BY ${HANDSHAKE_FIELD.outcome}`,
    );
    assert.deepEqual(
      new Map(counts.map(({ outcome, n }) => [outcome, n])),
      new Map([
        ['Pending', 200],
        ['Withdrawn', 400],
      ]),
    );
    const first = await handshakesOf(ids[0]!);
    assert.deepEqual(
      first.map((each) => each[HANDSHAKE_FIELD.key] === null),
      [true, true, false],
    );
  });

  it('opens only one for the same entry', async () => {
    const id = lab.createOne('Opportunity', engaged());
    // Another save of the same entry was faster: its handshake is there, for this second or the next.
    const now = lab.local.clock.now().getTime();
    const keys = [0, 1_000].map(
      (more) => `${id}:Prioritized:${new Date(now + more).toISOString().slice(0, 19).replace('T', ' ')}Z`,
    );
    lab.create(
      HANDSHAKE,
      keys.map((key) => ({ [HANDSHAKE_FIELD.opportunity]: id, [HANDSHAKE_FIELD.key]: key })),
    );
    lab.update('Opportunity', [{ Id: id, StageName: 'Prioritized' }]);
    assert.equal((await handshakesOf(id)).length, keys.length);
    assert.deepEqual(
      (await tasksOf(id)).filter(({ Subject }) => String(Subject).startsWith('Handshake not opened')),
      [],
    );
  });

  it('is withdrawn when the opportunity goes back, is lost or rests', async () => {
    const moves: readonly Values[] = [
      { StageName: 'Engaged' },
      { StageName: 'Closed Lost', [FIELD.stageReason]: 'Price' },
      { StageName: 'Recycled', [FIELD.stageReason]: 'Timing', [FIELD.nurtureUntil]: '2027-06-01' },
    ];
    for (const move of moves) {
      const id = handedOver();
      const [pending] = await handshakesOf(id);
      assert.match(
        refused(HANDSHAKE, { Id: String(pending!.Id), [HANDSHAKE_FIELD.outcome]: 'Withdrawn' }),
        /Accept it or reject it/,
      );
      lab.update('Opportunity', [{ Id: id, ...move }]);
      const [handshake] = await handshakesOf(id);
      assert.equal(handshake![HANDSHAKE_FIELD.outcome], 'Withdrawn');
      assert.equal(handshake![HANDSHAKE_FIELD.answeredAt], null);
      assert.deepEqual(await openQuestions([id]), []);
      const now = await opportunity(id);
      assert.equal(now.StageName, move.StageName);
      assert.equal(now[FIELD.handshakeStatus], 'Withdrawn');
    }
  });

  it('asks nobody when an opportunity is created in the stage or comes from elsewhere', async () => {
    const id = lab.createOne('Opportunity', engaged({ StageName: 'Prioritized' }));
    lab.update('Opportunity', [{ Id: id, StageName: 'Qualified', NextStep: 'Call' }]);
    lab.update('Opportunity', [{ Id: id, StageName: 'Prioritized' }]);
    assert.deepEqual(await handshakesOf(id), []);
  });

  it('follows its owner, and asks for what comes back from a detour of the giver', async () => {
    const id = lab.createOne(
      'Opportunity',
      engaged({ StageName: 'Recycled', [FIELD.stageReason]: 'Timing', [FIELD.nurtureUntil]: '2099-01-01' }),
    );
    lab.update('Opportunity', [{ Id: id, StageName: 'Prioritized' }]);
    const [handshake] = await handshakesOf(id);
    assert.equal(handshake![HANDSHAKE_FIELD.outcome], 'Pending');
    lab.update(HANDSHAKE, [{ Id: String(handshake!.Id), OwnerId: executive }]);
    assert.equal((await handshakesOf(id))[0]![HANDSHAKE_FIELD.toUser], executive);
    answer(String(handshake!.Id), 'Accepted');
    assert.equal((await opportunity(id)).OwnerId, executive);
  });

  it('is not carried into a clone', async () => {
    const id = handedOver();
    const source = await row('Opportunity', id, [FIELD.stampedAt, FIELD.handshakeStatus, FIELD.slaBreaches]);
    const copy = lab.createOne('Opportunity', engaged({ StageName: 'Prioritized', ...(source as Values) }));
    assert.equal((await opportunity(copy))[FIELD.handshakeStatus], null);
    lab.update('Opportunity', [{ Id: copy, StageName: 'Qualified' }]);
  });

  it('asks nobody for whoever holds the bypass permission', async () => {
    const [bypass] = await lab.query(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`);
    const assigned = lab.createOne('PermissionSetAssignment', {
      AssigneeId: lab.userId,
      PermissionSetId: String(bypass!.Id),
    });
    const id = handedOver();
    lab.update('Opportunity', [{ Id: id, StageName: 'Closed Lost' }]);
    lab.remove('PermissionSetAssignment', [assigned]);
    assert.deepEqual(await handshakesOf(id), []);
  });

  it('asks somebody of the role', async () => {
    const id = lab.createOne('Opportunity', engaged({ StageName: 'Qualified', NextStep: 'Meet' }));
    lab.update('Opportunity', [{ Id: id, StageName: 'Discovery' }]);
    const [handshake] = await handshakesOf(id);
    assert.equal(handshake!.OwnerId, executive);
  });

  it('lets just its owner answer, and nobody write what automation writes', async () => {
    const [profile] = await lab.query("SELECT Id FROM Profile WHERE Name = 'Standard User'");
    const [permissions] = await lab.query(
      `SELECT Id FROM PermissionSet WHERE Name = '${PERMISSION_SET.salesDevelopment}'`,
    );
    const people = await Promise.all(
      ['asked', 'other'].map((name) => lab.createUser(name, { ProfileId: String(profile!.Id) })),
    );
    for (const AssigneeId of people)
      lab.createOne('PermissionSetAssignment', { AssigneeId, PermissionSetId: String(permissions!.Id) });
    const id = handedOver();
    const [handshake] = await handshakesOf(id);
    lab.update(HANDSHAKE, [{ Id: String(handshake!.Id), OwnerId: people[0]! }]);
    const { url, token } = lab.deployed.running;
    const send = async (name: string, body: Values): Promise<string> => {
      const headers = { 'content-type': 'application/json' };
      const login = await fetch(`${url}/local/login`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${token}` },
        body: JSON.stringify({ username: `${name}@lab.example` }),
      });
      const { accessToken } = (await login.json()) as { accessToken: string };
      const answered = await fetch(`${url}/services/data/v66.0/sobjects/${HANDSHAKE}/${String(handshake!.Id)}`, {
        method: 'PATCH',
        headers: { ...headers, authorization: `Bearer ${accessToken}` },
        body: JSON.stringify(body),
      });
      return `${String(answered.status)} ${await answered.text()}`;
    };
    const accepted = { [HANDSHAKE_FIELD.outcome]: 'Accepted', [HANDSHAKE_FIELD.comment]: 'Mine' };
    assert.match(await send('other', accepted), /INSUFFICIENT_ACCESS/);
    for (const field of [
      HANDSHAKE_FIELD.dueAt,
      HANDSHAKE_FIELD.breached,
      HANDSHAKE_FIELD.answeredBy,
      HANDSHAKE_FIELD.key,
    ])
      assert.match(await send('asked', { [field]: null }), /^400 .*INVALID_FIELD_FOR_INSERT_UPDATE/, field);
    assert.match(await send('asked', accepted), /^204/);
    assert.equal((await opportunity(id)).OwnerId, people[0]);
    assert.equal((await handshakesOf(id))[0]![HANDSHAKE_FIELD.answeredBy], people[0]);
  });

  it('hands 200 over at once to three users: 67, 67 and 66, within the budgets', async () => {
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, (_, index) => engaged({ Name: `Batch ${String(index)}` })),
    );
    const asked = lab.usedToUpdate(
      'Opportunity',
      ids.map((Id) => ({ Id, StageName: 'Prioritized' })),
    );
    // The request: two saves; the assignment: a queue and its users, the notification type, two saves.
    within(asked, { queries: 4, dmlStatements: 4 });
    const owners = await lab.query(
      `SELECT OwnerId, COUNT(Id) n FROM ${HANDSHAKE} WHERE ${HANDSHAKE_FIELD.opportunity} IN (${ids.map((id) => `'${id}'`).join(', ')}) GROUP BY OwnerId`,
    );
    assert.deepEqual(owners.map(({ n }) => n).sort(), [66, 67, 67]);
    const pending = await lab.query(`SELECT Id FROM ${HANDSHAKE} WHERE ${HANDSHAKE_FIELD.outcome} = 'Pending'`);
    const of200 = pending.filter(({ Id }) => typeof Id === 'string').slice(-200);
    const answered = lab.usedToUpdate(
      HANDSHAKE,
      of200.map(({ Id }, index) => ({
        Id: String(Id),
        [HANDSHAKE_FIELD.outcome]: index % 2 === 0 ? 'Accepted' : 'Rejected',
        [HANDSHAKE_FIELD.reason]: index % 2 === 0 ? null : 'Not ready',
      })),
    );
    // The opportunities, the giver's tasks, and the tasks that asked.
    within(answered, { queries: 2, dmlStatements: 3 });
    assert.deepEqual(await openQuestions(ids), []);
    const stages = await lab.query(
      `SELECT StageName, COUNT(Id) n FROM Opportunity WHERE Name LIKE 'Batch%' GROUP BY StageName`,
    );
    assert.deepEqual(
      new Map(stages.map(({ StageName, n }) => [StageName, n])),
      new Map([
        ['Prioritized', 100],
        ['Engaged', 100],
      ]),
    );
  });
});
