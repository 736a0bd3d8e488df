/** Buying groups at work in a local org: members added, changed and removed, one by one and two hundred at once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BYPASS_PERMISSION_SET, FIELD, MEMBER_FIELD } from '../../../scripts/compile/names.ts';
import type { OrgRecord } from '../../../scripts/org/types.ts';
import { defaultModel } from './default-model.ts';
import { openLab } from './org-lab.ts';
import type { Lab, Used, Values } from './org-lab.ts';

const MEMBER = 'OpportunityContactRole';
const ROLES = ['Decision Maker', 'Signer', 'Champion', 'Influencer', 'User'] as const;
/** Opportunities and members of a batch. */
const GROUPS = 20;
const MEMBERS = 10;

const GROUP_FIELDS = [
  ...[FIELD.groupSize, FIELD.groupConfirmed, FIELD.rolesCovered, FIELD.groupCoverage, FIELD.missingRoles],
  ...[FIELD.highestScore, FIELD.totalScore, FIELD.signalCount],
];

describe('buying groups in a local org', () => {
  let lab: Lab;
  let acquisition: string;
  let account: string;
  let serial = 0;

  before(async () => {
    lab = await openLab({
      ...(await defaultModel()),
      ...{ closedWon: [], handshakes: [], leads: null, lostRenewal: null, promotions: [] },
    });
    acquisition = await lab.recordType('Acquisition');
    account = lab.createOne('Account', { Name: 'Acme' });
  });
  after(() => lab.close());

  const opportunity = (more: Values = {}): Values => ({
    ...{ Name: 'Acme Platform', AccountId: account, StageName: 'Engaged', CloseDate: '2027-01-31' },
    ...{ RecordTypeId: acquisition, [FIELD.solution]: 'Core Platform' },
    ...more,
  });
  const openGroup = (more: Values = {}): string => lab.createOne('Opportunity', opportunity(more));
  const people = (scores: readonly (number | null)[]): readonly string[] =>
    lab.create(
      'Contact',
      scores.map((score) => ({ LastName: `Person ${String(++serial)}`, AccountId: account, Lead_Score__c: score })),
    );
  const member = (OpportunityId: string, ContactId: string, Role: string | null = null, more: Values = {}): Values => ({
    ...{ OpportunityId, ContactId, Role },
    ...more,
  });
  const groupOf = async (id: string): Promise<readonly unknown[]> => {
    const [row] = await lab.query(`SELECT ${GROUP_FIELDS.join(', ')} FROM Opportunity WHERE Id = '${id}'`);
    return GROUP_FIELDS.map((field) => row![field]);
  };
  const leastEngaged = async (id: string): Promise<unknown> =>
    (await lab.query(`SELECT ${FIELD.leastEngaged} FROM Opportunity WHERE Id = '${id}'`))[0]![FIELD.leastEngaged];
  const rowOf = async (id: string): Promise<OrgRecord> =>
    (await lab.query(`SELECT FIELDS(CUSTOM) FROM ${MEMBER} WHERE Id = '${id}' LIMIT 1`))[0]!;
  const tasksOf = (id: string) => lab.query(`SELECT Subject, Description FROM Task WHERE WhatId = '${id}'`);
  const attempt = (operation: 'insert' | 'update' | 'delete', object: string, records: readonly Values[]) =>
    lab.transact((tx) => tx.save({ operation, object, records, allOrNone: false }));
  const bypassed = async <T>(work: () => T): Promise<T> => {
    const [set] = await lab.query(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`);
    const assigned = lab.createOne('PermissionSetAssignment', {
      AssigneeId: lab.userId,
      PermissionSetId: String(set!.Id),
    });
    try {
      return work();
    } finally {
      lab.remove('PermissionSetAssignment', [assigned]);
    }
  };
  const within = ({ queries, dmlStatements }: Used, mostQueries: number, mostDml: number): void =>
    assert.ok(
      queries <= mostQueries && dmlStatements <= mostDml,
      `${String(queries)} queries, ${String(dmlStatements)} DML statements`,
    );

  it('stamps a member: key, status, source, score on joining; keeps what somebody says', async () => {
    const group = openGroup();
    const [ann, bob] = people([42, 7]);
    const [first, second] = lab.create(MEMBER, [
      member(group, ann!, 'Champion'),
      member(group, bob!, 'User', { [MEMBER_FIELD.status]: 'Confirmed', [MEMBER_FIELD.source]: 'Inbound' }),
    ]);
    const stamped = await rowOf(first!);
    assert.equal(stamped[MEMBER_FIELD.key], `${group}:${ann!}`);
    assert.equal(stamped[MEMBER_FIELD.status], 'Potential');
    assert.equal(stamped[MEMBER_FIELD.source], 'Research');
    assert.equal(stamped[MEMBER_FIELD.scoreAtJoining], 42);
    lab.update('Contact', [{ Id: ann!, Lead_Score__c: 90 }]);
    const later = await rowOf(first!);
    assert.deepEqual([later[MEMBER_FIELD.scoreAtJoining], later[MEMBER_FIELD.leadScore]], [42, 90]);
    const said = await rowOf(second!);
    assert.deepEqual([said[MEMBER_FIELD.status], said[MEMBER_FIELD.source]], ['Confirmed', 'Inbound']);
  });

  it('counts on every add, change and removal of a member', async () => {
    const group = openGroup();
    const [ann, bob] = people([40, 60]);
    const first = lab.createOne(MEMBER, member(group, ann!, 'Champion'));
    assert.deepEqual(await groupOf(group), [1, 0, 1, 25, 'Decision Maker; Signer; Influencer', 40, 40, 0]);
    const second = lab.createOne(MEMBER, member(group, bob!, 'User'));
    // Not one of the roles of a full group for the platform.
    assert.deepEqual(await groupOf(group), [2, 0, 1, 25, 'Decision Maker; Signer; Influencer', 60, 100, 0]);
    lab.update(MEMBER, [{ Id: second, Role: 'Decision Maker', [MEMBER_FIELD.status]: 'Confirmed' }]);
    assert.deepEqual(await groupOf(group), [2, 1, 2, 50, 'Signer; Influencer', 60, 100, 0]);
    lab.remove(MEMBER, [first]);
    lab.work();
    assert.deepEqual(await groupOf(group), [1, 1, 1, 25, 'Signer; Champion; Influencer', 60, 60, 0]);
    lab.remove(MEMBER, [second]);
    lab.work();
    assert.deepEqual(await groupOf(group), [0, 0, 0, 0, ROLES.slice(0, 4).join('; '), 0, 0, 0]);
    assert.equal(await leastEngaged(group), null);
  });

  it('counts two removals within a second both', async () => {
    const group = openGroup();
    const ids = lab.create(
      MEMBER,
      people([1, 2, 3]).map((id) => member(group, id)),
    );
    for (const id of ids.slice(0, 2)) {
      lab.remove(MEMBER, [id]);
      lab.work();
    }
    assert.equal((await groupOf(group))[0], 1);
  });

  it('knows a full group per solution, and nothing about roles without one', async () => {
    const platform = openGroup();
    const analytics = openGroup({ [FIELD.solution]: 'Analytics' });
    const unknown = openGroup({ [FIELD.solution]: null });
    const [ann] = people([10]);
    lab.create(
      MEMBER,
      [platform, analytics, unknown].map((group) => member(group, ann!, 'Decision Maker')),
    );
    assert.deepEqual((await groupOf(platform)).slice(2, 5), [1, 25, 'Signer; Champion; Influencer']);
    assert.deepEqual((await groupOf(analytics)).slice(2, 5), [1, 33, 'Champion; User']);
    assert.deepEqual((await groupOf(unknown)).slice(0, 5), [1, 0, null, null, null]);
    lab.update('Opportunity', [{ Id: unknown, [FIELD.solution]: 'Services' }]);
    lab.work();
    assert.deepEqual((await groupOf(unknown)).slice(2, 5), [1, 33, 'Champion; User']);
  });

  it('lets one person be in several groups with different roles, and counts each score change in all of them', async () => {
    const [one, two] = [openGroup(), openGroup({ [FIELD.solution]: 'Automation' })];
    const [ann] = people([5]);
    lab.create(MEMBER, [member(one, ann!, 'Signer'), member(two, ann!, 'User')]);
    assert.deepEqual((await groupOf(one)).slice(2, 4), [1, 25]);
    assert.deepEqual((await groupOf(two)).slice(2, 4), [1, 33]);
    lab.update('Contact', [{ Id: ann!, Lead_Score__c: 99.6 }]);
    // In whole points: 99.6 has not reached 100.
    for (const group of [one, two]) assert.deepEqual((await groupOf(group)).slice(5, 7), [99, 99]);
  });

  it('names the least engaged member: never responded first, then longest ago, then the lowest score', async () => {
    const group = openGroup();
    const [ann, bob, cid] = people([50, 10, 90]);
    const ids = lab.create(MEMBER, [member(group, ann!), member(group, bob!), member(group, cid!)]);
    assert.equal(await leastEngaged(group), bob);
    const at = (id: string, moment: string) => ({ Id: id, [MEMBER_FIELD.lastEngagementAt]: moment });
    lab.update(MEMBER, [at(ids[1]!, '2026-05-01T08:00:00.000Z')]);
    assert.equal(await leastEngaged(group), ann);
    lab.update(MEMBER, [at(ids[0]!, '2026-04-01T08:00:00.000Z'), at(ids[2]!, '2026-06-01T08:00:00.000Z')]);
    assert.equal(await leastEngaged(group), ann);
    const [row] = await lab.query(`SELECT ${FIELD.lastSignalAt} FROM Opportunity WHERE Id = '${group}'`);
    assert.match(String(row![FIELD.lastSignalAt]), /^2026-06-01T08:00:00/);
  });

  it('counts responses for the solution, also from before joining', async () => {
    const group = openGroup();
    const [ann] = people([1]);
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
    const id = joined.length > 0 ? String(joined[0]!.Id) : lab.createOne(MEMBER, member(group, ann!, 'Champion'));
    const row = await rowOf(id);
    assert.equal(row[MEMBER_FIELD.signalCount], 2);
    assert.ok(row[MEMBER_FIELD.lastEngagementAt]);
    assert.equal((await groupOf(group))[7], 2);
    // Another solution: what was said about this one counts now.
    lab.update('Opportunity', [{ Id: group, [FIELD.solution]: 'Analytics' }]);
    lab.work();
    assert.equal((await groupOf(group))[7], 1);
  });

  it('refuses the same contact twice in one group and names the role the contact has', async () => {
    const [group, other] = [openGroup(), openGroup()];
    const [ann, bob] = people([1, 2]);
    const first = lab.createOne(MEMBER, member(group, ann!, 'Champion'));
    const [refused] = attempt('insert', MEMBER, [member(group, ann!, 'Signer')]);
    assert.match(refused!.errors[0]!.message, /^Person \d+ is in this buying group already as Champion\. Change that/);
    assert.deepEqual(refused!.errors[0]!.fields, ['ContactId']);
    const second = lab.createOne(MEMBER, member(group, bob!, 'User'));
    const [turned] = attempt('update', MEMBER, [{ Id: second, ContactId: ann! }]);
    assert.match(turned!.errors[0]!.message, /already as Champion/);
    lab.createOne(MEMBER, member(other, ann!, 'Signer'));
    lab.update(MEMBER, [{ Id: first, Role: 'Influencer' }]);
    assert.equal((await groupOf(group))[0], 2);
  });

  it('keeps one of two doubles in one batch, by the key', async () => {
    const group = openGroup();
    const [ann, bob] = people([1, 2]);
    const results = attempt('insert', MEMBER, [member(group, ann!), member(group, ann!), member(group, bob!)]);
    assert.deepEqual(
      results.map(({ success }) => success),
      [true, false, true],
    );
    assert.equal(results[1]!.errors[0]!.statusCode, 'DUPLICATE_VALUE');
    assert.equal((await groupOf(group))[0], 2);
  });

  it('lets doubles from before the automation be edited and removed', async () => {
    const group = openGroup();
    const [ann] = people([1]);
    const doubles = await bypassed(() =>
      lab.create(MEMBER, [member(group, ann!, 'User'), member(group, ann!, 'Signer')]),
    );
    for (const Id of doubles) lab.update(MEMBER, [{ Id, Role: 'Champion' }]);
    lab.update(
      MEMBER,
      doubles.map((Id) => ({ Id, Role: 'Influencer' })),
    );
    assert.equal((await groupOf(group))[0], 2);
    lab.remove(MEMBER, [doubles[0]!]);
    lab.work();
    lab.update(MEMBER, [{ Id: doubles[1]!, Role: 'Signer' }]);
    assert.equal((await rowOf(doubles[1]!))[MEMBER_FIELD.key], `${group}:${ann!}`);
  });

  it('counts without a contact that is deleted, at once', async () => {
    const [one, two] = [openGroup(), openGroup()];
    const [ann, bob] = people([80, 20]);
    lab.create(MEMBER, [member(one, ann!, 'Signer'), member(one, bob!, 'Champion'), member(two, ann!, 'User')]);
    lab.remove('Contact', [ann!]);
    assert.deepEqual((await groupOf(one)).slice(0, 7), [1, 0, 1, 25, 'Decision Maker; Signer; Influencer', 20, 20]);
    assert.equal((await groupOf(two))[0], 0);
  });

  it('is off for whoever holds the bypass permission', async () => {
    const group = openGroup();
    const [ann] = people([80]);
    await bypassed(() => lab.create(MEMBER, [member(group, ann!)]));
    assert.deepEqual((await groupOf(group)).slice(0, 2), [null, null]);
  });

  it('clears what is counted from a copy of the opportunity', async () => {
    const group = openGroup();
    lab.create(
      MEMBER,
      people([80]).map((id) => member(group, id)),
    );
    const [source] = await lab.query(
      `SELECT ${GROUP_FIELDS.join(', ')}, ${FIELD.stampedAt} FROM Opportunity WHERE Id = '${group}'`,
    );
    const copy = openGroup({ ...(source as Values) });
    assert.deepEqual(
      await groupOf(copy),
      GROUP_FIELDS.map(() => null),
    );
  });

  it('stops counting scores while the opportunity is closed, and catches up when it is reopened', async () => {
    const group = openGroup();
    const [ann] = people([10]);
    lab.createOne(MEMBER, member(group, ann!));
    lab.update('Opportunity', [{ Id: group, StageName: 'Closed Lost', Stage_Reason__c: 'Price' }]);
    lab.update('Contact', [{ Id: ann!, Lead_Score__c: 70 }]);
    assert.equal((await groupOf(group))[5], 10);
    lab.update('Opportunity', [{ Id: group, StageName: 'Engaged' }]);
    lab.work();
    assert.equal((await groupOf(group))[5], 70);
  });

  describe('two hundred at once', () => {
    let groups: readonly string[];
    let contacts: readonly string[];
    let members: readonly string[] = [];
    const sizes = async (ids: readonly string[]): Promise<readonly unknown[]> =>
      Promise.all(ids.map(async (id) => (await groupOf(id))[0]));

    before(() => {
      groups = lab.create(
        'Opportunity',
        Array.from({ length: GROUPS }, () => opportunity()),
      );
      contacts = people(Array.from({ length: GROUPS * MEMBERS }, (_, index) => index % 100));
    });

    it('adds 200 members to 20 groups with one update of each opportunity', async () => {
      const rows = contacts.map((id, index) => member(groups[index % GROUPS]!, id, ROLES[index % ROLES.length]!));
      const used = lab.used((tx) => {
        members = tx.save({ operation: 'insert', object: MEMBER, records: rows, allOrNone: true }).map(({ id }) => id!);
      });
      // The member before the save 3, who speaks 1, counting 2 queries; one update.
      within(used, 6, 1);
      assert.equal(used.dmlRows, GROUPS);
      assert.deepEqual(new Set(await sizes(groups)), new Set([MEMBERS]));
    });

    it('counts 200 changed scores', async () => {
      const used = lab.used((tx) => {
        tx.save({
          operation: 'update',
          object: 'Contact',
          records: contacts.map((Id) => ({ Id, Lead_Score__c: 100 })),
          allOrNone: true,
        });
      });
      within(used, 7, 2);
      for (const id of groups) assert.deepEqual((await groupOf(id)).slice(5, 7), [100, 1000]);
    });

    it('changes 200 members', async () => {
      const used = lab.used((tx) => {
        tx.save({
          operation: 'update',
          object: MEMBER,
          records: members.map((Id) => ({ Id, [MEMBER_FIELD.status]: 'Confirmed' })),
          allOrNone: true,
        });
      });
      within(used, 6, 1);
      for (const id of groups) assert.equal((await groupOf(id))[1], MEMBERS);
    });

    it('deletes 100 contacts', async () => {
      const gone = contacts.slice(0, 100);
      const used = lab.used((tx) => {
        tx.save({ operation: 'delete', object: 'Contact', records: gone.map((Id) => ({ Id })), allOrNone: true });
      });
      within(used, 7, 2);
      assert.deepEqual(new Set(await sizes(groups)), new Set([MEMBERS / 2]));
    });

    it('deletes members of all groups, some of them to the last', async () => {
      const left = members.slice(100);
      const gone = left.filter((_, index) => index % GROUPS < 10 || index < 50);
      const used = lab.used((tx) => {
        tx.save({ operation: 'delete', object: MEMBER, records: gone.map((Id) => ({ Id })), allOrNone: true });
      });
      within(used, 6, 4);
      lab.work();
      const rest = await lab.query(`SELECT OpportunityId, COUNT(Id) members FROM ${MEMBER} GROUP BY OpportunityId`);
      const expected = groups.map((id) =>
        Number(rest.find(({ OpportunityId }) => OpportunityId === id)?.['members'] ?? 0),
      );
      assert.ok(expected.includes(0) && expected.some((size) => size > 0), JSON.stringify(expected));
      assert.deepEqual(await sizes(groups), expected);
    });

    it('takes 200 members into one group and out of it again', async () => {
      const group = openGroup();
      const ids = lab.create(
        MEMBER,
        people(Array.from({ length: 200 }, () => 1)).map((id) => member(group, id)),
      );
      assert.deepEqual((await groupOf(group)).slice(5, 7), [1, 200]);
      assert.equal((await groupOf(group))[0], 200);
      lab.remove(MEMBER, ids.slice(0, 150));
      lab.work();
      assert.equal((await groupOf(group))[0], 50);
      lab.remove(MEMBER, ids.slice(150));
      lab.work();
      assert.equal((await groupOf(group))[0], 0);
    });
  });

  it('lets members join, change and go where the org refuses the opportunity, and tells RevOps', async () => {
    const [strict, open] = [openGroup({ Name: 'Strict' }), openGroup()];
    await lab.deploy('ValidationRule', 'Opportunity.Own_Rule', {
      ...{ active: true, errorMessage: 'Nobody changes this one.' },
      errorConditionFormula: 'AND(NOT(ISNEW()), Name = "Strict")',
    });
    const [ann, bob] = people([10, 20]);
    const [first] = lab.create(MEMBER, [member(strict, ann!, 'Champion'), member(open, bob!, 'Champion')]);
    assert.equal((await groupOf(open))[0], 1);
    assert.equal((await groupOf(strict))[0], null);
    const told = await tasksOf(strict);
    assert.equal(told[0]!['Subject'], 'Buying group not counted');
    assert.match(String(told[0]!['Description']), /Nobody changes this one\./);
    lab.update('Contact', [{ Id: ann!, Lead_Score__c: 30 }]);
    lab.remove(MEMBER, [first!]);
    lab.work();
    assert.deepEqual(await lab.query(`SELECT Id FROM ${MEMBER} WHERE OpportunityId = '${strict}'`), []);
    assert.equal((await tasksOf(strict)).length, 3);

    // Once the reason is gone, the next change counts everything.
    await lab.deploy('ValidationRule', 'Opportunity.Own_Rule', {
      ...{ active: false, errorMessage: 'Nobody changes this one.' },
      errorConditionFormula: 'AND(NOT(ISNEW()), Name = "Strict")',
    });
    lab.createOne(MEMBER, member(strict, bob!, 'Signer'));
    assert.equal((await groupOf(strict))[0], 1);
  });
});
