import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { roundHalfUp } from '../../../local-org/data/save/convert-value.ts';
import { DEAL, openTestOrg, type Values } from './open-test-org.ts';

test('a campaign member shows its person, is there once, and knows whether it responded', () => {
  const { insert, save, one } = openTestOrg();
  const campaign = insert('Campaign', { Name: 'Webinar' });
  const account = insert('Account', { Name: 'Acme' });
  const contact = insert('Contact', { FirstName: 'Jane', LastName: 'Doe', AccountId: account });
  const member = insert('CampaignMember', { CampaignId: campaign, ContactId: contact });
  save('update', 'CampaignMember', [{ Id: member, Status: 'Responded' }]);
  assert.deepEqual(one('SELECT Name, CompanyOrAccount, Type, HasResponded, FirstRespondedDate FROM CampaignMember'), {
    Name: 'Jane Doe',
    CompanyOrAccount: 'Acme',
    Type: 'Contact',
    HasResponded: true,
    FirstRespondedDate: '2026-03-15',
  });
  const again = save('insert', 'CampaignMember', [
    { CampaignId: campaign, ContactId: contact },
    { CampaignId: campaign },
  ]);
  assert.deepEqual(
    again.map((result) => result.errors[0]?.message),
    ['Already a campaign member.', 'Required fields are missing: [LeadId, ContactId]'],
  );
});

test('a product needs a standard price before another, and one price per book', () => {
  const { insert, save, one } = openTestOrg();
  const standard = one('SELECT Id FROM Pricebook2 WHERE IsStandard = true')['Id'] as string;
  const partner = insert('Pricebook2', { Name: 'Partner', IsActive: true });
  const product = insert('Product2', { Name: 'Licence', IsActive: true });
  const price = (book: string) =>
    save('insert', 'PricebookEntry', [{ Pricebook2Id: book, Product2Id: product, UnitPrice: 1, IsActive: true }])[0]!;
  assert.equal(price(partner).errors[0]?.statusCode, 'STANDARD_PRICE_NOT_DEFINED');
  assert.ok(price(standard).success && price(partner).success);
  assert.equal(price(standard).errors[0]?.statusCode, 'DUPLICATE_VALUE');
});

test('a product of another price book is refused, the first one chooses the book', () => {
  const { insert, save, one } = openTestOrg();
  const standard = one('SELECT Id FROM Pricebook2')['Id'] as string;
  const partner = insert('Pricebook2', { Name: 'Partner', IsActive: true });
  const product = insert('Product2', { Name: 'Licence', IsActive: true });
  const [first, second] = [standard, partner].map((book) =>
    insert('PricebookEntry', { Pricebook2Id: book, Product2Id: product, UnitPrice: 1, IsActive: true }),
  );
  const deal = insert('Opportunity', DEAL);
  insert('OpportunityLineItem', { OpportunityId: deal, PricebookEntryId: first!, Quantity: 1 });
  assert.equal(one('SELECT Pricebook2Id FROM Opportunity')['Pricebook2Id'], standard);
  const [refused] = save('insert', 'OpportunityLineItem', [
    { OpportunityId: deal, PricebookEntryId: second!, Quantity: 1 },
  ]);
  assert.equal(refused!.errors[0]?.statusCode, 'FIELD_INTEGRITY_EXCEPTION');
});

test('tracked fields write field history', () => {
  const { org, put, insert, save, query } = openTestOrg();
  put('CustomField', 'Opportunity.Amount', { trackHistory: true });
  org.reload();
  const deal = insert('Opportunity', { ...DEAL, Amount: 1 });
  save('update', 'Opportunity', [{ Id: deal, Amount: 2, NextStep: 'x' }]);
  const rows = query('SELECT Field, DataType, OldValue, NewValue FROM OpportunityFieldHistory ORDER BY Id').records;
  assert.deepEqual(
    rows.map((row) => Object.values(row.values)),
    [
      ['created', null, null, null],
      ['Amount', 'Currency', '1', '2'],
    ],
  );
});

