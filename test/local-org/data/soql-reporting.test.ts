import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { SoqlRecord } from '../../../local-org/data/soql/soql-result.ts';
import { DEAL, openTestOrg } from './open-test-org.ts';

const t = openTestOrg();
const acme = t.insert('Account', { Name: 'Acme', Phone: '1' });
t.save('insert', 'Lead', [
  { LastName: 'A', Company: 'A', LeadSource: 'Web', Status: 'Open - Not Contacted' },
  { LastName: 'B', Company: 'B', LeadSource: 'Web', Status: 'Working - Contacted' },
  { LastName: 'C', Company: 'C', LeadSource: 'Phone Inquiry', Status: 'Working - Contacted' },
]);
const deal = t.insert('Opportunity', { ...DEAL, AccountId: acme, Amount: 1234.5 });
t.insert('Opportunity', { ...DEAL, Name: 'Later', StageName: 'Qualification', CloseDate: '2026-02-01' });
const contact = t.insert('Contact', { LastName: 'Buyer', AccountId: acme });
t.save('insert', 'Task', [
  { Subject: '1', WhatId: acme },
  { Subject: '2', WhatId: deal },
  { Subject: '3' },
  { Subject: '4', WhoId: contact },
]);
after(() => t.org.close());

const rows = (soql: string, ...keys: string[]) =>
  t.query(soql).records.map(({ values }) => keys.map((key) => values[key]));

test('GROUP BY ROLLUP adds subtotals from right to left and a grand total', () => {
  const soql = `SELECT Status, LeadSource, GROUPING(Status) gs, GROUPING(LeadSource) gl, COUNT(Name) n FROM Lead
    GROUP BY ROLLUP(Status, LeadSource) ORDER BY GROUPING(Status), Status, GROUPING(LeadSource), LeadSource`;
  assert.deepEqual(rows(soql, 'Status', 'LeadSource', 'gs', 'gl', 'n'), [
    ['Open - Not Contacted', 'Web', 0, 0, 1],
    ['Open - Not Contacted', null, 0, 1, 1],
    ['Working - Contacted', 'Web', 0, 0, 1],
    ['Working - Contacted', 'Phone Inquiry', 0, 0, 1],
    ['Working - Contacted', null, 0, 1, 2],
    [null, null, 1, 1, 3],
  ]);
});

test('GROUP BY CUBE adds the subtotals of every choice of fields; HAVING and parameters hold in each', () => {
  const soql = `SELECT Status, LeadSource, COUNT(Id) n FROM Lead WHERE LeadSource IN ('Web', 'Phone Inquiry')
    GROUP BY CUBE(Status, LeadSource) HAVING COUNT(Id) > 1 ORDER BY COUNT(Id), Status`;
  assert.deepEqual(rows(soql, 'Status', 'LeadSource', 'n'), [
    [null, 'Web', 2],
    ['Working - Contacted', null, 2],
    [null, null, 3],
  ]);
  assert.throws(() => t.query('SELECT Status FROM Lead GROUP BY ROLLUP(Status, LeadSource, OwnerId, Company)'), {
    code: 'MALFORMED_QUERY',
  });
});

test('GROUPING() takes what is grouped', () => {
  assert.throws(() => t.query('SELECT Status, GROUPING(LeadSource) FROM Lead GROUP BY ROLLUP(Status)'), {
    code: 'MALFORMED_QUERY',
    message: /Field must be grouped or aggregated: LeadSource/,
  });
});

test('a grouped query ends where the largest batch does, as it cannot be continued', () => {
  const companies = Array.from({ length: 2_001 }, (_lead, i) => ({ LastName: `L${i}`, Company: `Grouped ${i}` }));
  for (let start = 0; start < companies.length; start += 200)
    t.save('insert', 'Lead', companies.slice(start, start + 200));
  const grouped = "SELECT Company, COUNT(Id) n FROM Lead WHERE Company LIKE 'Grouped%' GROUP BY Company";
  assert.throws(() => t.query(grouped), {
    code: 'EXCEEDED_ID_LIMIT',
    message: 'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
  });
  assert.equal(t.query(`${grouped} LIMIT 2000`).records.length, 2_000);
});

