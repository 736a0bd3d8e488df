import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { PlatformError } from '../../../local-org/platform-error.ts';
import { DEAL, openTestOrg, type TestOrg } from './open-test-org.ts';

let t: TestOrg;
let names: (where: string) => string;

before(() => {
  t = openTestOrg();
  t.put('CustomField', 'Opportunity.Big__c', { label: 'Big', type: 'Checkbox', formula: 'Amount > 150' });
  t.put('CustomField', 'Opportunity.Tags__c', {
    label: 'Tags',
    type: 'MultiselectPicklist',
    visibleLines: 3,
    valueSet: {
      valueSetDefinition: {
        sorted: false,
        value: [{ fullName: 'a' }, { fullName: 'b' }, { fullName: 'c', label: 'See' }],
      },
    },
  });
  t.org.reload();
  const acme = t.insert('Account', { Name: 'Acme', Industry: 'Energy' });
  const zurich = t.insert('Account', { Name: 'Zürich AG' });
  const contact = t.insert('Contact', { FirstName: 'Jane', LastName: 'Doe', AccountId: acme });
  const lead = t.insert('Lead', { LastName: 'Roe', Company: 'Globex' });
  const deals = [
    { ...DEAL, Name: 'One', AccountId: acme, Amount: 100, CloseDate: '2026-03-15', Tags__c: 'a;b' },
    { ...DEAL, Name: 'Two', AccountId: zurich, Amount: 200, CloseDate: '2026-03-01', Tags__c: 'c' },
    { ...DEAL, Name: 'Three', Amount: null, CloseDate: '2025-12-31', StageName: 'Closed Won' },
  ].map((deal) => t.insert('Opportunity', deal));
  t.insert('OpportunityContactRole', { OpportunityId: deals[0]!, ContactId: contact });
  t.insert('Task', { Subject: 'Call', WhatId: deals[0]!, WhoId: contact });
  t.insert('Task', { Subject: 'Mail', WhatId: acme, WhoId: lead });
  names = (where) =>
    t
      .query(`SELECT Name FROM Opportunity WHERE ${where} ORDER BY Name`)
      .records.map((record) => record.values['Name'] as string)
      .join(' ');
});

const CONDITIONS: readonly (readonly [string, string])[] = [
  ["Name = 'one'", 'One'],
  ["Name != 'one'", 'Three Two'],
  ['Amount != 100', 'Three Two'],
  ['Amount > 100 OR Amount = null', 'Three Two'],
  ['NOT Amount > 100', 'One Three'],
  ["(Name = 'One' OR Name = 'Two') AND Amount < 150", 'One'],
  ["Name LIKE 't%'", 'Three Two'],
  ["Name LIKE '_wo'", 'Two'],
  ["Name IN ('ONE', 'three')", 'One Three'],
  ["Name NOT IN ('ONE')", 'Three Two'],
  ['Amount IN (100, null)', 'One Three'],
  ["Account.Name = 'ZÜRICH ag'", 'Two'],
  ["Account.Name != 'Acme'", 'Three Two'],
  ["Account.Industry = ''", 'Three Two'],
  ["AccountId IN (SELECT Id FROM Account WHERE Name LIKE 'z%')", 'Two'],
  ['AccountId NOT IN (SELECT AccountId FROM Contact)', 'Three Two'],
  ['Id IN (SELECT OpportunityId FROM OpportunityContactRole)', 'One'],
  ["Owner.Profile.Name = 'system administrator'", 'One Three Two'],
  ['CloseDate = TODAY', 'One'],
  ['CloseDate = THIS_MONTH', 'One Two'],
  ['CloseDate = LAST_N_DAYS:14', 'One Two'],
  ['CloseDate < THIS_WEEK', 'Three Two'],
  ['CloseDate = LAST_FISCAL_QUARTER', 'Three'],
  ['CloseDate = 2025-12-31', 'Three'],
  ['CreatedDate = TODAY AND CreatedDate < 2026-03-15T20:00:00.001Z', 'One Three Two'],
  ['CreatedDate >= 2026-03-15T13:00:00-07:00', 'One Three Two'],
  ['CALENDAR_YEAR(CloseDate) = 2025', 'Three'],
  ['HOUR_IN_DAY(convertTimezone(CreatedDate)) = 13', 'One Three Two'],
  ['IsWon = true', 'Three'],
  ['Big__c = true', 'Two'],
  ["Tags__c INCLUDES ('a;b', 'x')", 'One'],
  ["Tags__c EXCLUDES ('c')", 'One Three'],
];

