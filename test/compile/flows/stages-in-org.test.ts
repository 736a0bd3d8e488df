/** Service levels, reasons and recycling at work in a local org, and handshakes by other rules than the default model has. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BYPASS_PERMISSION_SET, FIELD, FLOW, HANDSHAKE, HANDSHAKE_FIELD } from '../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../scripts/model/waterfall.ts';
import { defaultModel } from './default-model.ts';
import { openLab, ownRule, within } from './org-lab.ts';
import type { Lab, Values } from './org-lab.ts';

const MARKETING_OWNER = 'Marketing_Owner__c';
const EXECUTIVE = 'Account_Executive__c';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Acquisition alone; hand-overs to a user of the account, escalated to the accountable role, without a change of owner. */
const variant = (model: Waterfall): Waterfall => ({
  ...model,
  buyingGroups: { ...model.buyingGroups, roles: [], groups: [] },
  closedWon: [],
  handshakes: model.handshakes
    .filter(({ opportunityType, stage }) => opportunityType === 'acquisition' && stage === 'Discovery')
    .map((rule) => ({
      ...rule,
      assignment: { by: 'accountField', value: EXECUTIVE },
      onAccept: { makeOwner: false },
      onSilence: { ...rule.onSilence, escalateTo: 'accountable' },
      sla: { amount: 1, unit: 'businessDays' },
    })),
  leads: null,
  lostRenewal: null,
  opportunityTypes: model.opportunityTypes
    .filter(({ key }) => key === 'acquisition')
    .map((type) => ({ ...type, creation: { ...type.creation, ownerChain: [MARKETING_OWNER] } })),
  promotions: [],
  solutions: [],
});

