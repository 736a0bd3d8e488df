/** Buying groups at work in a local org: members added, changed and removed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FIELD, MEMBER_FIELD } from '../../../scripts/compile/names.ts';
import { GROUP_FIELDS, MEMBER, ROLES, openGroupLab } from './group-lab.ts';
import type { GroupLab } from './group-lab.ts';
import type { Values } from './org-lab.ts';

describe('buying groups in a local org', () => {
  let lab: GroupLab;

  before(async () => {
    lab = await openGroupLab();
  });
  after(() => lab.close());

  it('stamps a member: key, status, source, score on joining; keeps what somebody says', async () => {
    const group = lab.openGroup();
    const [ann, bob] = lab.people([42, 7]);
    const [first, second] = lab.create(MEMBER, [
      lab.member(group, ann!, 'Champion'),
      lab.member(group, bob!, 'User', { [MEMBER_FIELD.status]: 'Confirmed', [MEMBER_FIELD.source]: 'Inbound' }),
    ]);
    const stamped = await lab.rowOf(first!);
    assert.equal(stamped[MEMBER_FIELD.key], `${group}:${ann!}`);
    assert.equal(stamped[MEMBER_FIELD.status], 'Potential');
    assert.equal(stamped[MEMBER_FIELD.source], 'Research');
    assert.equal(stamped[MEMBER_FIELD.scoreAtJoining], 42);
    lab.update('Contact', [{ Id: ann!, Lead_Score__c: 90 }]);
    const later = await lab.rowOf(first!);
    assert.deepEqual([later[MEMBER_FIELD.scoreAtJoining], later[MEMBER_FIELD.leadScore]], [42, 90]);
    const said = await lab.rowOf(second!);
    assert.deepEqual([said[MEMBER_FIELD.status], said[MEMBER_FIELD.source]], ['Confirmed', 'Inbound']);
  });

  it('counts on every add, change and removal of a member', async () => {
    const group = lab.openGroup();
    const [ann, bob] = lab.people([40, 60]);
    const first = lab.createOne(MEMBER, lab.member(group, ann!, 'Champion'));
    assert.deepEqual(await lab.groupOf(group), [1, 0, 1, 25, 'Decision Maker; Signer; Influencer', 40, 40, 0]);
    const second = lab.createOne(MEMBER, lab.member(group, bob!, 'User'));
    // Not one of the roles of a full group for the platform.
    assert.deepEqual(await lab.groupOf(group), [2, 0, 1, 25, 'Decision Maker; Signer; Influencer', 60, 100, 0]);
    lab.update(MEMBER, [{ Id: second, Role: 'Decision Maker', [MEMBER_FIELD.status]: 'Confirmed' }]);
    assert.deepEqual(await lab.groupOf(group), [2, 1, 2, 50, 'Signer; Influencer', 60, 100, 0]);
    lab.remove(MEMBER, [first]);
    lab.work();
    assert.deepEqual(await lab.groupOf(group), [1, 1, 1, 25, 'Signer; Champion; Influencer', 60, 60, 0]);
    lab.remove(MEMBER, [second]);
    lab.work();
    assert.deepEqual(await lab.groupOf(group), [0, 0, 0, 0, ROLES.slice(0, 4).join('; '), 0, 0, 0]);
    assert.equal(await lab.leastEngaged(group), null);
  });

  it('takes a contact without a score as it is', async () => {
    const group = lab.openGroup();
    const [ann] = lab.people([null]);
    const id = lab.createOne(MEMBER, lab.member(group, ann!));
    assert.equal((await lab.rowOf(id))[MEMBER_FIELD.scoreAtJoining], null);
    assert.deepEqual((await lab.groupOf(group)).slice(5, 7), [0, 0]);
    assert.equal(await lab.leastEngaged(group), ann);
  });

  it('counts two removals within a second both', async () => {
    const group = lab.openGroup();
    const ids = lab.create(
      MEMBER,
      lab.people([1, 2, 3]).map((id) => lab.member(group, id)),
    );
    for (const id of ids.slice(0, 2)) {
      lab.remove(MEMBER, [id]);
      lab.work();
    }
    assert.equal((await lab.groupOf(group))[0], 1);
  });

  it('knows a full group per solution, and nothing about roles without one', async () => {
    const platform = lab.openGroup();
    const analytics = lab.openGroup({ [FIELD.solution]: 'Analytics' });
    const unknown = lab.openGroup({ [FIELD.solution]: null });
    const [ann] = lab.people([10]);
    lab.create(
      MEMBER,
      [platform, analytics, unknown].map((group) => lab.member(group, ann!, 'Decision Maker')),
    );
    assert.deepEqual((await lab.groupOf(platform)).slice(2, 5), [1, 25, 'Signer; Champion; Influencer']);
    assert.deepEqual((await lab.groupOf(analytics)).slice(2, 5), [1, 33, 'Champion; User']);
    assert.deepEqual((await lab.groupOf(unknown)).slice(0, 5), [1, 0, null, null, null]);
    lab.update('Opportunity', [{ Id: unknown, [FIELD.solution]: 'Services' }]);
    lab.work();
    assert.deepEqual((await lab.groupOf(unknown)).slice(2, 5), [1, 33, 'Champion; User']);
  });

  it('lets one person be in several groups with different roles, and counts each score change in all of them', async () => {
    const [one, two] = [lab.openGroup(), lab.openGroup({ [FIELD.solution]: 'Automation' })];
    const [ann] = lab.people([5]);
    lab.create(MEMBER, [lab.member(one, ann!, 'Signer'), lab.member(two, ann!, 'User')]);
    assert.deepEqual((await lab.groupOf(one)).slice(2, 4), [1, 25]);
    assert.deepEqual((await lab.groupOf(two)).slice(2, 4), [1, 33]);
    lab.update('Contact', [{ Id: ann!, Lead_Score__c: 99 }]);
    for (const group of [one, two]) assert.deepEqual((await lab.groupOf(group)).slice(5, 7), [99, 99]);
  });

  it('names the least engaged member: never responded first, then longest ago, then the lowest score', async () => {
    const group = lab.openGroup();
    const [ann, bob, cid] = lab.people([50, 10, 90]);
    const ids = lab.create(MEMBER, [lab.member(group, ann!), lab.member(group, bob!), lab.member(group, cid!)]);
    assert.equal(await lab.leastEngaged(group), bob);
    const at = (id: string, moment: string) => ({ Id: id, [MEMBER_FIELD.lastEngagementAt]: moment });
    lab.update(MEMBER, [at(ids[1]!, '2026-05-01T08:00:00.000Z')]);
    assert.equal(await lab.leastEngaged(group), ann);
    lab.update(MEMBER, [at(ids[0]!, '2026-04-01T08:00:00.000Z'), at(ids[2]!, '2026-06-01T08:00:00.000Z')]);
    assert.equal(await lab.leastEngaged(group), ann);
    const [row] = await lab.query(`SELECT ${FIELD.lastSignalAt} FROM Opportunity WHERE Id = '${group}'`);
    assert.match(String(row![FIELD.lastSignalAt]), /^2026-06-01T08:00:00/);
  });

  it('counts responses for the solution, also from before joining', async () => {
    const group = lab.openGroup();
    const [ann] = lab.people([1]);
    const campaigns = lab.create(
      'Campaign',
      ['Core Platform', 'Core Platform', 'Analytics', null].map((solution, index) => ({
        Name: `Campaign ${String(index)}`,
        IsActive: true,
        Solution__c: solution,
      })),
    );
    lab.create('CampaignMember', [
      ...campaigns.map((CampaignId) => ({ CampaignId, ContactId: ann!, Status: 'Responded' })),
    ]);
    const joined = await lab.query(
      `SELECT Id FROM ${MEMBER} WHERE OpportunityId = '${group}' AND ContactId = '${ann!}'`,
    );
    const id = joined.length > 0 ? String(joined[0]!.Id) : lab.createOne(MEMBER, lab.member(group, ann!, 'Champion'));
    const row = await lab.rowOf(id);
    assert.equal(row[MEMBER_FIELD.signalCount], 2);
    assert.ok(row[MEMBER_FIELD.lastEngagementAt]);
    assert.equal((await lab.groupOf(group))[7], 2);
    // Another solution: what was said about this one counts now.
    lab.update('Opportunity', [{ Id: group, [FIELD.solution]: 'Analytics' }]);
    lab.work();
    assert.equal((await lab.groupOf(group))[7], 1);
  });

  it('refuses the same contact twice in one group and names the role the contact has', async () => {
    const [group, other] = [lab.openGroup(), lab.openGroup()];
    const [ann, bob] = lab.people([1, 2]);
    const first = lab.createOne(MEMBER, lab.member(group, ann!, 'Champion'));
    const [refused] = lab.attempt('insert', MEMBER, [lab.member(group, ann!, 'Signer')]);
    assert.match(refused!.errors[0]!.message, /^Person \d+ is in this buying group already as Champion\. Change that/);
    assert.deepEqual(refused!.errors[0]!.fields, ['ContactId']);
    const second = lab.createOne(MEMBER, lab.member(group, bob!, 'User'));
    const [turned] = lab.attempt('update', MEMBER, [{ Id: second, ContactId: ann! }]);
    assert.match(turned!.errors[0]!.message, /already as Champion/);
    lab.createOne(MEMBER, lab.member(other, ann!, 'Signer'));
    lab.update(MEMBER, [{ Id: first, Role: 'Influencer' }]);
    assert.equal((await lab.groupOf(group))[0], 2);
  });

  it('keeps one of two doubles in one batch, by the key', async () => {
    const group = lab.openGroup();
    const [ann, bob] = lab.people([1, 2]);
    const results = lab.attempt('insert', MEMBER, [
      lab.member(group, ann!),
      lab.member(group, ann!),
      lab.member(group, bob!),
    ]);
    assert.deepEqual(
      results.map(({ success }) => success),
      [true, false, true],
    );
    assert.equal(results[1]!.errors[0]!.statusCode, 'DUPLICATE_VALUE');
    assert.equal((await lab.groupOf(group))[0], 2);
  });

  it('lets doubles from before the automation be edited and removed', async () => {
    const group = lab.openGroup();
    const [ann] = lab.people([1]);
    const doubles = await lab.bypassed(() =>
      lab.create(MEMBER, [lab.member(group, ann!, 'User'), lab.member(group, ann!, 'Signer')]),
    );
    for (const Id of doubles) lab.update(MEMBER, [{ Id, Role: 'Champion' }]);
    lab.update(
      MEMBER,
      doubles.map((Id) => ({ Id, Role: 'Influencer' })),
    );
    assert.equal((await lab.groupOf(group))[0], 2);
    lab.remove(MEMBER, [doubles[0]!]);
    lab.work();
    lab.update(MEMBER, [{ Id: doubles[1]!, Role: 'Signer' }]);
    assert.equal((await lab.rowOf(doubles[1]!))[MEMBER_FIELD.key], `${group}:${ann!}`);
  });

  it('counts without a contact that is deleted, at once', async () => {
    const [one, two] = [lab.openGroup(), lab.openGroup()];
    const [ann, bob] = lab.people([80, 20]);
    lab.create(MEMBER, [
      lab.member(one, ann!, 'Signer'),
      lab.member(one, bob!, 'Champion'),
      lab.member(two, ann!, 'User'),
    ]);
    lab.remove('Contact', [ann!]);
    assert.deepEqual((await lab.groupOf(one)).slice(0, 7), [1, 0, 1, 25, 'Decision Maker; Signer; Influencer', 20, 20]);
    assert.equal((await lab.groupOf(two))[0], 0);
  });

  it('is off for whoever holds the bypass permission', async () => {
    const group = lab.openGroup();
    const [ann] = lab.people([80]);
    await lab.bypassed(() => lab.create(MEMBER, [lab.member(group, ann!)]));
    assert.deepEqual((await lab.groupOf(group)).slice(0, 2), [null, null]);
  });

  it('clears what is counted from a copy of the opportunity', async () => {
    const group = lab.openGroup();
    lab.create(
      MEMBER,
      lab.people([80]).map((id) => lab.member(group, id)),
    );
    const [source] = await lab.query(
      `SELECT ${GROUP_FIELDS.join(', ')}, ${FIELD.stampedAt} FROM Opportunity WHERE Id = '${group}'`,
    );
    const copy = lab.openGroup({ ...(source as Values) });
    assert.deepEqual(
      await lab.groupOf(copy),
      GROUP_FIELDS.map(() => null),
    );
  });

  it('stops counting scores while the opportunity is closed, and catches up when it is reopened', async () => {
    const group = lab.openGroup();
    const [ann] = lab.people([10]);
    lab.createOne(MEMBER, lab.member(group, ann!));
    lab.update('Opportunity', [{ Id: group, StageName: 'Closed Lost', Stage_Reason__c: 'Price' }]);
    lab.update('Contact', [{ Id: ann!, Lead_Score__c: 70 }]);
    assert.equal((await lab.groupOf(group))[5], 10);
    lab.update('Opportunity', [{ Id: group, StageName: 'Engaged' }]);
    lab.work();
    assert.equal((await lab.groupOf(group))[5], 70);
  });

  it('counts without a member although the org lets nobody touch the others', async () => {
    const group = lab.openGroup();
    const ids = lab.create(
      MEMBER,
      lab.people([5, 6, 7]).map((id) => lab.member(group, id)),
    );
    const rule = { errorMessage: 'Members stay as they are.', errorConditionFormula: 'NOT(ISNEW())' };
    await lab.deploy('ValidationRule', `${MEMBER}.Own_Rule`, { ...rule, active: true });
    lab.remove(MEMBER, [ids[1]!]);
    await lab.deploy('ValidationRule', `${MEMBER}.Own_Rule`, { ...rule, active: false });
    lab.work();
    assert.deepEqual((await lab.groupOf(group)).slice(0, 1), [2]);
  });

  it('lets members join, change and go where the org refuses the opportunity, and tells RevOps', async () => {
    const [strict, open] = [lab.openGroup({ Name: 'Strict' }), lab.openGroup()];
    await lab.deploy('ValidationRule', 'Opportunity.Own_Rule', {
      ...{ active: true, errorMessage: 'Nobody changes this one.' },
      errorConditionFormula: 'AND(NOT(ISNEW()), Name = "Strict")',
    });
    const [ann, bob] = lab.people([10, 20]);
    const [first] = lab.create(MEMBER, [lab.member(strict, ann!, 'Champion'), lab.member(open, bob!, 'Champion')]);
    assert.equal((await lab.groupOf(open))[0], 1);
    assert.equal((await lab.groupOf(strict))[0], null);
    const told = await lab.tasksOf(strict);
    assert.equal(told[0]!['Subject'], 'Buying group not counted');
    assert.match(String(told[0]!['Description']), /Nobody changes this one\./);
    lab.update('Contact', [{ Id: ann!, Lead_Score__c: 30 }]);
    lab.remove(MEMBER, [first!]);
    lab.work();
    assert.deepEqual(await lab.query(`SELECT Id FROM ${MEMBER} WHERE OpportunityId = '${strict}'`), []);
    assert.equal((await lab.tasksOf(strict)).length, 3);

    // Once the reason is gone, the next change counts everything.
    await lab.deploy('ValidationRule', 'Opportunity.Own_Rule', {
      ...{ active: false, errorMessage: 'Nobody changes this one.' },
      errorConditionFormula: 'AND(NOT(ISNEW()), Name = "Strict")',
    });
    lab.createOne(MEMBER, lab.member(strict, bob!, 'Signer'));
    assert.equal((await lab.groupOf(strict))[0], 1);
  });
});
