import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEAL, openTestOrg } from './open-test-org.ts';

test("system validation answers in the platform's words, and a bad row does not spoil a good one", () => {
  const { save } = openTestOrg();
  const results = save('insert', 'Opportunity', [
    DEAL,
    {},
    { ...DEAL, Name: 'x'.repeat(121) },
    { ...DEAL, AccountId: '006000000000001AAA' },
    { ...DEAL, AccountId: '001000000000009AAA' },
    { ...DEAL, IsWon: true },
    { ...DEAL, Nonsense__c: 1 },
    { ...DEAL, Amount: 1e17 },
    { ...DEAL, ForecastCategoryName: 'Sure' },
    { ...DEAL, CloseDate: '2026-02-30' },
  ]);
  assert.equal(results[0]!.success, true);
  assert.deepEqual(
    results.slice(1).map((result) => result.errors[0]),
    [
      {
        statusCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [CloseDate, Name, StageName]',
        fields: ['CloseDate', 'Name', 'StageName'],
      },
      {
        statusCode: 'STRING_TOO_LONG',
        message: `Name: data value too large: ${'x'.repeat(121)} (max length=120)`,
        fields: ['Name'],
      },
      {
        statusCode: 'FIELD_INTEGRITY_EXCEPTION',
        message: 'Account ID: id value of incorrect type: 006000000000001AAA',
        fields: ['AccountId'],
      },
      { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: ['AccountId'] },
      {
        statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        message:
          'Unable to create/update fields: IsWon. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
        fields: ['IsWon'],
      },
      {
        statusCode: 'INVALID_FIELD',
        message: "No such column 'Nonsense__c' on sobject of type Opportunity",
        fields: [],
      },
      {
        statusCode: 'NUMBER_OUTSIDE_VALID_RANGE',
        message: 'Amount: value outside of valid range on numeric field: 1.0E17',
        fields: ['Amount'],
      },
      {
        statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: 'Forecast Category: bad value for restricted picklist field: Sure',
        fields: ['ForecastCategoryName'],
      },
      {
        statusCode: 'INVALID_TYPE_ON_FIELD_IN_RECORD',
        message: 'Close Date: value not of required type: 2026-02-30',
        fields: ['CloseDate'],
      },
    ],
  );
});

test('allOrNone undoes the good rows and says so', () => {
  const { save, query } = openTestOrg();
  const results = save('insert', 'Account', [{ Name: 'Good' }, {}], { allOrNone: true });
  assert.deepEqual(
    results.map((result) => result.errors[0]?.statusCode),
    ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING'],
  );
  assert.equal(query('SELECT COUNT() FROM Account').totalSize, 0);
});

test('a stage brings probability and forecast category, unless they are set', () => {
  const { insert, save, one } = openTestOrg();
  const id = insert('Opportunity', { ...DEAL, Amount: 200 });
  const read = (): unknown =>
    one(
      `SELECT Probability, ForecastCategoryName, ForecastCategory, ExpectedRevenue, IsClosed, IsWon, FiscalYear, FiscalQuarter, Fiscal, LastStageChangeDate FROM Opportunity WHERE Id = '${id}'`,
    );
  assert.deepEqual(read(), {
    Probability: 10,
    ForecastCategoryName: 'Pipeline',
    ForecastCategory: 'Pipeline',
    ExpectedRevenue: 20,
    IsClosed: false,
    IsWon: false,
    FiscalYear: 2026,
    FiscalQuarter: 4,
    Fiscal: '2026 4',
    LastStageChangeDate: null,
  });
  save('update', 'Opportunity', [{ Id: id, StageName: 'Closed Won' }]);
  assert.deepEqual(read(), {
    Probability: 100,
    ForecastCategoryName: 'Closed',
    ForecastCategory: 'Closed',
    ExpectedRevenue: 200,
    IsClosed: true,
    IsWon: true,
    FiscalYear: 2026,
    FiscalQuarter: 4,
    Fiscal: '2026 4',
    LastStageChangeDate: '2026-03-15T20:00:00.000Z',
  });
  save('update', 'Opportunity', [{ Id: id, StageName: 'Qualification', Probability: 33 }]);
  assert.equal(one('SELECT Probability FROM Opportunity')['Probability'], 33);
});