for (const [where, expected] of CONDITIONS) {
  test(`WHERE ${where}`, () => assert.equal(names(where), expected));
}

test('names come back in canonical case, with parents nested and missing parents null', () => {
  const { records, columns } = t.query(
    "SELECT id, ACCOUNT.name, account.owner.NAME FROM opportunity WHERE name IN ('One', 'Three') ORDER BY name",
  );
  const [one, three] = records.map((record) => record.values);
  assert.deepEqual(Object.keys(one!), ['Id', 'Account']);
  const account = one!['Account'] as { object: string; values: Record<string, unknown> };
  assert.equal(account.object, 'Account');
  assert.equal(account.values['Name'], 'Acme');
  assert.equal(three!['Account'], null);
  assert.deepEqual(
    columns.map((column) => column.path.join('.')),
    ['Id', 'Account.Name', 'Account.Owner.Name'],
  );
});

test('polymorphic parents give the fields of whichever object it is', () => {
  const rows = t
    .query('SELECT Who.Name, Who.Type, What.Name, What.Type FROM Task ORDER BY Subject')
    .records.map((record) => record.values as Record<string, { object: string; values: object }>);
  assert.deepEqual(
    rows.map((row) => [row['Who']!.object, row['Who']!.values, row['What']!.object, row['What']!.values]),
    [
      ['Contact', { Name: 'Jane Doe', Type: 'Contact' }, 'Opportunity', { Name: 'One', Type: 'Opportunity' }],
      ['Lead', { Name: 'Roe', Type: 'Lead' }, 'Account', { Name: 'Acme', Type: 'Account' }],
    ],
  );
});

test('child subqueries have their own condition, order and limit per parent', () => {
  const { records } = t.query(
    "SELECT Name, (SELECT Name, Big__c FROM Opportunities WHERE Amount > 0 ORDER BY Name LIMIT 1), (SELECT Id FROM Contracts) FROM Account WHERE Name = 'Acme'",
  );
  const { Opportunities, Contracts } = records[0]!.values as unknown as Record<
    string,
    { totalSize: number; done: boolean; records: { values: object }[] }
  >;
  assert.equal(Contracts, null);
  assert.deepEqual(
    [Opportunities!.totalSize, Opportunities!.done, Opportunities!.records[0]!.values],
    [1, true, { Name: 'One', Big__c: false }],
  );
});

test('aggregates: aliases, expr numbers, HAVING, order', () => {
  const { records } = t.query(
    'SELECT StageName, COUNT(Id) n, SUM(Amount), MAX(CloseDate), COUNT_DISTINCT(AccountId) FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 0 ORDER BY COUNT(Id) DESC',
  );
  assert.deepEqual(
    records.map((record) => record.values),
    [
      { StageName: 'Prospecting', n: 2, expr0: 300, expr1: '2026-03-15', expr2: 2 },
      { StageName: 'Closed Won', n: 1, expr0: null, expr1: '2025-12-31', expr2: 0 },
    ],
  );
  assert.equal(records[0]!.object, 'AggregateResult');
  assert.deepEqual(
    t
      .query(
        'SELECT CALENDAR_YEAR(CloseDate) y, COUNT(Id) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate) ORDER BY CALENDAR_YEAR(CloseDate)',
      )
      .records.map((record) => record.values),
    [
      { y: 2025, expr0: 1 },
      { y: 2026, expr0: 2 },
    ],
  );
  assert.equal(t.query('SELECT COUNT() FROM Opportunity WHERE Amount > 0').totalSize, 2);
});

