/** Who gets a recycled opportunity: the owner rule, who handed it over, or nobody, of which RevOps hears. One and 200 of them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FIELD, HANDSHAKE_FIELD } from '../../../scripts/compile/names.ts';
import { openHandshakeLab } from './handshake-lab.ts';
import { openLab, ownRule, within } from './org-lab.ts';
import { defaultModel } from './default-model.ts';
import type { Lab, Values } from './org-lab.ts';

const MARKETING_OWNER = 'Marketing_Owner__c';
const NOT_WITH_MARKETING = 'Recycled, but not with Marketing: ';
const recycled = { StageName: 'Recycled', [FIELD.stageReason]: 'Timing', [FIELD.nurtureUntil]: '2099-01-01' };

describe('the owner of what was recycled, in a local org', async () => {
  const { answer, engaged, executive, giver, handedOver, handshakesOf, lab, later, opportunity, tasksOf } =
    await openHandshakeLab();
  after(() => lab.close());

  const recycle = (id: string, more: Values = {}): unknown =>
    lab.update('Opportunity', [{ Id: id, ...recycled, ...more }]);
  const ownerOf = async (id: string): Promise<unknown> => (await opportunity(id)).OwnerId;
  const toldOf = async (id: string) =>
    (await tasksOf(id)).filter(({ Subject }) => String(Subject).startsWith(NOT_WITH_MARKETING));
  /** Handed over by `giver` and taken over by Sales Development. */
  const accepted = async (more: Values = {}): Promise<string> => {
    const id = handedOver(more);
    const [handshake] = await handshakesOf(id);
    answer(String(handshake!.Id), 'Accepted');
    assert.notEqual(await ownerOf(id), giver);
    return id;
  };

  it('is whom the account names for it', async () => {
    const marketer = await lab.createUser('marketer');
    const AccountId = lab.createOne('Account', { Name: 'Acme', [MARKETING_OWNER]: marketer });
    const id = await accepted({ AccountId });
    recycle(id);
    assert.equal(await ownerOf(id), marketer);
    assert.deepEqual(await toldOf(id), []);
    // Whoever has left gives way to who handed it over.
    const other = await accepted({ AccountId });
    lab.update('User', [{ Id: marketer, IsActive: false }]);
    recycle(other);
    assert.equal(await ownerOf(other), giver);
    assert.deepEqual(await toldOf(other), []);
  });

  it('is who handed it over last, of the function that it comes back to', async () => {
    const id = await accepted();
    // Handed on by Sales Development, which does not take it back.
    lab.update('Opportunity', [{ Id: id, StageName: 'Qualified', NextStep: 'Meet' }]);
    later(2_000);
    lab.update('Opportunity', [{ Id: id, StageName: 'Discovery' }]);
    const second = (await handshakesOf(id))[1]!;
    answer(String(second.Id), 'Accepted');
    assert.equal(await ownerOf(id), executive);
    recycle(id);
    assert.equal(await ownerOf(id), giver);

    // Another marketer hands it over the next time.
    const successor = await lab.createUser('successor');
    lab.update('Opportunity', [{ Id: id, StageName: 'Engaged', OwnerId: successor }]);
    later(2_000);
    lab.update('Opportunity', [{ Id: id, StageName: 'Prioritized' }]);
    const third = (await handshakesOf(id))[2]!;
    assert.equal(third[HANDSHAKE_FIELD.fromUser], successor);
    answer(String(third.Id), 'Accepted');
    recycle(id);
    assert.equal(await ownerOf(id), successor);
    assert.deepEqual(await toldOf(id), []);
  });

  it('stays who it is where nobody is found, and RevOps hears of it', async () => {
    const leaver = await lab.createUser('leaver');
    const left = await accepted({ OwnerId: leaver });
    lab.update('User', [{ Id: leaver, IsActive: false }]);
    const never = lab.createOne('Opportunity', engaged({ StageName: 'Qualified', OwnerId: executive }));
    for (const id of [left, never]) {
      const owner = await ownerOf(id);
      recycle(id);
      assert.equal(await ownerOf(id), owner);
      const [told, ...others] = await toldOf(id);
      assert.deepEqual(others, []);
      assert.equal(told!.OwnerId, lab.userId);
      assert.match(
        String(told!.Description),
        /Reason: Nobody of Marketing was found: the account names no active user for it, and no active user has handed it over\./,
      );
    }
  });

  it('stays who it is without a word where Marketing has it anyway, and for what is created there', async () => {
    const own = lab.createOne('Opportunity', engaged());
    recycle(own);
    const imported = lab.createOne('Opportunity', engaged({ ...recycled, OwnerId: executive }));
    // Not accepted yet, it is still the giver's.
    const pending = handedOver();
    recycle(pending);
    assert.deepEqual([await ownerOf(own), await ownerOf(imported), await ownerOf(pending)], [giver, executive, giver]);
    for (const id of [own, imported, pending]) assert.deepEqual(await toldOf(id), []);
  });

  it('stays with the marketer who has it, and with whom an import names, whomever the account names', async () => {
    const AccountId = lab.createOne('Account', { Name: 'Acme', [MARKETING_OWNER]: await lab.createUser('named') });
    const own = lab.createOne('Opportunity', engaged({ AccountId }));
    recycle(own);
    assert.equal(await ownerOf(own), giver);
    const imported = lab.createOne('Opportunity', engaged({ ...recycled, AccountId, OwnerId: executive }));
    assert.equal(await ownerOf(imported), executive);
    for (const id of [own, imported]) assert.deepEqual(await toldOf(id), []);
  });

  it('stays who it is for 200 of them, without a query or a save', async () => {
    const AccountId = lab.createOne('Account', { Name: 'Acme', [MARKETING_OWNER]: await lab.createUser('also') });
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, () => engaged({ AccountId })),
    );
    const used = lab.usedToUpdate(
      'Opportunity',
      ids.map((Id) => ({ Id, ...recycled })),
    );
    assert.deepEqual([used.queries, used.dmlStatements], [0, 0]);
    const owners = await lab.query(
      `SELECT OwnerId, COUNT(Id) n FROM Opportunity WHERE AccountId = '${AccountId}' GROUP BY OwnerId`,
    );
    assert.deepEqual(owners, [{ OwnerId: giver, n: 200 }]);
  });

  it('lets the recycling stand when the org refuses the new owner, and tells RevOps', async () => {
    const id = await accepted({ Name: 'Stubborn' });
    const owner = await ownerOf(id);
    await ownRule(lab, 'AND(ISCHANGED(OwnerId), Name = "Stubborn")', 'It stays where it is.');
    recycle(id);
    assert.deepEqual([(await opportunity(id)).StageName, await ownerOf(id)], ['Recycled', owner]);
    assert.match(String((await toldOf(id))[0]!.Description), /It stays where it is\./);
    await ownRule(lab, 'FALSE', 'Off.', false);
  });

  it('finds the owners of 200 within the budget of a flow', async () => {
    const marketer = await lab.createUser('keeper');
    const AccountId = lab.createOne('Account', { Name: 'Acme', [MARKETING_OWNER]: marketer });
    // A third each: named by the account, handed over, never handed over.
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, (_, index) =>
        engaged({
          Name: `Batch ${String(index)}`,
          ...(index % 3 === 0 && { AccountId }),
          ...(index % 3 === 2 && { StageName: 'Qualified', OwnerId: executive }),
        }),
      ),
    );
    const move = (values: Values, which: (index: number) => boolean) =>
      lab.usedToUpdate(
        'Opportunity',
        ids.filter((_, index) => which(index)).map((Id) => ({ Id, ...values })),
      );
    move({ StageName: 'Prioritized' }, (index) => index % 3 !== 2);
    const pending = await lab.query(
      `SELECT Id FROM Handshake__c WHERE ${HANDSHAKE_FIELD.outcome} = 'Pending' AND Opportunity__r.Name LIKE 'Batch%'`,
    );
    lab.update(
      'Handshake__c',
      pending.map(({ Id }) => ({ Id: String(Id), [HANDSHAKE_FIELD.outcome]: 'Accepted' })),
    );
    within(
      move(recycled, () => true),
      { queries: 6, dmlStatements: 4 },
    );
    const owners = await lab.query(
      `SELECT OwnerId, COUNT(Id) n FROM Opportunity WHERE StageName = 'Recycled' AND Name LIKE 'Batch%' GROUP BY OwnerId`,
    );
    assert.deepEqual(
      new Map(owners.map(({ OwnerId, n }) => [OwnerId, n])),
      new Map([
        [marketer, 67],
        [giver, 67],
        [executive, 66],
      ]),
    );
    const told = await lab.query(`SELECT COUNT(Id) n FROM Task WHERE Subject LIKE '${NOT_WITH_MARKETING}Batch%'`);
    assert.equal(told[0]!.n, 66);
  });
});

describe('the owner of what was recycled, without handshakes and owner rules', () => {
  let lab: Lab;
  before(async () => {
    const model = await defaultModel();
    lab = await openLab({
      ...model,
      ...{ closedWon: [], handshakes: [], leads: null, lostRenewal: null, promotions: [] },
      opportunityTypes: model.opportunityTypes.map((type) => ({
        ...type,
        creation: { ...type.creation, ownerChain: [] },
      })),
    });
  });
  after(() => lab.close());

  it('stays who it is, and RevOps hears of it', async () => {
    const id = lab.createOne('Opportunity', {
      ...{ Name: 'Acme', StageName: 'Qualified', CloseDate: '2027-01-31' },
      RecordTypeId: await lab.recordType('Acquisition'),
    });
    lab.update('Opportunity', [{ Id: id, ...recycled }]);
    const [task] = await lab.query(`SELECT Subject, Description FROM Task WHERE WhatId = '${id}'`);
    assert.equal(task!.Subject, 'Recycled, but not with Marketing: Acme');
    assert.match(String(task!.Description), /Nobody of Marketing was found: the model names nobody\./);
  });
});