test('history has a row for the creation and for each change of a watched field', () => {
  const { insert, save, query, one } = openTestOrg();
  const id = insert('Opportunity', { ...DEAL, Amount: 100 });
  save('update', 'Opportunity', [{ Id: id, NextStep: 'Call' }]);
  save('update', 'Opportunity', [{ Id: id, Amount: 150 }]);
  save('update', 'Opportunity', [{ Id: id, StageName: 'Qualification', CloseDate: '2027-01-31' }]);
  const rows = query(
    `SELECT StageName, Amount, PrevAmount, CloseDate, PrevCloseDate FROM OpportunityHistory WHERE OpportunityId = '${id}' ORDER BY Id`,
  );
  assert.deepEqual(
    rows.records.map((record) => Object.values(record.values)),
    [
      ['Prospecting', 100, null, '2026-12-31', null],
      ['Prospecting', 150, 100, '2026-12-31', '2026-12-31'],
      ['Qualification', 150, 150, '2027-01-31', '2026-12-31'],
    ],
  );
  assert.equal(one('SELECT PushCount FROM Opportunity')['PushCount'], 1);
});

test('products roll up into the amount, which then cannot be set', () => {
  const { insert, save, one } = openTestOrg();
  const book = one('SELECT Id FROM Pricebook2')['Id'] as string;
  const product = insert('Product2', { Name: 'Licence', ProductCode: 'L1', IsActive: true });
  const entry = insert('PricebookEntry', { Pricebook2Id: book, Product2Id: product, UnitPrice: 50, IsActive: true });
  const deal = insert('Opportunity', { ...DEAL, Amount: 1 });
  const item = insert('OpportunityLineItem', { OpportunityId: deal, PricebookEntryId: entry, Quantity: 3 });
  assert.deepEqual(one('SELECT Amount, HasOpportunityLineItem, TotalOpportunityQuantity FROM Opportunity'), {
    Amount: 150,
    HasOpportunityLineItem: true,
    TotalOpportunityQuantity: 3,
  });
  save('update', 'Opportunity', [{ Id: deal, Amount: 9 }]);
  assert.equal(one('SELECT Amount FROM Opportunity')['Amount'], 150);
  save('update', 'OpportunityLineItem', [{ Id: item, UnitPrice: 40 }]);
  assert.equal(one('SELECT Amount FROM Opportunity')['Amount'], 120);
  save('delete', 'OpportunityLineItem', [{ Id: item }]);
  assert.deepEqual(one('SELECT Amount, HasOpportunityLineItem FROM Opportunity'), {
    Amount: 120,
    HasOpportunityLineItem: false,
  });
});

test('one contact role of an opportunity is primary', () => {
  const { insert, query } = openTestOrg();
  const contact = insert('Contact', { LastName: 'Doe' });
  const deal = insert('Opportunity', { ...DEAL, ContactId: contact });
  insert('OpportunityContactRole', {
    OpportunityId: deal,
    ContactId: contact,
    IsPrimary: true,
    Role: 'Decision Maker',
  });
  const roles = query('SELECT Role, IsPrimary FROM OpportunityContactRole ORDER BY Id').records.map(
    (record) => record.values,
  );
  assert.deepEqual(roles, [
    { Role: null, IsPrimary: false },
    { Role: 'Decision Maker', IsPrimary: true },
  ]);
});