test('OFFSET ends at 2,000, and a path at five parents', () => {
  assert.doesNotThrow(() => t.query('SELECT Id FROM Account LIMIT 1 OFFSET 2000'));
  assert.throws(() => t.query('SELECT Id FROM Account LIMIT 1 OFFSET 2001'), { code: 'NUMBER_OUTSIDE_VALID_RANGE' });
  assert.doesNotThrow(() => t.query('SELECT Account.Parent.Parent.Parent.Parent.Name FROM Contact'));
  assert.throws(() => t.query('SELECT Account.Parent.Parent.Parent.Parent.Parent.Name FROM Contact'), {
    code: 'MALFORMED_QUERY',
    message: /more than 5 levels away/,
  });
});

test('TYPEOF answers the fields of the branch that fits', () => {
  const { records } = t.query(
    'SELECT Subject, TYPEOF What WHEN Account THEN Phone, Owner.Name WHEN Opportunity THEN Amount END FROM Task ORDER BY Subject',
  );
  const what = records.map(({ values }) => values.What as SoqlRecord | null);
  assert.deepEqual(
    what.map((record) => record && { object: record.object, ...record.values, Owner: undefined }),
    [
      { object: 'Account', Phone: '1', Owner: undefined },
      { object: 'Opportunity', Amount: 1234.5, Owner: undefined },
      null,
      null,
    ],
  );
  const other = t.query("SELECT TYPEOF Who WHEN Lead THEN Company ELSE Name END FROM Task WHERE Subject = '4'");
  assert.deepEqual({ ...(other.records[0]?.values.Who as SoqlRecord).values }, { Name: 'Buyer' });
  assert.throws(() => t.query('SELECT TYPEOF Account WHEN Account THEN Name END FROM Opportunity'), {
    code: 'MALFORMED_QUERY',
  });
});

test('FORMAT writes values as their reader expects them, also of aggregates', () => {
  const soql = `SELECT FORMAT(Amount) amount, FORMAT(CloseDate) closes, FORMAT(CreatedDate) made FROM Opportunity WHERE Id = '${deal}'`;
  assert.deepEqual(rows(soql, 'amount', 'closes', 'made'), [['$1,234.50', '12/31/2026', '3/15/2026 1:00 PM']]);
  assert.deepEqual(rows('SELECT FORMAT(MAX(Amount)) most FROM Opportunity', 'most'), [['$1,234.50']]);
});

test('convertCurrency and DISTANCE are refused by name', () => {
  assert.throws(() => t.query('SELECT convertCurrency(Amount) FROM Opportunity'), /multiple currencies/);
  const distance = "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(1, 2), 'mi') < 20";
  assert.throws(() => t.query(distance), /DISTANCE\(\) is not supported by the local org/);
});

test('USING SCOPE mine', () => {
  assert.equal(t.query('SELECT Id FROM Opportunity USING SCOPE mine').totalSize, 2);
  assert.equal(t.query('SELECT Id FROM Opportunity USING SCOPE everything LIMIT 1').totalSize, 1);
  assert.throws(() => t.query('SELECT Id FROM OpportunityHistory USING SCOPE mine'), { code: 'INVALID_FIELD' });
});

test('a picklist sorts in the order of its values', () => {
  assert.deepEqual(rows('SELECT StageName FROM Opportunity ORDER BY StageName', 'StageName'), [
    ['Prospecting'],
    ['Qualification'],
  ]);
});

test('null matches an unchecked checkbox', () => {
  assert.equal(t.query('SELECT Id FROM Opportunity WHERE IsWon = null').totalSize, 2);
  assert.equal(t.query('SELECT Id FROM Opportunity WHERE IsWon != null').totalSize, 0);
  assert.equal(t.query('SELECT Id FROM Task WHERE Account.IsDeleted = false').totalSize, 4);
});