describe('stages in a local org', () => {
  let lab: Lab;
  let recordType: string;
  let marketer: string;
  let seller: string;

  const later = (milliseconds: number): void =>
    lab.local.clock.moveTo(new Date(lab.local.clock.now().getTime() + milliseconds));
  const wait = (milliseconds: number, flow: string) => {
    later(milliseconds);
    return lab.work().filter((each) => each.flow === flow);
  };
  const dayFromNow = (days: number): string =>
    new Date(lab.local.clock.now().getTime() + days * DAY).toISOString().slice(0, 10);
  const state = async (id: string, ...fields: readonly string[]) =>
    (await lab.query(`SELECT ${fields.join(', ')} FROM Opportunity WHERE Id = '${id}'`))[0]!;
  const tasksOf = (id: string) => lab.query(`SELECT Subject, Description, OwnerId FROM Task WHERE WhatId = '${id}'`);
  const deal = (more: Values = {}): Values => ({
    Name: 'Acme',
    StageName: 'Qualified',
    NextStep: 'Meet',
    CloseDate: '2027-01-31',
    RecordTypeId: recordType,
    OwnerId: seller,
    ...more,
  });
  const notifications = async (contains: string): Promise<readonly string[]> => {
    const { url, token } = lab.deployed.running;
    const answer = await fetch(
      `${url}/local/outbox?kind=notification&last=1000&contains=${encodeURIComponent(contains)}`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    const { messages } = (await answer.json()) as { messages: readonly { message: { title: string } }[] };
    return messages.map(({ message }) => message.title).sort();
  };

  before(async () => {
    lab = await openLab(variant(await defaultModel()));
    recordType = await lab.recordType('Acquisition');
    marketer = await lab.createUser('marketer');
    seller = await lab.createUser('seller');
  });
  after(() => lab.close());

  it('marks, counts and tells a service level that runs out, once per stage', async () => {
    const id = lab.createOne('Opportunity', deal({ Name: 'Slow' }));
    assert.deepEqual(await state(id, FIELD.slaBreached, FIELD.slaBreaches), {
      [FIELD.slaBreached]: false,
      [FIELD.slaBreaches]: 0,
    });
    wait(8 * DAY, FLOW.stageSla);
    assert.deepEqual(await state(id, FIELD.slaBreached, FIELD.slaBreaches), {
      [FIELD.slaBreached]: true,
      [FIELD.slaBreaches]: 1,
    });
    const [task, ...others] = await tasksOf(id);
    assert.deepEqual(others, []);
    assert.equal(task!.Subject, 'Overdue in Qualified: Slow');
    assert.equal(task!.OwnerId, seller);
    assert.match(
      String(task!.Description),
      /is in Qualified since \d{4}-\d\d-\d\d \d\d:\d\d GMT and should have left it by \d{4}-\d\d-\d\d \d\d:\d\d GMT\./,
    );
    assert.match(
      String(task!.Description),
      /Next step: Arrange the first meeting.*Responsible: Sales Development Representative\nAccountable: Head of Sales Development/s,
    );
    assert.deepEqual(await notifications('Overdue in Qualified: Slow'), ['Overdue in Qualified: Slow']);
    wait(100 * DAY, FLOW.stageSla);
    assert.equal((await tasksOf(id)).length, 1);

    // In the next stage it is on time again, and may be late again.
    lab.update('Opportunity', [{ Id: id, StageName: 'Negotiation', Amount: 1, [FIELD.contractTermMonths]: 12 }]);
    assert.equal((await state(id, FIELD.slaBreached))[FIELD.slaBreached], false);
    wait(30 * DAY, FLOW.stageSla);
    assert.deepEqual(await state(id, FIELD.slaBreached, FIELD.slaBreaches), {
      [FIELD.slaBreached]: true,
      [FIELD.slaBreaches]: 2,
    });
  });

  it('tells nobody of what has moved on or was closed in time', async () => {
    const id = lab.createOne('Opportunity', deal());
    later(DAY);
    lab.update('Opportunity', [{ Id: id, StageName: 'Closed Lost', [FIELD.stageReason]: 'Price' }]);
    wait(100 * DAY, FLOW.stageSla);
    assert.deepEqual(await tasksOf(id), []);
  });

  it('keeps watching what somebody with the bypass permission edits', async () => {
    const id = lab.createOne('Opportunity', deal({ Name: 'Edited' }));
    const [bypass] = await lab.query(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`);
    const assigned = lab.createOne('PermissionSetAssignment', {
      AssigneeId: lab.userId,
      PermissionSetId: String(bypass!.Id),
    });
    lab.update('Opportunity', [{ Id: id, Amount: 7 }]);
    lab.remove('PermissionSetAssignment', [assigned]);
    wait(20 * DAY, FLOW.stageSla);
    assert.equal((await tasksOf(id)).length, 1);
  });

  it('tells RevOps when the org refuses to mark a breach', async () => {
    const id = lab.createOne('Opportunity', deal({ Name: 'Stubborn' }));
    await ownRule(lab, `AND(${FIELD.slaBreached}, Name = "Stubborn")`, 'Never late.');
    wait(20 * DAY, FLOW.stageSla);
    const [task] = await tasksOf(id);
    assert.equal(task!.Subject, 'Stage SLA not followed up: Stubborn');
    assert.match(String(task!.Description), /Never late\./);
    await ownRule(lab, 'FALSE', 'Off.', false);
  });

  it('recycles to marketing with a reason, and comes back on the day', async () => {
    const account = lab.createOne('Account', { Name: 'Acme', [MARKETING_OWNER]: marketer });
    const id = lab.createOne('Opportunity', deal({ AccountId: account, Name: 'Resting' }));
    const until = dayFromNow(30);
    lab.update('Opportunity', [
      { Id: id, StageName: 'Recycled', [FIELD.stageReason]: 'Timing', [FIELD.nurtureUntil]: until },
    ]);
    assert.deepEqual(await state(id, 'OwnerId', FIELD.stageReason, FIELD.nurtureUntil), {
      OwnerId: marketer,
      [FIELD.stageReason]: 'Timing',
      [FIELD.nurtureUntil]: until,
    });
    assert.deepEqual(wait(28 * DAY, FLOW.comeBack), []);
    assert.equal((await state(id, 'StageName')).StageName, 'Recycled');
    assert.equal(wait(2 * DAY, FLOW.comeBack).length, 1);
    assert.deepEqual(await state(id, 'StageName', 'OwnerId', FIELD.stageReason, FIELD.nurtureUntil), {
      StageName: 'Engaged',
      OwnerId: marketer,
      [FIELD.stageReason]: null,
      [FIELD.nurtureUntil]: null,
    });
    const task = (await tasksOf(id)).find(({ Subject }) => Subject === 'Back from Recycled: Resting');
    assert.equal(task!.OwnerId, marketer);
    assert.match(
      String(task!.Description),
      new RegExp(`^Resting rested in Recycled until ${until} and is back in Engaged`),
    );
    assert.match(String(task!.Description), /Why it rested: Timing.*Responsible: Demand Generation Manager/s);
  });

  it('moves with the date, and stays away from what was taken up before', async () => {
    const rest = { StageName: 'Recycled', [FIELD.stageReason]: 'Timing', [FIELD.nurtureUntil]: dayFromNow(10) };
    const moved = lab.createOne('Opportunity', deal(rest));
    const taken = lab.createOne('Opportunity', deal(rest));
    assert.equal((await state(moved, 'OwnerId')).OwnerId, seller);
    lab.update('Opportunity', [{ Id: moved, [FIELD.nurtureUntil]: dayFromNow(20) }]);
    lab.update('Opportunity', [{ Id: taken, StageName: 'Engaged' }]);
    assert.deepEqual(await state(taken, FIELD.stageReason, FIELD.nurtureUntil), {
      [FIELD.stageReason]: null,
      [FIELD.nurtureUntil]: null,
    });
    wait(11 * DAY, FLOW.comeBack);
    assert.equal((await state(moved, 'StageName')).StageName, 'Recycled');
    wait(11 * DAY, FLOW.comeBack);
    assert.equal((await state(moved, 'StageName')).StageName, 'Engaged');
  });

  it('tells RevOps when the org refuses the way back', async () => {
    const id = lab.createOne(
      'Opportunity',
      deal({
        Name: 'Stuck',
        StageName: 'Recycled',
        [FIELD.stageReason]: 'Timing',
        [FIELD.nurtureUntil]: dayFromNow(3),
      }),
    );
    await ownRule(lab, 'AND(ISPICKVAL(StageName, "Engaged"), Name = "Stuck")', 'Not yet.');
    wait(4 * DAY, FLOW.comeBack);
    assert.equal((await state(id, 'StageName')).StageName, 'Recycled');
    const [task] = await tasksOf(id);
    assert.equal(task!.Subject, 'Not back from Recycled: Stuck');
    assert.match(String(task!.Description), /Not yet\./);
    await ownRule(lab, 'FALSE', 'Off.', false);
  });

  it('asks the user of the account, keeps the owner, and escalates to the accountable role', async () => {
    const executive = await lab.createUser('executive');
    const role = lab.createOne('UserRole', { Name: 'Head of Sales', DeveloperName: 'Head_of_Sales' });
    const head = await lab.createUser('head', { UserRoleId: role });
    const account = lab.createOne('Account', { Name: 'Acme', [EXECUTIVE]: executive });
    const id = lab.createOne('Opportunity', deal({ AccountId: account }));
    lab.update('Opportunity', [{ Id: id, StageName: 'Discovery' }]);
    const [handshake] = await lab.query(
      `SELECT Id, OwnerId, ${HANDSHAKE_FIELD.dueAt}, ${HANDSHAKE_FIELD.requestedAt} FROM ${HANDSHAKE} WHERE ${HANDSHAKE_FIELD.opportunity} = '${id}'`,
    );
    assert.equal(handshake!.OwnerId, executive);
    const due = new Date(String(handshake![HANDSHAKE_FIELD.dueAt]));
    assert.ok(![0, 6].includes(due.getUTCDay()), due.toISOString());
    wait(4 * DAY, FLOW.handshakeReminder);
    const [late] = await lab.query(
      `SELECT ${HANDSHAKE_FIELD.escalatedTo}, ${HANDSHAKE_FIELD.breached} FROM ${HANDSHAKE} WHERE Id = '${String(handshake!.Id)}'`,
    );
    assert.deepEqual(late, { [HANDSHAKE_FIELD.escalatedTo]: head, [HANDSHAKE_FIELD.breached]: true });
    assert.deepEqual(await notifications('Acme (Discovery)'), [
      'Accept or reject: Acme (Discovery)',
      'Not answered in time: Acme (Discovery)',
      'Please answer: Acme (Discovery)',
    ]);
    lab.update(HANDSHAKE, [{ Id: String(handshake!.Id), [HANDSHAKE_FIELD.outcome]: 'Accepted' }]);
    assert.deepEqual(await state(id, 'OwnerId', FIELD.handshakeStatus), {
      OwnerId: seller,
      [FIELD.handshakeStatus]: 'Accepted',
    });
  });

  it('asks RevOps where there is no account, or no user in its field', async () => {
    for (const AccountId of [null, lab.createOne('Account', { Name: 'Nobody there' })]) {
      const id = lab.createOne('Opportunity', deal({ AccountId, Name: 'Alone' }));
      lab.update('Opportunity', [{ Id: id, StageName: 'Discovery' }]);
      const handshakes = await lab.query(
        `SELECT OwnerId FROM ${HANDSHAKE} WHERE ${HANDSHAKE_FIELD.opportunity} = '${id}'`,
      );
      assert.deepEqual(handshakes, [{ OwnerId: lab.userId }]);
      assert.match(
        String((await tasksOf(id))[0]!.Description),
        /no active user in the field Account_Executive__c.*answer it yourself\. Accepting leaves the owner of the opportunity as it is\./s,
      );
    }
  });

  it('marks 200 at once with one query and two saves, and brings 200 back with one query and two saves', async () => {
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, (_, index) => deal({ Name: `Late ${String(index)}` })),
    );
    wait(20 * DAY, FLOW.stageSla);
    const [late] = await lab.query(
      `SELECT COUNT(Id) n FROM Opportunity WHERE Name LIKE 'Late%' AND ${FIELD.slaBreached} = TRUE`,
    );
    assert.equal(late!.n, 200);
    const resting = lab.usedToUpdate(
      'Opportunity',
      ids.map((Id) => ({
        Id,
        StageName: 'Recycled',
        [FIELD.stageReason]: 'Timing',
        [FIELD.nurtureUntil]: dayFromNow(5),
      })),
    );
    // Nobody of marketing is found, and RevOps is told: the permission set, who holds it, the tasks.
    within(resting, { queries: 2, dmlStatements: 1 });
    wait(6 * DAY, FLOW.comeBack);
    const [back] = await lab.query(
      `SELECT COUNT(Id) n FROM Opportunity WHERE Name LIKE 'Late%' AND StageName = 'Engaged' AND ${FIELD.stageReason} = NULL`,
    );
    assert.equal(back!.n, 200);
  });
});
