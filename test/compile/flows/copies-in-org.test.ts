/** Buying groups and products of a won opportunity in what its win creates. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compileWaterfall } from '../../../scripts/compile/compile-waterfall.ts';
import { FIELD, MEMBER_FIELD, PRODUCT_FIELD } from '../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../scripts/model/waterfall.ts';
import { defaultModel } from './default-model.ts';
import { openLab, ownRule } from './org-lab.ts';
import type { Lab, Values } from './org-lab.ts';

/** Everything at the win, and products in the upsell too, where those that are not renewable go along. */
const model = (waterfall: Waterfall): Waterfall => ({
  ...waterfall,
  closedWon: waterfall.closedWon.map((rule) => ({
    ...rule,
    delayDays: 0,
    ...(rule.creates === 'upsell' && { copies: [...rule.copies, 'products'] }),
  })),
});

describe('what a win copies', () => {
  let lab: Lab;
  let used: Waterfall;
  let acquisition: string;
  let standardBook: string;
  let book: string;
  let licence: string;
  let training: string;
  let licencePrice: string;

  const product = (Name: string, renewable: boolean) =>
    lab.createOne('Product2', { Name, IsActive: true, [PRODUCT_FIELD.renewable]: renewable });
  const price = (Pricebook2Id: string, Product2Id: string, UnitPrice: number) =>
    lab.createOne('PricebookEntry', { Pricebook2Id, Product2Id, UnitPrice, IsActive: true });
  const wonOpportunity = (more: Values = {}): string =>
    lab.createOne('Opportunity', {
      Name: 'Acme',
      AccountId: lab.createOne('Account', { Name: 'Acme' }),
      StageName: 'Negotiation',
      CloseDate: '2026-01-31',
      Amount: 1000,
      RecordTypeId: acquisition,
      Pricebook2Id: book,
      [FIELD.solution]: 'Analytics',
      [FIELD.contractTermMonths]: 12,
      ...more,
    });
  const line = (OpportunityId: string, PricebookEntryId: string, Quantity: number, UnitPrice: number) =>
    lab.createOne('OpportunityLineItem', { OpportunityId, PricebookEntryId, Quantity, UnitPrice });
  const contact = (LastName: string) => lab.createOne('Contact', { LastName });
  const member = (OpportunityId: string, ContactId: string, more: Values = {}) =>
    lab.createOne('OpportunityContactRole', { OpportunityId, ContactId, ...more });
  const win = (...ids: readonly string[]) =>
    lab.update(
      'Opportunity',
      ids.map((Id) => ({ Id, StageName: 'Closed Won' })),
    );
  const created = async (id: string, like: string): Promise<string> => {
    const [row] = await lab.query(
      `SELECT Id FROM Opportunity WHERE ${FIELD.sourceOpportunity} = '${id}' AND ${FIELD.key} LIKE '${like}:%'`,
    );
    return String(row!.Id);
  };
  const membersOf = (id: string) =>
    lab.query(
      `SELECT ContactId, Role, IsPrimary, ${MEMBER_FIELD.status}, ${MEMBER_FIELD.source} FROM OpportunityContactRole WHERE OpportunityId = '${id}' ORDER BY Contact.LastName`,
    );
  const linesOf = (id: string) =>
    lab.query(
      `SELECT Product2Id, Quantity, UnitPrice FROM OpportunityLineItem WHERE OpportunityId = '${id}' ORDER BY Quantity`,
    );
  const amountOf = async (id: string) =>
    (await lab.query(`SELECT Amount, Pricebook2Id, StageName FROM Opportunity WHERE Id = '${id}'`))[0]!;
  const tasksOf = (id: string) => lab.query(`SELECT Subject, Description FROM Task WHERE WhatId = '${id}'`);

  before(async () => {
    used = model(await defaultModel());
    lab = await openLab(used);
    acquisition = await lab.recordType('Acquisition');
    standardBook = String((await lab.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true'))[0]!.Id);
    lab.update('Pricebook2', [{ Id: standardBook, IsActive: true }]);
    book = lab.createOne('Pricebook2', { Name: 'Europe', IsActive: true });
    licence = product('Licence', true);
    training = product('Training', false);
    for (const each of [licence, training]) price(standardBook, each, 1);
    licencePrice = price(book, licence, 100);
  });
  after(() => lab.close());

  it('copies the members of the group with role, status and who is primary, as people of a customer', async () => {
    const id = wonOpportunity();
    const [anna, berta] = [contact('Anna'), contact('Berta')];
    member(id, anna, { Role: 'Decision Maker', [MEMBER_FIELD.status]: 'Confirmed', IsPrimary: true });
    member(id, berta, { Role: 'User', [MEMBER_FIELD.source]: 'Inbound' });
    win(id);
    for (const like of ['renewal', 'upsell'])
      assert.deepEqual(await membersOf(await created(id, like)), [
        {
          ContactId: anna,
          Role: 'Decision Maker',
          IsPrimary: true,
          [MEMBER_FIELD.status]: 'Confirmed',
          [MEMBER_FIELD.source]: 'Customer',
        },
        {
          ContactId: berta,
          Role: 'User',
          IsPrimary: false,
          [MEMBER_FIELD.status]: 'Potential',
          [MEMBER_FIELD.source]: 'Customer',
        },
      ]);
    assert.deepEqual(await membersOf(await created(id, 'crossSell')), [], 'another group decides on another solution');
  });

  it('does not miss a contact that was deleted', async () => {
    const id = wonOpportunity();
    const [gone, stays] = [contact('Gone'), contact('Stays')];
    member(id, gone, { IsPrimary: true });
    member(id, stays);
    lab.remove('Contact', [gone]);
    win(id);
    const renewal = await created(id, 'renewal');
    assert.deepEqual(
      (await membersOf(renewal)).map(({ ContactId }) => ContactId),
      [stays],
    );
    assert.deepEqual(await tasksOf(renewal), []);
  });

  it('copies renewable products at the price of today; the amount is their sum', async () => {
    const id = wonOpportunity();
    const trainingPrice = price(book, training, 50);
    line(id, licencePrice, 3, 80);
    line(id, licencePrice, 4, 90);
    line(id, trainingPrice, 2, 40);
    win(id);
    const renewal = await created(id, 'renewal');
    assert.deepEqual(await linesOf(renewal), [
      { Product2Id: licence, Quantity: 3, UnitPrice: 100 },
      { Product2Id: licence, Quantity: 4, UnitPrice: 100 },
    ]);
    assert.deepEqual(await amountOf(renewal), { Amount: 700, Pricebook2Id: book, StageName: 'Renewal Scheduled' });
    const upsell = await created(id, 'upsell');
    assert.equal((await linesOf(upsell)).length, 3);
    assert.equal((await amountOf(upsell)).Amount, 800);
    assert.deepEqual([...(await tasksOf(id)), ...(await tasksOf(renewal)), ...(await tasksOf(upsell))], []);
  });

  it('keeps the amount of the rule where there is nothing renewable', async () => {
    const id = wonOpportunity();
    const [trainingPrice] = await lab.query(
      `SELECT Id FROM PricebookEntry WHERE Product2Id = '${training}' AND Pricebook2Id = '${book}'`,
    );
    line(id, String(trainingPrice!.Id), 2, 500);
    win(id);
    const renewal = await created(id, 'renewal');
    assert.deepEqual(await linesOf(renewal), []);
    assert.equal((await amountOf(renewal)).Amount, 1030);
  });

  it('copies the rest where a price is missing, and tells RevOps which', async () => {
    const old = product('Old Module', true);
    price(standardBook, old, 1);
    const oldPrice = price(book, old, 70);
    const id = wonOpportunity();
    line(id, licencePrice, 3, 80);
    line(id, oldPrice, 9, 70);
    lab.update('PricebookEntry', [{ Id: oldPrice, IsActive: false }]);
    win(id);
    const renewal = await created(id, 'renewal');
    assert.deepEqual(await linesOf(renewal), [{ Product2Id: licence, Quantity: 3, UnitPrice: 100 }]);
    const [task, ...more] = await tasksOf(renewal);
    assert.deepEqual(more, []);
    assert.match(String(task!.Subject), /^Products not copied completely: Acme Renewal/);
    assert.match(String(task!.Description), /The price book has no active price\. Not copied: .*Old Module; /);
    assert.doesNotMatch(String(task!.Description), /Licence/);
  });

  it('creates the renewal without products where the price book is no longer active, and says so', async () => {
    const archived = lab.createOne('Pricebook2', { Name: 'Archived', IsActive: true });
    const archivedPrice = price(archived, licence, 90);
    const id = wonOpportunity({ Pricebook2Id: archived });
    line(id, archivedPrice, 1, 90);
    lab.update('Pricebook2', [{ Id: archived, IsActive: false }]);
    win(id);
    const renewal = await created(id, 'renewal');
    assert.deepEqual(await linesOf(renewal), []);
    assert.equal((await amountOf(renewal)).Pricebook2Id, null);
    const [task] = await tasksOf(renewal);
    assert.match(String(task!.Description), /The price book of the won opportunity is not active/);
  });

  it('lets the renewal stand when the org refuses a member or a product, and tells RevOps', async () => {
    await lab.deploy('ValidationRule', 'OpportunityContactRole.Own_Rule', {
      active: true,
      errorConditionFormula: 'AND(ISNEW(), ISPICKVAL(Role, "Signer"))',
      errorMessage: 'Signers are added by Legal.',
    });
    const id = wonOpportunity();
    const [anna, berta] = [contact('Anna'), contact('Berta')];
    member(id, anna, { Role: 'User' });
    const signer = member(id, berta, { Role: 'User' });
    lab.update('OpportunityContactRole', [{ Id: signer, Role: 'Signer' }]);
    line(id, licencePrice, 1, 80);
    win(id);
    await lab.deploy('ValidationRule', 'OpportunityContactRole.Own_Rule', {
      active: false,
      errorConditionFormula: 'FALSE',
      errorMessage: 'Signers are added by Legal.',
    });
    const renewal = await created(id, 'renewal');
    assert.deepEqual(
      (await membersOf(renewal)).map(({ ContactId }) => ContactId),
      [anna],
    );
    assert.equal((await linesOf(renewal)).length, 1);
    const [task, ...more] = await tasksOf(renewal);
    assert.deepEqual(more, []);
    assert.match(String(task!.Subject), /^Buying group not copied completely: /);
    assert.match(String(task!.Description), /Signers are added by Legal/);
  });

  it('carries group, products and contract on from renewal to renewal', async () => {
    const id = wonOpportunity({ [FIELD.contractStart]: '2026-02-01', [FIELD.contractEnd]: '2027-01-31' });
    member(id, contact('Anna'), { Role: 'Champion', IsPrimary: true });
    line(id, licencePrice, 2, 80);
    win(id);
    const first = await created(id, 'renewal');
    win(first);
    const second = await created(first, 'renewal');
    assert.equal((await membersOf(second)).length, 1);
    assert.equal((await linesOf(second)).length, 1);
    const [row] = await lab.query(
      `SELECT CloseDate, ${FIELD.contractStart}, ${FIELD.contractEnd}, Amount FROM Opportunity WHERE Id = '${second}'`,
    );
    assert.deepEqual(row, {
      CloseDate: '2028-01-31',
      [FIELD.contractStart]: '2028-02-01',
      [FIELD.contractEnd]: '2029-01-31',
      Amount: 200,
    });
  });

  it('tells RevOps about a deactivated record type, creates the others, and what is missing when won again', async () => {
    const id = wonOpportunity();
    const upsell = compileWaterfall(used).find(({ fullName }) => fullName === 'Opportunity.Upsell')!;
    const deployUpsell = (active: boolean) =>
      lab.deploy('RecordType', 'Opportunity.Upsell', { ...upsell.metadata, active });
    await deployUpsell(false);
    win(id);
    assert.deepEqual(
      (await tasksOf(id)).map(({ Subject }) => Subject),
      ['Upsell not created: Acme'],
    );
    assert.match(String((await tasksOf(id))[0]!.Description), /no active record type Upsell/);
    await deployUpsell(true);
    lab.update('Opportunity', [{ Id: id, StageName: 'Negotiation' }]);
    win(id);
    assert.ok(await created(id, 'upsell'));
    assert.ok(await created(id, 'renewal'));
  });

  it('keeps one of 200 that the org refuses apart from the others', async () => {
    await ownRule(lab, 'AND(RecordType.DeveloperName = "Renewal", Amount = 1338.99)', 'Not this one.');
    const account = lab.createOne('Account', { Name: 'Many' });
    const ids = lab.create(
      'Opportunity',
      Array.from({ length: 200 }, (_, index) => ({
        Name: `Many ${String(index)}`,
        AccountId: account,
        StageName: 'Negotiation',
        CloseDate: '2026-01-31',
        Amount: index === 77 ? 1299.99 : 1000,
        RecordTypeId: acquisition,
        [FIELD.solution]: 'Services',
      })),
    );
    win(...ids);
    await ownRule(lab, 'FALSE', 'Not this one.', false);
    const [{ renewals }] = (await lab.query(
      `SELECT COUNT(Id) renewals FROM Opportunity WHERE ${FIELD.key} LIKE 'renewal:%' AND AccountId = '${account}'`,
    )) as [{ renewals: number }];
    assert.equal(renewals, 199);
    const tasks = await lab.query(`SELECT WhatId FROM Task WHERE Subject LIKE 'Renewal not created: Many%'`);
    assert.deepEqual(
      tasks.map(({ WhatId }) => WhatId),
      [ids[77]],
    );
  });
});