test('the fiscal year follows the settings of the org', () => {
  const setFiscalYear = (byStart: number) =>
    t.org.database
      .prepare('UPDATE "Organization" SET "FiscalYearStartMonth" = 4, "UsesStartDateAsFiscalYearName" = ?')
      .run(byStart);
  setFiscalYear(0);
  const soql = `SELECT FISCAL_YEAR(CloseDate) y, FISCAL_QUARTER(CloseDate) q FROM Opportunity WHERE Id = '${deal}'`;
  const grouped = `${soql} GROUP BY FISCAL_YEAR(CloseDate), FISCAL_QUARTER(CloseDate)`;
  assert.deepEqual(rows(grouped, 'y', 'q'), [[2027, 3]]);
  setFiscalYear(1);
  assert.deepEqual(rows(grouped, 'y', 'q'), [[2026, 3]]);
  // 15 March 2026 lies in the last quarter of the fiscal year that began in April 2025.
  assert.equal(t.query('SELECT Id FROM Opportunity WHERE CloseDate = THIS_FISCAL_YEAR').totalSize, 1);
  assert.equal(t.query('SELECT Id FROM Opportunity WHERE CloseDate = NEXT_FISCAL_YEAR').totalSize, 1);
});

test('a compound address is read whole, and not written or filtered by', () => {
  const id = t.insert('Account', { Name: 'Placed', BillingCity: 'Reno', BillingStreet: '1 Main St' });
  const address = t.one(`SELECT BillingAddress FROM Account WHERE Id = '${id}'`).BillingAddress;
  assert.deepEqual(JSON.parse(address as string), {
    city: 'Reno',
    country: null,
    geocodeAccuracy: null,
    latitude: null,
    longitude: null,
    postalCode: null,
    state: null,
    street: '1 Main St',
  });
  assert.equal(t.one(`SELECT ShippingAddress FROM Account WHERE Id = '${id}'`).ShippingAddress, null);
  assert.throws(() => t.query('SELECT Id FROM Account WHERE BillingAddress = null'), /can not be filtered/);
  const [refused] = t.save('update', 'Account', [{ Id: id, BillingAddress: 'x' }]);
  assert.equal(refused?.errors[0]?.statusCode, 'INVALID_FIELD_FOR_INSERT_UPDATE');
});

test('what is neither grouped nor aggregated is refused wherever it stands', () => {
  const grouped = 'SELECT StageName FROM Opportunity GROUP BY StageName';
  const refused = (soql: string, reason: RegExp) => assert.throws(() => t.query(soql), reason, soql);
  refused(`${grouped} HAVING Amount > 5`, /Field must be grouped or aggregated: Amount/);
  refused(`${grouped} HAVING COUNT(Id) > 0 AND NOT (Name LIKE 'x%')`, /Field must be grouped or aggregated: Name/);
  refused(`${grouped} ORDER BY CloseDate`, /Ordered field must be grouped or aggregated: CloseDate/);
  assert.equal(t.query(`${grouped} HAVING StageName != null AND SUM(Amount) > 1 ORDER BY StageName`).totalSize, 1);
});

test('aggregates belong to the root of a query, aliases to aggregates', () => {
  const below = /only root queries support aggregate expressions/;
  assert.throws(() => t.query('SELECT Id, (SELECT COUNT(Id) FROM Opportunities) FROM Account'), below);
  assert.throws(() => t.query('SELECT Id, (SELECT Name FROM Opportunities GROUP BY Name) FROM Account'), below);
  assert.throws(() => t.query('SELECT Name n FROM Account'), /only aggregate expressions use field aliasing/);
  assert.deepEqual(rows('SELECT toLabel(StageName) s FROM Opportunity LIMIT 1', 's').length, 1);
});