test('upsert finds by external id, without regard to case, and refuses what is ambiguous', () => {
  const { org, put, save, one } = openTestOrg();
  put('CustomField', 'Opportunity.Key__c', { label: 'Key', type: 'Text', length: 80, unique: true, externalId: true });
  org.reload();
  const upsert = (records: Parameters<typeof save>[2]): ReturnType<typeof save> =>
    save('upsert', 'Opportunity', records, { externalIdField: 'Key__c' });
  assert.deepEqual(
    upsert([
      { ...DEAL, Key__c: 'a' },
      { ...DEAL, Key__c: 'b' },
    ]).map((result) => result.created),
    [true, true],
  );
  const again = upsert([{ Key__c: 'A', Name: 'Renamed' }, { Name: 'No key' }]);
  assert.deepEqual([again[0]!.success, again[0]!.created], [true, false]);
  assert.equal(again[1]!.errors[0]?.statusCode, 'MISSING_ARGUMENT');
  assert.equal(one("SELECT Name FROM Opportunity WHERE Key__c = 'a'")['Name'], 'Renamed');
  const duplicate = save('insert', 'Opportunity', [{ ...DEAL, Key__c: 'B' }])[0]!.errors[0]!;
  assert.match(duplicate.message, /^duplicate value found: Key__c duplicates value on record with id: 006/);
});

test('delete takes dependents along, undelete brings them back', () => {
  const { insert, save, query } = openTestOrg();
  const account = insert('Account', { Name: 'Acme' });
  insert('Contact', { LastName: 'Doe', AccountId: account });
  const deal = insert('Opportunity', { ...DEAL, AccountId: account });
  assert.equal(save('delete', 'Account', [{ Id: account }])[0]!.success, true);
  assert.equal(query('SELECT COUNT() FROM Contact').totalSize + query('SELECT COUNT() FROM Opportunity').totalSize, 0);
  assert.equal(query('SELECT COUNT() FROM OpportunityHistory', { allRows: true }).totalSize, 1);
  assert.equal(save('update', 'Opportunity', [{ Id: deal, Name: 'x' }])[0]!.errors[0]?.statusCode, 'ENTITY_IS_DELETED');
  assert.equal(save('undelete', 'Account', [{ Id: account }])[0]!.success, true);
  assert.deepEqual(
    ['Account', 'Contact', 'Opportunity', 'OpportunityHistory'].map(
      (name) => query(`SELECT COUNT() FROM ${name}`).totalSize,
    ),
    [1, 1, 1, 1],
  );
});

test('an account with won opportunities cannot be deleted', () => {
  const { insert, save } = openTestOrg();
  const account = insert('Account', { Name: 'Acme' });
  insert('Opportunity', { ...DEAL, AccountId: account, StageName: 'Closed Won' });
  const [result] = save('delete', 'Account', [{ Id: account }]);
  assert.equal(result!.errors[0]?.statusCode, 'DELETE_FAILED');
});

test('record type: its process restricts nothing through the API, an unknown one is refused, its default value is used', () => {
  const { org, put, insert, save, one } = openTestOrg();
  put('BusinessProcess', 'Opportunity.Renewals', {
    isActive: true,
    values: [{ fullName: 'Prospecting', default: false }],
  });
  put('CustomField', 'Opportunity.Tier__c', {
    label: 'Tier',
    type: 'Picklist',
    valueSet: {
      restricted: true,
      valueSetDefinition: {
        sorted: false,
        value: [
          { fullName: 'Gold', label: 'Gold' },
          { fullName: 'Silver', label: 'Silver', default: true },
        ],
      },
    },
  });
  put('RecordType', 'Opportunity.Renewal', {
    label: 'Renewal',
    active: true,
    businessProcess: 'Renewals',
    picklistValues: [{ picklist: 'Tier__c', values: [{ fullName: 'Gold', default: true }] }],
  });
  org.reload();
  const recordType = org.schema.object('Opportunity')!.recordTypes[0]!;
  const id = insert('Opportunity', { ...DEAL, RecordTypeId: recordType.id });
  assert.deepEqual(one('SELECT Tier__c, RecordType.DeveloperName FROM Opportunity')['Tier__c'], 'Gold');
  assert.equal(
    save('update', 'Opportunity', [{ Id: id, Tier__c: 'Silver' }])[0]!.errors[0]?.message,
    'Tier: bad value for restricted picklist field: Silver',
  );
  assert.match(
    save('insert', 'Opportunity', [{ ...DEAL, RecordTypeId: '012000000000999AAA' }])[0]!.errors[0]!.message,
    /^Record Type ID: this ID value isn't valid for the user: 012/,
  );
});
