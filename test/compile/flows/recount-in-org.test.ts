/** What has a group counted again after the save of its opportunity, for one and for two hundred, and what does not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTransactionLog } from '../../../local-org/log/transaction-log.ts';
import { solutionFlow } from '../../../scripts/compile/flows/buying-groups/solution-flow.ts';
import { FIELD, FLOW, MEMBER_FIELD } from '../../../scripts/compile/names.ts';
import { MEMBER, openGroupLab, within } from './group-lab.ts';
import type { GroupLab } from './group-lab.ts';

const SIGNALS = 7;
const REASON: Readonly<Record<string, string | null>> = {
  'Closed Won': null,
  'Closed Lost': 'Price',
  Disqualified: 'No fit',
};

describe('counting a group again after the save', () => {
  let lab: GroupLab;
  let campaigns: readonly string[];

  before(async () => {
    lab = await openGroupLab();
    campaigns = lab.create(
      'Campaign',
      ['Core Platform', 'Core Platform', 'Analytics'].map((Solution__c, index) => ({
        ...{ Name: `Campaign ${String(index)}`, IsActive: true },
        Solution__c,
      })),
    );
  });
  after(() => lab.close());

  /** Twice to one solution, once to another one. */
  const respond = (ContactId: string): void => {
    lab.create(
      'CampaignMember',
      campaigns.map((CampaignId) => ({ CampaignId, ContactId, Status: 'Responded' })),
    );
    lab.work();
  };
  /** Names of the flows whose asynchronous paths ran, in that order, until nothing waits any more. */
  const ran = (): readonly string[] =>
    lab.work().map(({ flow, outcome, error }) => {
      assert.deepEqual([outcome, error], ['ran', null]);
      return flow;
    });

  const logged = (limit: number) => openTransactionLog(lab.local.database).read({ limit });

  const services = (): string => lab.openGroup({ [FIELD.solution]: 'Services' });

  const closed = { StageName: 'Closed Lost', Stage_Reason__c: 'Price' };

  it('asks once for reopening, from each closed stage, and for no other move', async () => {
    const group = lab.openGroup();
    lab.createOne(MEMBER, lab.member(group, lab.people([10])[0]!, 'Champion'));
    lab.work();
    for (const StageName of ['Closed Won', 'Closed Lost', 'Disqualified']) {
      lab.update('Opportunity', [{ Id: group, StageName: 'Prioritized' }]);
      lab.update('Opportunity', [
        {
          ...closed,
          Id: group,
          StageName,
          Amount: 1,
          [FIELD.contractTermMonths]: 12,
          Stage_Reason__c: REASON[StageName]!,
        },
      ]);
      lab.update('Opportunity', [{ Id: group, Name: 'Renamed' }]);
      assert.deepEqual(ran(), [], StageName);
      lab.update('Opportunity', [{ Id: group, StageName: 'Engaged' }]);
      lab.update('Opportunity', [{ Id: group, Name: 'Renamed again' }]);
      assert.deepEqual(ran(), [FLOW.recount], StageName);
    }
    lab.update('Opportunity', [{ Id: group, ...closed }]);
    lab.update('Opportunity', [{ Id: group, StageName: 'Disqualified', Stage_Reason__c: REASON['Disqualified']! }]);
    assert.deepEqual(ran(), [], 'from one closed stage to another');
    assert.equal((await lab.groupOf(group))[0], 1);
  });

  it('asks for nothing more by what it counts', async () => {
    const group = lab.openGroup();
    lab.create(
      MEMBER,
      lab.people([1, 2]).map((id) => lab.member(group, id)),
    );
    lab.update('Opportunity', [{ Id: group, ...closed }]);
    lab.work();
    await lab.bypassed(() => lab.update('Opportunity', [{ Id: group, [FIELD.groupSize]: 9 }]));
    lab.update('Opportunity', [{ Id: group, StageName: 'Prioritized' }]);
    assert.deepEqual(ran(), [FLOW.recount], 'although it wrote');
    assert.equal((await lab.groupOf(group))[0], 2);
  });

  for (const [order, triggerOrder] of [
    ['the count first', 1501],
    ['the solution first', 1499],
  ] as const)
    it(`is right where one save changes the solution and reopens: ${order}`, async () => {
      const { fullName, metadata } = solutionFlow();
      await lab.deploy('Flow', fullName, { ...metadata, triggerOrder });
      const [group, other] = [services(), lab.openGroup()];
      const [person] = lab.people([10]);
      respond(person!);
      const id = lab.createOne(MEMBER, lab.member(group, person!, 'User'));
      lab.createOne(MEMBER, lab.member(other, lab.people([1])[0]!, 'User'));
      assert.deepEqual((await lab.groupOf(group)).slice(5), [10, 10, 0]);
      lab.update('Opportunity', [{ Id: group, ...closed }]);
      lab.update('Contact', [{ Id: person!, Lead_Score__c: 70 }]);
      lab.work();
      lab.update('Opportunity', [{ Id: group, StageName: 'Engaged', [FIELD.solution]: 'Core Platform' }]);
      const both = [FLOW.recount, FLOW.solutionChanged];
      assert.deepEqual(ran(), triggerOrder > 1500 ? both : both.toReversed());
      assert.deepEqual((await lab.groupOf(group)).slice(2), [
        0,
        0,
        'Decision Maker; Signer; Champion; Influencer',
        70,
        70,
        2,
      ]);
      assert.equal((await lab.rowOf(id))[MEMBER_FIELD.signalCount], 2);
      lab.update('Opportunity', [{ Id: other, [FIELD.solution]: 'Analytics' }]);
      assert.deepEqual(ran(), [FLOW.solutionChanged]);
      await lab.deploy('Flow', fullName, { ...metadata });
    });

  it('counts a group that nobody is in for another solution', async () => {
    const group = lab.openGroup();
    lab.update('Opportunity', [{ Id: group, [FIELD.solution]: 'Analytics' }]);
    assert.deepEqual(ran(), [FLOW.solutionChanged]);
    assert.equal((await lab.groupOf(group))[4], 'Decision Maker; Champion; User');
    assert.deepEqual(await lab.tasksOf(group), []);
  });

  it('is off for whoever holds the bypass permission, before deletions too', async () => {
    const [changed, moved, left] = [services(), lab.openGroup(), services()];
    const [ann, bob, cid] = lab.people([10, 10, 10]);
    respond(ann!);
    const stays = lab.createOne(MEMBER, lab.member(changed, ann!, 'User'));
    const goes = lab.createOne(MEMBER, lab.member(left, cid!, 'User'));
    lab.createOne(MEMBER, lab.member(moved, bob!, 'User'));
    await lab.bypassed(() => {
      lab.update('Opportunity', [
        { Id: changed, [FIELD.solution]: 'Core Platform' },
        { Id: moved, [FIELD.groupChangedAt]: '2026-01-01T00:00:00.000Z', [FIELD.groupSize]: 9 },
      ]);
      lab.remove(MEMBER, [goes]);
      lab.remove('Contact', [bob!]);
      lab.work();
    });
    lab.work();
    assert.equal((await lab.rowOf(stays))[MEMBER_FIELD.signalCount], 0);
    assert.equal((await lab.groupOf(changed))[SIGNALS], 0);
    assert.equal((await lab.groupOf(moved))[0], 9);
    assert.equal((await lab.groupOf(left))[0], 1);
  });

  it('counts two hundred at once: reopened, and of another solution', async () => {
    const groups = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, () => lab.opportunity()),
    );
    const people = lab.people(groups.map(() => 5));
    lab.create(
      'CampaignMember',
      people.map((ContactId) => ({ ContactId, CampaignId: campaigns[2]!, Status: 'Responded' })),
    );
    lab.work();
    lab.create(
      MEMBER,
      people.map((id, index) => lab.member(groups[index]!, id, 'Champion')),
    );
    lab.update(
      'Opportunity',
      groups.map((Id) => ({ Id, ...closed })),
    );
    lab.update(
      'Contact',
      people.map((Id) => ({ Id, Lead_Score__c: 60 })),
    );
    lab.work();
    const used = lab.used((tx) => {
      tx.save({
        operation: 'update',
        object: 'Opportunity',
        records: groups.map((Id) => ({ Id, StageName: 'Engaged', [FIELD.solution]: 'Analytics' })),
        allOrNone: true,
      });
    });
    within(used, 0, 0);
    const before = logged(1)[0]!.id;
    const flows = ran();
    const batches = logged(20).filter(({ id }) => id > before);
    assert.equal(batches.length, 2);
    // Counting 2; of the solution: the members 1, before their save 3, who of them speaks 1, counting 2, and once more 2.
    for (const { limits } of batches)
      within({ queries: limits.queries.used, dmlStatements: limits.dmlStatements.used }, 9, 2);
    assert.equal(flows.length, 400);
    assert.deepEqual(new Set(flows), new Set([FLOW.recount, FLOW.solutionChanged]));
    for (const id of groups) {
      const [size, , covered, , , highest, total, signals] = await lab.groupOf(id);
      assert.deepEqual([size, covered, highest, total, signals], [1, 1, 60, 60, 1]);
      assert.deepEqual(await lab.tasksOf(id), []);
    }
  });
});