test('order: missing values first unless asked otherwise; LIMIT and OFFSET', () => {
  const order = (clause: string): unknown =>
    t.query(`SELECT Amount FROM Opportunity ORDER BY ${clause}`).records.map((record) => record.values['Amount']);
  assert.deepEqual(order('Amount'), [null, 100, 200]);
  assert.deepEqual(order('Amount DESC NULLS LAST'), [200, 100, null]);
  assert.deepEqual(order('Amount ASC NULLS LAST LIMIT 1 OFFSET 1'), [200]);
});

test('toLabel, FIELDS and a formula of a parent', () => {
  assert.deepEqual(t.one("SELECT toLabel(Tags__c) FROM Opportunity WHERE Name = 'Two'"), { Tags__c: 'See' });
  const all = t.query('SELECT FIELDS(ALL) FROM Opportunity LIMIT 1').records[0]!.values;
  assert.ok('Big__c' in all && 'SystemModstamp' in all);
  assert.deepEqual(Object.keys(t.query('SELECT FIELDS(CUSTOM) FROM Opportunity LIMIT 1').records[0]!.values), [
    'Big__c',
    'Tags__c',
  ]);
  assert.deepEqual(t.query('SELECT Opportunity.Big__c FROM OpportunityContactRole').records[0]!.values['Opportunity'], {
    kind: 'record',
    object: 'Opportunity',
    id: '006000000000001AAA',
    values: { Big__c: false },
  });
});

test('EntityDefinition and FieldDefinition show the schema', () => {
  const { records } = t.query(
    "SELECT QualifiedApiName, DataType FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Opportunity' AND QualifiedApiName LIKE '%__c'",
  );
  assert.deepEqual(
    records.map((record) => record.values['QualifiedApiName']),
    ['Big__c', 'Tags__c'],
  );
});

const ERRORS: readonly (readonly [string, string, RegExp])[] = [
  [
    'SELECT Naem FROM Account',
    'INVALID_FIELD',
    /^\nSELECT Naem FROM Account\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Naem' on entity 'Account'\. If you are/,
  ],
  ['SELECT Id\nFROM Acount', 'INVALID_TYPE', /ERROR at Row:2:Column:6\nsObject type 'Acount' is not supported\./],
  ['SELECT Id FORM Account', 'MALFORMED_QUERY', /Column:11\nunexpected token: 'FORM'/],
  ["SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Id = null", 'MALFORMED_QUERY', /unexpected token: 'OR'/],
  ['SELECT Foo.Name FROM Contact', 'INVALID_FIELD', /Didn't understand relationship 'Foo' in field path\./],
  [
    'SELECT Id, (SELECT Id FROM Deals) FROM Account',
    'INVALID_TYPE',
    /Didn't understand relationship 'Deals' in FROM part of query call\./,
  ],
  [
    'SELECT Id FROM Account WHERE Name = 5',
    'INVALID_FIELD',
    /value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes/,
  ],
  [
    "SELECT Id FROM Opportunity WHERE Amount = '5'",
    'INVALID_FIELD',
    /must be of type double and should not be enclosed in quotes/,
  ],
  ["SELECT Id FROM Opportunity WHERE AccountId = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid ID field: abc/],
  ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', /Field must be grouped or aggregated: Name/],
  ['SELECT Id, Id FROM Account', 'MALFORMED_QUERY', /duplicate field selected: Id/],
  [
    "SELECT Id FROM Opportunity WHERE Description = 'x'",
    'INVALID_FIELD',
    /field 'Description' can not be filtered in a query call/,
  ],
  ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', /FIELDS function must have a LIMIT of at most 200/],
  ['SELECT Id FROM Account WITH SYSTEM_MODE', 'MALFORMED_QUERY', /WITH SYSTEM_MODE clause is only available in Apex/],
  ['SELECT Id FROM Account USING SCOPE team', 'MALFORMED_QUERY', /USING SCOPE team is not supported by the local org/],
  ["SELECT Id FROM Account WHERE Name = 'x", 'MALFORMED_QUERY', /mismatched character '<EOF>' expecting '''/],
];

for (const [soql, code, message] of ERRORS) {
  test(`refused: ${soql}`, () => {
    assert.throws(
      () => t.query(soql),
      (error) => error instanceof PlatformError && error.code === code && message.test(error.message),
    );
  });
}
