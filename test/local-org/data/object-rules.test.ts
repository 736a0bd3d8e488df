import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEAL, openTestOrg } from './open-test-org.ts';

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