test('an open task marks its opportunity until it is closed or deleted', () => {
  const { insert, save, one } = openTestOrg();
  const deal = insert('Opportunity', DEAL);
  const open = (): unknown => one('SELECT HasOpenActivity FROM Opportunity')['HasOpenActivity'];
  const task = insert('Task', { Subject: 'Call', WhatId: deal });
  assert.equal(open(), true);
  save('update', 'Task', [{ Id: task, Status: 'Completed' }]);
  assert.equal(open(), false);
  const other = insert('Task', { Subject: 'Mail', WhatId: deal });
  save('delete', 'Task', [{ Id: other }]);
  assert.equal(open(), false);
});

test('roll-up summaries follow inserts, changes and deletes of the details', () => {
  const { org, put, insert, save, one } = openTestOrg();
  put('CustomObject', 'Signal__c', {
    label: 'Signal',
    pluralLabel: 'Signals',
    nameField: { label: 'Name', type: 'Text' },
  });
  put('CustomField', 'Signal__c.Opportunity__c', {
    label: 'Opportunity',
    type: 'MasterDetail',
    referenceTo: 'Opportunity',
    relationshipName: 'Signals',
  });
  put('CustomField', 'Signal__c.Score__c', { label: 'Score', type: 'Number', precision: 5, scale: 0 });
  const summary = { type: 'Summary', summaryForeignKey: 'Signal__c.Opportunity__c' };
  put('CustomField', 'Opportunity.Signals__c', { ...summary, label: 'Signals', summaryOperation: 'count' });
  put('CustomField', 'Opportunity.Score__c', {
    ...summary,
    label: 'Score',
    summaryOperation: 'sum',
    summarizedField: 'Signal__c.Score__c',
    summaryFilterItems: [{ field: 'Signal__c.Score__c', operation: 'greaterThan', value: '10' }],
  });
  org.reload();
  const deal = insert('Opportunity', DEAL);
  const signals = save(
    'insert',
    'Signal__c',
    [5, 20, 30].map((Score__c) => ({ Name: 's', Opportunity__c: deal, Score__c })),
  );
  const read = (): unknown => one('SELECT Signals__c, Score__c FROM Opportunity');
  assert.deepEqual(read(), { Signals__c: 3, Score__c: 50 });
  save('update', 'Signal__c', [{ Id: signals[1]!.id, Score__c: 7 }]);
  assert.deepEqual(read(), { Signals__c: 3, Score__c: 30 });
  save('delete', 'Signal__c', [{ Id: signals[2]!.id }]);
  assert.deepEqual(read(), { Signals__c: 2, Score__c: 0 });
  save('undelete', 'Signal__c', [{ Id: signals[2]!.id }]);
  assert.deepEqual(read(), { Signals__c: 3, Score__c: 30 });
  put('CustomField', 'Opportunity.Best__c', {
    ...summary,
    label: 'Best',
    summaryOperation: 'max',
    summarizedField: 'Signal__c.Score__c',
  });
  org.reload();
  assert.equal(one('SELECT Best__c FROM Opportunity')['Best__c'], 30);
});

test('a permission set grants its custom permissions to whoever has it, once', () => {
  const { org, put, user, insert, save, one } = openTestOrg();
  put('CustomPermission', 'Bypass_Waterfall_Automation', { label: 'Bypass' });
  put('PermissionSet', 'Bypass', {
    label: 'Bypass',
    customPermissions: [{ name: 'Bypass_Waterfall_Automation', enabled: true }],
  });
  org.reload();
  assert.equal(org.user(user.id).customPermissions.size, 0);
  const assignment = {
    AssigneeId: user.id,
    PermissionSetId: one("SELECT Id FROM PermissionSet WHERE Name = 'Bypass'")['Id'] as string,
  };
  const id = insert('PermissionSetAssignment', assignment);
  assert.ok(org.user(user.username).customPermissions.has('Bypass_Waterfall_Automation'));
  assert.equal(save('insert', 'PermissionSetAssignment', [assignment])[0]!.errors[0]?.statusCode, 'DUPLICATE_VALUE');
  assert.ok(save('delete', 'PermissionSetAssignment', [{ Id: id }])[0]!.success);
  assert.equal(org.user(user.id).customPermissions.size, 0);
});