test('a day that the calendar does not have, and a count that is no whole number, are refused', () => {
  const wrong = ['CloseDate = 2026-02-30', 'CloseDate = 2026-13-01', 'CreatedDate > 2026-02-30T00:00:00Z'];
  for (const where of [...wrong, 'CloseDate = LAST_N_DAYS:1.5', 'CloseDate = LAST_N_DAYS:-1'])
    assert.throws(() => t.query(`SELECT Id FROM Opportunity WHERE ${where}`), /unexpected token: '/, where);
  assert.equal(t.query('SELECT Id FROM Opportunity WHERE CloseDate = 2024-02-29').totalSize, 0);
});

test('clauses that are Apex’s alone are refused at their place', () => {
  const refused = (soql: string, column: number, reason: RegExp): void => {
    assert.throws(
      () => t.query(soql),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'MALFORMED_QUERY');
        assert.match(error.message, new RegExp(`ERROR at Row:1:Column:${column}\n`), soql);
        assert.match(error.message, reason, soql);
        return true;
      },
    );
  };
  refused('SELECT Id FROM Account ALL ROWS', 24, /unexpected token: 'ALL'/);
  refused('SELECT Id FROM Account WITH USER_MODE', 29, /only available in Apex/);
  refused('SELECT Id FROM Account WITH SECURITY_ENFORCED LIMIT 1', 29, /only available in Apex/);
  refused('SELECT Id FROM Account ORDER BY Name FOR UPDATE', 38, /ORDER BY/);
  for (const clause of ['VIEW', 'REFERENCE', 'UPDATE'])
    assert.equal(t.query(`SELECT Id FROM Account LIMIT 1 FOR ${clause}`).totalSize, 1);
});

test('what a semi-join does not take is refused in the platform’s words', () => {
  const refused = (where: string, reason: string): void => {
    assert.throws(
      () => t.query(`SELECT Id FROM Account WHERE ${where}`),
      (error: Error) => {
        assert.ok(error.message.endsWith(`\n${reason}`), error.message);
        return true;
      },
    );
  };
  for (const clause of ['LIMIT 5', 'ORDER BY Name', 'GROUP BY AccountId', 'FOR UPDATE', 'OFFSET 1'])
    refused(`Id IN (SELECT AccountId FROM Contact ${clause})`, `missing value at '${clause.split(' ')[0]}'`);
  refused('Id IN (SELECT AccountId FROM Contact', "unexpected token: '<EOF>'");
  refused(
    "Name IN (SELECT Name FROM Contact WHERE Name = 'x')",
    "semi join sub-selects can only query id fields, cannot use: 'Name'",
  );
  refused(
    'Id IN (SELECT Account.Id FROM Contact)',
    "semi join sub-selects can only query id fields, cannot use: 'Account.Id'",
  );
  refused('Id IN (SELECT WhatId FROM Task)', "Entity 'Task' is not supported for semi join inner selects");
  const inner = 'SELECT OpportunityId FROM OpportunityLineItem';
  refused(
    `Id IN (SELECT AccountId FROM Opportunity WHERE Id IN (${inner}))`,
    'Nesting of semi join sub-selects is not supported',
  );
  assert.equal(t.query('SELECT Id FROM Account WHERE Id IN (SELECT c.AccountId FROM Contact c)').totalSize, 1);
  const having =
    'SELECT AccountId FROM Contact GROUP BY AccountId HAVING AccountId IN (SELECT AccountId FROM Opportunity)';
  assert.throws(() => t.query(having), /only allowed at the top level WHERE expressions/);
});

test('a checkbox is equal or it is not', () => {
  for (const operator of ['>', '<', '>=', '<=', 'LIKE'])
    assert.throws(() => t.query(`SELECT Id FROM Opportunity WHERE IsWon ${operator} false`), {
      code: 'INVALID_QUERY_FILTER_OPERATOR',
    });
  assert.equal(t.query('SELECT Id FROM Opportunity WHERE IsWon != true').totalSize, 2);
});
