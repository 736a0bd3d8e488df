/** Promotions at work in a local org: every kind of rule, each once, never backwards, and two hundred at once. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { BYPASS_PERMISSION_SET, FIELD, MEMBER_FIELD } from '../../../scripts/compile/names.ts';
import { MEMBER, openPromotionLab } from './promotion-lab.ts';
import type { Values } from './org-lab.ts';

describe('promotions in a local org', async () => {
  const { lab, opportunity, open, person, join, score, move, stateOf, recycled, stageOf } = await openPromotionLab();
  after(() => lab.close());

  it('moves on when the score of a member reaches the mark, and writes down what moved it', async () => {
    const id = open('Engaged');
    const ann = person(99);
    join(id, ann);
    assert.equal(await stageOf(id), 'Engaged');
    score(ann, 100);
    const state = await stateOf(id);
    assert.equal(state['StageName'], 'Prioritized');
    assert.equal(state[FIELD.promotionReason], "A member's lead score reached 100 (highest lead score 100)");
    assert.ok(state[FIELD.promotedAt]);
    // The stamping flow sees the stage.
    assert.equal(state[FIELD.previousStage], 'Engaged');
    assert.ok(state['Prioritized_Date__c']);
  });

  it('moves on when somebody with the score joins', async () => {
    const id = open('Engaged');
    join(id, person(120));
    assert.equal(await stageOf(id), 'Prioritized');
  });

  it('moves on by the total score, by coverage, by confirmed members and by a field', async () => {
    const total = open('Detected');
    join(total, person(80));
    assert.equal(await stageOf(total), 'Detected');
    join(total, person(70));
    assert.equal(await stageOf(total), 'Engaged');

    const coverage = open('Engaged');
    for (const Role of ['Decision Maker', 'Signer']) join(coverage, person(1), { Role });
    const third = join(coverage, person(1), { Role: 'User' });
    assert.equal(await stageOf(coverage), 'Engaged');
    lab.update(MEMBER, [{ Id: third, Role: 'Champion' }]);
    assert.equal(await stageOf(coverage), 'Qualified');
    assert.equal(
      (await stateOf(coverage))[FIELD.promotionReason],
      'The group is nearly full (buying group covers 75 percent or more)',
    );

    const confirmed = open('Prioritized');
    const members = [1, 2].map(() => join(confirmed, person(1)));
    lab.update(MEMBER, [{ Id: members[0]!, [MEMBER_FIELD.status]: 'Confirmed' }]);
    assert.equal(await stageOf(confirmed), 'Prioritized');
    lab.update(MEMBER, [{ Id: members[1]!, [MEMBER_FIELD.status]: 'Confirmed' }]);
    assert.equal(await stageOf(confirmed), 'Qualified');

    const field = open('Targeted');
    move(field, { LeadSource: 'Partner' });
    assert.equal(await stageOf(field), 'Detected');
    assert.equal(await stageOf(open('Targeted', { LeadSource: 'Partner' })), 'Detected');
    assert.equal(await stageOf(open('Targeted', { LeadSource: 'Web' })), 'Targeted');
  });

  it('lets the first rule of the model decide where several hold', async () => {
    const id = open('Engaged');
    lab.create(
      MEMBER,
      ['Decision Maker', 'Signer', 'Champion'].map((Role) => ({
        ...{ OpportunityId: id, Role },
        ContactId: person(Role === 'Champion' ? 100 : 1),
      })),
    );
    assert.equal(await stageOf(id), 'Prioritized');
  });

  it('goes on with a rule for the stage it has come to', async () => {
    const id = open('Detected');
    join(id, person(200));
    const state = await stateOf(id);
    assert.equal(state['StageName'], 'Prioritized');
    assert.match(String(state[FIELD.promotionReason]), /^A member's lead score/);
  });

  it('does not undo it when somebody moves the opportunity back, then or later', async () => {
    const id = open('Engaged');
    const ann = person(100);
    join(id, ann);
    move(id, { StageName: 'Engaged' });
    score(ann, 150);
    assert.equal(await stageOf(id), 'Engaged');

    // Nor where the rule never fired, since somebody was faster.
    const moved = open('Engaged');
    move(moved, { StageName: 'Prioritized' });
    const bob = person(130);
    join(moved, bob);
    move(moved, { StageName: 'Engaged' });
    score(bob, 140);
    assert.equal(await stageOf(moved), 'Engaged');
    // Another rule is another reason.
    for (const Role of ['Decision Maker', 'Signer', 'Champion']) join(moved, person(1), { Role });
    assert.equal(await stageOf(moved), 'Qualified');
  });

  it('leaves closed opportunities and detours alone', async () => {
    const lost = open('Engaged');
    move(lost, { StageName: 'Closed Lost', Stage_Reason__c: 'Price' });
    join(lost, person(130));
    assert.equal(await stageOf(lost), 'Closed Lost');

    const id = open('Engaged');
    const ann = person(90);
    join(id, ann);
    move(id, recycled);
    score(ann, 110);
    assert.equal(await stageOf(id), 'Recycled');
    // No rule has moved it on before.
    move(id, { StageName: 'Engaged' });
    assert.equal(await stageOf(id), 'Prioritized');
  });

  it('never moves an opportunity that is further on, or of another type', async () => {
    const ahead = open('Discovery');
    join(ahead, person(150));
    assert.equal(await stageOf(ahead), 'Discovery');
    const renewal = lab.createOne('Opportunity', {
      ...opportunity('Renewal Scheduled'),
      RecordTypeId: await lab.recordType('Renewal'),
    });
    join(renewal, person(150));
    assert.equal(await stageOf(renewal), 'Renewal Scheduled');
  });

  it('waits for what leaving the stage asks for', async () => {
    const id = open('Qualified', { Description: 'Confirmed' });
    assert.equal(await stageOf(id), 'Qualified');
    move(id, { NextStep: 'Meet on Monday' });
    assert.equal(await stageOf(id), 'Discovery');
  });

  it('does not move a copy, which starts with a clean history', async () => {
    const id = open('Engaged');
    join(id, person(100));
    const [source] = await lab.query(
      `SELECT ${FIELD.stampedAt}, ${FIELD.highestScore}, ${FIELD.promotionReason}, ${FIELD.promotionsFired} FROM Opportunity WHERE Id = '${id}'`,
    );
    const copy = open('Engaged', source as Values);
    const state = await stateOf(copy);
    assert.equal(state['StageName'], 'Engaged');
    assert.equal(state[FIELD.promotionsFired], null);
    join(copy, person(100));
    assert.equal(await stageOf(copy), 'Prioritized');
  });

  it('is off for whoever holds the bypass permission', async () => {
    const [set] = await lab.query(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`);
    const assigned = lab.createOne('PermissionSetAssignment', {
      AssigneeId: lab.userId,
      PermissionSetId: String(set!['Id']),
    });
    assert.equal(await stageOf(open('Targeted', { LeadSource: 'Partner' })), 'Targeted');
    lab.remove('PermissionSetAssignment', [assigned]);
  });

  it('moves 200 on without a query or a save of its own', () => {
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, () => opportunity('Targeted')),
    );
    const { queries, dmlStatements } = lab.usedToUpdate(
      'Opportunity',
      ids.map((Id) => ({ Id, LeadSource: 'Partner' })),
    );
    assert.deepEqual([queries, dmlStatements], [0, 0]);
  });

  it('moves 200 on by the scores of 200 contacts, within one update of the opportunities', async () => {
    const groups = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, () => opportunity('Engaged')),
    );
    const contacts = groups.map(() => person(10));
    lab.create(
      MEMBER,
      groups.map((OpportunityId, index) => ({ OpportunityId, ContactId: contacts[index]! })),
    );
    const { queries, dmlStatements } = lab.used((tx) => {
      tx.save({
        operation: 'update',
        object: 'Contact',
        records: contacts.map((Id) => ({ Id, Lead_Score__c: 100 })),
        allOrNone: true,
      });
    });
    assert.ok(queries <= 7 && dmlStatements <= 2, `${String(queries)} queries, ${String(dmlStatements)} DML`);
    const moved = await lab.query(
      `SELECT COUNT(Id) moved FROM Opportunity WHERE StageName = 'Prioritized' AND Id IN ('${groups.join("','")}')`,
    );
    assert.equal(moved[0]!['moved'], 200);
  });
});
