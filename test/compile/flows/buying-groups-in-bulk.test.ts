/** Buying groups of two hundred members at once: what a batch costs, and that nothing is counted twice or missed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MEMBER_FIELD } from '../../../scripts/compile/names.ts';
import { MEMBER, ROLES, openGroupLab, within } from './group-lab.ts';
import type { GroupLab } from './group-lab.ts';

/** Opportunities of a batch, and members of each. */
const GROUPS = 20;
const MEMBERS = 10;
/** Members that the Bulk API loads: several batches of 200. */
const LOADED = 1000;

describe('buying groups of two hundred members at once', () => {
  let lab: GroupLab;
  let groups: readonly string[];
  let contacts: readonly string[];
  let members: readonly string[] = [];
  const sizes = async (ids: readonly string[]): Promise<readonly unknown[]> =>
    Promise.all(ids.map(async (id) => (await lab.groupOf(id))[0]));

  before(async () => {
    lab = await openGroupLab();
    groups = lab.create(
      'Opportunity',
      Array.from({ length: GROUPS }, () => lab.opportunity()),
    );
    contacts = lab.people(Array.from({ length: GROUPS * MEMBERS }, (_, index) => index % 100));
  });
  after(() => lab.close());

  it('adds 200 members to 20 groups with one update of each opportunity', async () => {
    const rows = contacts.map((id, index) => lab.member(groups[index % GROUPS]!, id, ROLES[index % ROLES.length]));
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
    for (const id of groups) assert.deepEqual((await lab.groupOf(id)).slice(5, 7), [100, 1000]);
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
    for (const id of groups) assert.equal((await lab.groupOf(id))[1], MEMBERS);
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
    const group = lab.openGroup();
    const ids = lab.create(
      MEMBER,
      lab.people(Array.from({ length: 200 }, () => 1)).map((id) => lab.member(group, id)),
    );
    assert.deepEqual((await lab.groupOf(group)).slice(5, 7), [1, 200]);
    assert.equal((await lab.groupOf(group))[0], 200);
    lab.remove(MEMBER, ids.slice(0, 150));
    lab.work();
    assert.equal((await lab.groupOf(group))[0], 50);
    lab.remove(MEMBER, ids.slice(150));
    lab.work();
    assert.equal((await lab.groupOf(group))[0], 0);
  });

  it('counts what the Bulk API loads, sorted as it comes', async () => {
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 100 }, () => lab.opportunity()),
    );
    const people = lab.people(Array.from({ length: LOADED }, (_, index) => index % 90));
    const rows = people.map((id, index) => `${ids[index % ids.length]!},${id},${ROLES[index % ROLES.length]!}`);
    // One of them twice: refused, and only that one.
    const job = await lab.load(MEMBER, 'insert', ['OpportunityId,ContactId,Role', ...rows, rows[0]!].join('\n'));
    assert.deepEqual([job.state, job.numberRecordsProcessed, job.numberRecordsFailed], ['JobComplete', LOADED + 1, 1]);
    assert.deepEqual(new Set(await sizes(ids)), new Set([LOADED / ids.length]));

    const members = await lab.query(`SELECT Id FROM ${MEMBER} WHERE OpportunityId IN ('${ids.join("','")}')`);
    const gone = members.slice(0, LOADED - 200).map(({ Id }) => String(Id));
    const removal = await lab.load(MEMBER, 'delete', ['Id', ...gone].join('\n'));
    assert.deepEqual([removal.state, removal.numberRecordsFailed], ['JobComplete', 0]);
    lab.work();
    const rest = await lab.query(`SELECT OpportunityId, COUNT(Id) members FROM ${MEMBER} GROUP BY OpportunityId`);
    const expected = ids.map((id) => Number(rest.find(({ OpportunityId }) => OpportunityId === id)?.['members'] ?? 0));
    assert.deepEqual(await sizes(ids), expected);
  });
});