test('a probability is a percentage, an amount out of range is the only field that is named', () => {
  const { save, put, org, insert, query } = openTestOrg();
  const errorsOf = (values: Values) =>
    save('insert', 'Opportunity', [{ ...DEAL, ...values }])[0]!.errors.map(
      ({ statusCode, message }) => `${statusCode}: ${message}`,
    );
  for (const probability of [-1, 101])
    assert.deepEqual(errorsOf({ Probability: probability }), [
      'FIELD_INTEGRITY_EXCEPTION: Probability must be between 0 and 100: Probability (%)',
    ]);
  assert.deepEqual(errorsOf({ Probability: 100 }), []);
  assert.deepEqual(errorsOf({ Amount: 1e17 }), [
    'NUMBER_OUTSIDE_VALID_RANGE: Amount: value outside of valid range on numeric field: 1.0E17',
  ]);
  put('CustomField', 'Account.Score__c', { label: 'Score', type: 'Number', precision: 3, scale: 0 });
  org.reload();
  const [score] = save('insert', 'Account', [{ Name: 'A', Score__c: 1500 }]);
  assert.equal(score!.errors[0]?.message, 'Score: value outside of valid range on numeric field: 1500.0');
  const [people] = save('insert', 'Account', [{ Name: 'A', NumberOfEmployees: 1_431_655_766 }]);
  assert.equal(people!.errors[0]?.message, 'Employees: value outside of valid range on numeric field: 1431655766');
  insert('Account', { Name: 'Tiny', AnnualRevenue: 1e-7 });
  assert.deepEqual(query("SELECT AnnualRevenue FROM Account WHERE Name = 'Tiny'").records[0]?.values, {
    AnnualRevenue: 0,
  });
});

test('a decimal of up to 15 digits is rounded half away from zero, as it is written', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }),
      fc.nat(12),
      fc.nat(6),
      (digits, drop, scale) => {
        const sign = digits < 0n ? -1n : 1n;
        const size = digits * sign;
        const places = BigInt(scale + drop);
        const number = Number(`${digits}e-${places}`);
        const unit = 10n ** BigInt(drop);
        const expected = Number(`${sign * ((size + unit / 2n) / unit)}e-${scale}`);
        assert.equal(roundHalfUp(number, scale) + 0, expected + 0, `${number} to ${scale}`);
      },
    ),
  );
});

test('an account is not its own ancestor', () => {
  const { insert, save } = openTestOrg();
  const top = insert('Account', { Name: 'Top' });
  const below = insert('Account', { Name: 'Below', ParentId: top });
  const bottom = insert('Account', { Name: 'Bottom', ParentId: below });
  for (const parent of [top, below, bottom])
    assert.equal(
      save('update', 'Account', [{ Id: top, ParentId: parent }])[0]!.errors[0]?.statusCode,
      'CIRCULAR_DEPENDENCY',
    );
  const other = insert('Account', { Name: 'Other' });
  assert.ok(save('update', 'Account', [{ Id: top, ParentId: other }])[0]!.success);
  const swapped = save('update', 'Account', [
    { Id: other, ParentId: bottom },
    { Id: top, ParentId: null },
  ]);
  assert.deepEqual(
    swapped.map(({ success }) => success),
    [true, true],
  );
});

test('records that mirror metadata are refused by name', () => {
  const { save, query } = openTestOrg();
  for (const object of ['PermissionSet', 'ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess', 'RecordType'])
    assert.throws(() => save('insert', object, [{}]), {
      code: 'FUNCTIONALITY_NOT_ENABLED',
      message: new RegExp(object),
    });
  const profile = query('SELECT Id FROM Profile LIMIT 1').records[0]!.id!;
  assert.throws(() => save('update', 'Profile', [{ Id: profile, Description: 'x' }]), /Deploy a profile instead/);
});

test('a standard field with idLookup names a record in an upsert', () => {
  const { insert, save, one } = openTestOrg();
  const id = insert('Contact', { LastName: 'Doe', Email: 'doe@example.com' });
  const records = [{ Email: 'DOE@example.com', LastName: 'Changed' }];
  const [result] = save('upsert', 'Contact', records, { externalIdField: 'Email' });
  assert.deepEqual([result?.id, result?.created], [id, false]);
  assert.equal(one('SELECT LastName FROM Contact')['LastName'], 'Changed');
  assert.throws(() => save('upsert', 'Contact', records, { externalIdField: 'LastName' }), { code: 'INVALID_FIELD' });
});
