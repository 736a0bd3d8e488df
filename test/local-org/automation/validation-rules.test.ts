import assert from 'node:assert/strict';
import { test } from 'node:test';
import { field, opportunity, rowOf, save, saved, testOrg, type TestComponent } from './test-org.ts';

const rule = (
  name: string,
  errorConditionFormula: string,
  more: Readonly<Record<string, unknown>> = {},
): TestComponent => ({
  type: 'ValidationRule',
  fullName: `Opportunity.${name}`,
  metadata: { active: true, errorConditionFormula, errorMessage: `${name} failed`, ...more },
});

test('every active rule that fails gives an error, at its field when it names one', () => {
  const org = testOrg([
    rule('Amount_Needed', 'ISBLANK(Amount)', { errorDisplayField: 'amount' }),
    rule('Next_Step_Needed', 'AND(ISNEW(), ISBLANK(NextStep))'),
    rule('Never', 'TRUE', { active: false }),
  ]);
  assert.deepEqual(org.problems, []);
  const results = org.run((tx) =>
    save(tx, 'insert', 'Opportunity', opportunity(), opportunity({ Amount: 1, NextStep: 'x' })),
  );
  assert.deepEqual(results[0]!.errors, [
    { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Amount_Needed failed', fields: ['Amount'] },
    { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Next_Step_Needed failed', fields: [] },
  ]);
  assert.equal(results[1]!.success, true);
});

test('rules see what changes, parents, and the running user', () => {
  const org = testOrg([
    { type: 'CustomPermission', fullName: 'Bypass', metadata: { label: 'Bypass', isLicensed: false } },
    rule(
      'No_Way_Back',
      'AND(NOT($Permission.Bypass), ISCHANGED(StageName), ISPICKVAL(PRIORVALUE(StageName), "Closed Won"))',
    ),
    rule('Not_For_Acme', 'AND(ISCHANGED(AccountId), Account.Name = "Acme")'),
  ]);
  const [id, account] = org.run((tx) => [
    ...saved(tx, 'insert', 'Opportunity', opportunity({ StageName: 'Closed Won' })),
    ...saved(tx, 'insert', 'Account', { Name: 'Acme' }),
  ]);
  const change = (values: Readonly<Record<string, string>>, permissions: readonly string[] = []) =>
    org
      .run((tx) => save(tx, 'update', 'Opportunity', { Id: id!, ...values }), {
        customPermissions: new Set(permissions),
      })[0]!
      .errors.map(({ message }) => message);
  assert.deepEqual(change({ StageName: 'Prospecting', AccountId: account! }), [
    'No_Way_Back failed',
    'Not_For_Acme failed',
  ]);
  assert.deepEqual(change({ Name: 'Renamed' }), []);
  assert.deepEqual(change({ StageName: 'Prospecting' }, ['Bypass']), []);
});

test("a rule that does not compile is a problem, in the platform's words, and the others still run", () => {
  const org = testOrg([
    rule('Bad', 'Nope__c = 1'),
    rule('Not_Boolean', 'Amount'),
    rule('Good', 'Amount > 5'),
    rule('Field', 'TRUE', { errorDisplayField: 'Nope__c' }),
  ]);
  assert.deepEqual(
    org.problems.map(({ fullName, problem }) => [fullName, problem]),
    [
      ['Opportunity.Bad', 'Field Nope__c does not exist. Check spelling.'],
      ['Opportunity.Field', 'Field Nope__c does not exist. Check spelling.'],
      [
        'Opportunity.Not_Boolean',
        'Formula result is data type (Number), incompatible with expected data type (true or false).',
      ],
    ],
  );
  assert.deepEqual(
    org
      .run((tx) => save(tx, 'insert', 'Opportunity', opportunity({ Amount: 6 })))[0]!
      .errors.map(({ message }) => message),
    ['Good failed'],
  );
});

test('default values are formulas', () => {
  const org = testOrg([
    field('Opportunity', 'Term__c', 'Number', { precision: 3, scale: 0, defaultValue: '12' }),
    field('Opportunity', 'Review__c', 'Date', { defaultValue: 'ADDMONTHS(TODAY(), 3)' }),
    field('Opportunity', 'Share__c', 'Percent', { precision: 5, scale: 1, defaultValue: '0.25' }),
    field('Opportunity', 'Owner_Name__c', 'Text', { defaultValue: '$User.Username' }),
  ]);
  assert.deepEqual(org.problems, []);
  org.run((tx) => {
    const row = rowOf(tx, 'Opportunity', saved(tx, 'insert', 'Opportunity', opportunity({ Term__c: 6 }))[0]!);
    assert.deepEqual([row.Term__c, row.Review__c, row.Share__c], [6, '2026-06-15', 25]);
    assert.equal(row.Owner_Name__c, tx.user.username);
  });
});

test('problems of formula fields and defaults name the field; a formula may not refer to itself', () => {
  const formula = (name: string, text: string): TestComponent =>
    field('Opportunity', name, 'Number', { precision: 18, scale: 2, formula: text });
  const org = testOrg([
    formula('A__c', 'B__c + 1'),
    formula('B__c', 'A__c + 1'),
    formula('C__c', 'TEXT(Amount)'),
    field('Opportunity', 'D__c', 'Date', { defaultValue: '"x"' }),
  ]);
  const problems = new Map(org.problems.map(({ fullName, problem }) => [fullName, problem]));
  assert.match(
    problems.get('Opportunity.A__c')!,
    /^Formula cannot use another formula field that directly or indirectly refers to itself\./,
  );
  assert.equal(
    problems.get('Opportunity.C__c'),
    'Formula result is data type (Text), incompatible with expected data type (Number).',
  );
  assert.equal(
    problems.get('Opportunity.D__c'),
    'Formula result is data type (Text), incompatible with expected data type (Date).',
  );
});

test('VLOOKUP finds the value of a custom object by its name, in validation rules only', () => {
  const city = {
    type: 'CustomObject',
    fullName: 'Zip_Code__c',
    metadata: {
      label: 'Zip Code',
      pluralLabel: 'Zip Codes',
      nameField: { label: 'Zip', type: 'Text' },
      deploymentStatus: 'Deployed',
      sharingModel: 'ReadWrite',
    },
  };
  const lookup = 'VLOOKUP($ObjectType.Zip_Code__c.Fields.City__c, $ObjectType.Zip_Code__c.Fields.Name, NextStep)';
  const parts = [city, field('Zip_Code__c', 'City__c', 'Text')];
  const org = testOrg([...parts, rule('City', `${lookup} <> Description`)]);
  assert.deepEqual(org.problems, []);
  org.run((tx) => saved(tx, 'insert', 'Zip_Code__c', { Name: '94105', City__c: 'San Francisco' }));
  const deal = (NextStep: string | null, Description: string | null) => opportunity({ NextStep, Description });
  const results = org.run((tx) =>
    save(
      tx,
      'insert',
      'Opportunity',
      deal('94105', 'San Francisco'),
      deal('94105', 'Oakland'),
      deal('1', 'Oakland'),
      deal('1', null),
      deal(null, null),
    ),
  );
  assert.deepEqual(
    results.map(({ success }) => success),
    [true, false, false, true, true],
  );
  const formula = field('Opportunity', 'City__c', 'Text', { formula: lookup });
  assert.deepEqual(
    testOrg([...parts, formula]).problems.map(({ problem }) => problem),
    ['Function VLOOKUP may not be used in this type of formula'],
  );
});
