import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SoqlRecord } from '../../../local-org/data/soql/soql-result.ts';
import { DEAL } from '../data/open-test-org.ts';
import { errorsOf, openCompany, type Company } from './people.ts';

/** A boss with two sellers below, each with an opportunity on the account of the first. */
function salesTeam(company: Company) {
  const top = company.insert('UserRole', {
    Name: 'Boss',
    DeveloperName: 'Boss',
    OpportunityAccessForAccountOwner: 'None',
  });
  const below = company.insert('UserRole', {
    Name: 'Seller',
    DeveloperName: 'Seller',
    ParentRoleId: top,
    OpportunityAccessForAccountOwner: 'None',
  });
  const ids = {
    boss: company.hire('boss', { role: top }),
    ann: company.hire('ann', { role: below }),
    bob: company.hire('bob', { role: below }),
  };
  const account = company.insert('Account', { Name: 'Acme', OwnerId: ids.ann });
  const deal = (OwnerId: string) =>
    company.insert('Opportunity', { ...DEAL, Name: `Deal of ${OwnerId}`, OwnerId, AccountId: account });
  const { person } = company;
  return {
    account,
    annsDeal: deal(ids.ann),
    bobsDeal: deal(ids.bob),
    ids,
    boss: person(ids.boss),
    ann: person(ids.ann),
    bob: person(ids.bob),
    admin: person(company.user.id),
  };
}

const NO_RIGHTS = ['INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights on object id'];

test('Private: owners and those above them see a record, the administrator sees all', () => {
  const company = openCompany('Private');
  const { ann, boss, admin, annsDeal, bobsDeal } = salesTeam(company);
  const ids = (records: readonly { id: string | null }[]) => records.map(({ id }) => id);
  assert.deepEqual(ids(ann.query('SELECT Id FROM Opportunity')), [annsDeal]);
  assert.equal(boss.query('SELECT Id FROM Opportunity').length, 2);
  assert.equal(admin.query('SELECT Id FROM Opportunity').length, 2);
  assert.deepEqual(
    ids(ann.query(`SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE Id = '${bobsDeal}')`)),
    [],
  );
  assert.equal(ann.query('SELECT COUNT(Id) n FROM Opportunity')[0]?.values.n, 1);
  assert.equal(
    ann.run((tx) => tx.byIds('Opportunity', [annsDeal, bobsDeal]).size),
    1,
  );
  assert.equal(
    ann.run((tx) => tx.select({ object: 'Opportunity', filter: null }).length),
    1,
  );
  company.org.close();
});

test('Private: the hierarchy reaches through all its levels, and not up or across', () => {
  const company = openCompany('Private');
  const role = (Name: string, ParentRoleId: string | null) =>
    company.insert('UserRole', { Name, DeveloperName: Name, ParentRoleId, OpportunityAccessForAccountOwner: 'None' });
  const top = role('Top', null);
  const middle = role('Middle', top);
  const hired = { top, middle, low: role('Low', middle), other: role('Other', top) };
  const people = Object.fromEntries(
    Object.entries(hired).map(([name, id]) => [name, company.person(company.hire(name, { role: id }))]),
  );
  company.insert('Opportunity', { ...DEAL, OwnerId: people.low!.user.id });
  const seen = Object.entries(people).map(([name, one]) => [name, one.query('SELECT Id FROM Opportunity').length]);
  assert.deepEqual(Object.fromEntries(seen), { top: 1, middle: 1, low: 1, other: 0 });
  company.org.close();
});

for (const [level, reads, edits] of [
  ['None', false, false],
  ['Read', true, false],
  ['Edit', true, true],
] as const) {
  test(`Private: an account's owner, whose role says ${level}, and the opportunities of others on it`, () => {
    const company = openCompany('Private');
    const role = company.insert('UserRole', {
      Name: 'Owner',
      DeveloperName: 'Owner',
      OpportunityAccessForAccountOwner: level,
    });
    const owner = company.person(company.hire('owner', { role }));
    const AccountId = company.insert('Account', { Name: 'Acme', OwnerId: owner.user.id });
    const deal = company.insert('Opportunity', { ...DEAL, AccountId });
    company.insert('Opportunity', DEAL);
    assert.deepEqual(
      owner.query('SELECT Id FROM Opportunity').map(({ id }) => id),
      reads ? [deal] : [],
    );
    const saved = owner.save('update', 'Opportunity', [{ Id: deal, NextStep: 'Call' }]);
    assert.equal(saved[0]?.success, edits);
    company.org.close();
  });
}

test('Private: what cannot be seen cannot be changed, nor named by another record', () => {
  const company = openCompany('Private');
  const { ann, boss, bobsDeal } = salesTeam(company);
  assert.deepEqual(errorsOf(ann.save('update', 'Opportunity', [{ Id: bobsDeal, Name: 'x' }])), [
    'INVALID_CROSS_REFERENCE_KEY: invalid cross reference id',
  ]);
  assert.deepEqual(errorsOf(ann.save('insert', 'Task', [{ Subject: 'Call', WhatId: bobsDeal }])), [
    `INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: insufficient access rights on cross-reference id: ${bobsDeal.slice(0, 15)}`,
  ]);
  assert.deepEqual(errorsOf(boss.save('update', 'Opportunity', [{ Id: bobsDeal, Name: 'x' }])), []);
  company.org.close();
});

test('Private: children follow their opportunity', () => {
  const company = openCompany('Private');
  const { ann, bob, account, annsDeal } = salesTeam(company);
  const contact = company.insert('Contact', { LastName: 'Buyer', AccountId: account });
  company.insert('OpportunityContactRole', { OpportunityId: annsDeal, ContactId: contact });
  assert.equal(ann.query('SELECT Id FROM OpportunityContactRole').length, 1);
  assert.equal(bob.query('SELECT Id FROM OpportunityContactRole').length, 0);
  assert.equal(bob.query('SELECT Id FROM OpportunityHistory').length, 1);
  assert.deepEqual(
    ann
      .query('SELECT (SELECT Id FROM Opportunities) FROM Account')
      .map(({ values }) => (values.Opportunities as { totalSize: number }).totalSize),
    [1],
  );
  company.org.close();
});

test('Private accounts: whoever reaches an opportunity reads its account, and no other', () => {
  const company = openCompany('Private');
  const stored = company.metadata.get('CustomObject', 'Account')?.metadata ?? {};
  company.put('CustomObject', 'Account', { ...stored, sharingModel: 'Private' });
  company.org.reload();
  const { bob, account, bobsDeal } = salesTeam(company);
  company.insert('Account', { Name: 'Unseen' });
  assert.deepEqual(
    bob.query('SELECT Name FROM Account').map(({ values }) => values.Name),
    ['Acme'],
  );
  assert.deepEqual(errorsOf(bob.save('update', 'Account', [{ Id: account, Name: 'x' }])), NO_RIGHTS);
  const other = company.insert('Account', { Name: 'Other' });
  company.save('update', 'Opportunity', [{ Id: bobsDeal, AccountId: other }]);
  assert.equal(
    (bob.query('SELECT Account.Name FROM Opportunity')[0]?.values.Account as SoqlRecord).values.Name,
    'Other',
  );
  company.org.close();
});

test('Public Read Only: everybody sees, owners and those above change', () => {
  const company = openCompany('Read');
  const { ann, boss, bobsDeal } = salesTeam(company);
  assert.equal(ann.query('SELECT Id FROM Opportunity').length, 2);
  assert.deepEqual(errorsOf(ann.save('update', 'Opportunity', [{ Id: bobsDeal, Name: 'x' }])), NO_RIGHTS);
  assert.deepEqual(errorsOf(boss.save('update', 'Opportunity', [{ Id: bobsDeal, Name: 'x' }])), []);
  company.org.close();
});

test('Public Read/Write: everybody changes, only owners and those above give away', () => {
  const company = openCompany('ReadWrite');
  const { ann, bob, bobsDeal, ids } = salesTeam(company);
  assert.deepEqual(errorsOf(ann.save('update', 'Opportunity', [{ Id: bobsDeal, Name: 'x' }])), []);
  assert.deepEqual(errorsOf(ann.save('update', 'Opportunity', [{ Id: bobsDeal, OwnerId: ids.ann }])), NO_RIGHTS);
  assert.deepEqual(errorsOf(bob.save('update', 'Opportunity', [{ Id: bobsDeal, OwnerId: ids.ann }])), []);
  company.org.close();
});
