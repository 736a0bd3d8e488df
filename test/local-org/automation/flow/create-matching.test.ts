import assert from 'node:assert/strict';
import { test } from 'node:test';
import { field, opportunity, save, saved, testOrg, type TestComponent, type TestOrg } from '../test-org.ts';
import { afterSave, assign, filter, input, orgOf, ref, set, variable, won } from './flow-fixtures.ts';

type Json = Readonly<Record<string, unknown>>;

/** A won opportunity names its account in NextStep; the account of that name is created, or its description changed. */
const accountFlow = (more: Json) =>
  afterSave(
    'Account_By_Name',
    'Make',
    {
      recordCreates: [
        {
          name: 'Make',
          label: 'Make',
          object: 'Account',
          storeOutputAutomatically: true,
          filterLogic: 'and',
          filters: [filter('Name', ref('$Record.NextStep'))],
          inputAssignments: [input('Name', ref('$Record.NextStep')), input('Description', ref('$Record.Name'))],
          operationOneMatchingRecord: 'UpdateAllRecords',
          operationMultMatchingRecords: 'UpdateLatestRecord',
          ...more,
        },
      ],
    },
    won,
  );
const deal = (NextStep: string, Name = 'D') => opportunity({ NextStep, Name, StageName: 'Closed Won' });
const accounts = (org: TestOrg) =>
  org.run((tx) => tx.select({ object: 'Account', filter: null, orderBy: [{ field: 'Name', descending: false }] }));

test('a record is created where none matches, and updated where one does; 200 cost one query', () => {
  const org = orgOf(accountFlow({}));
  org.run((tx) => {
    saved(tx, 'insert', 'Account', { Name: 'A0' });
    saved(tx, 'insert', 'Opportunity', ...Array.from({ length: 200 }, (_, index) => deal(`A${index}`, `D${index}`)));
    assert.deepEqual([tx.limits.used('queries'), tx.limits.used('dmlStatements')], [1, 2]);
  });
  assert.equal(accounts(org).length, 200);
  assert.equal(accounts(org)[0]!.Description, 'D0');
});

test('None leaves what was found alone', () => {
  const org = orgOf(accountFlow({ operationOneMatchingRecord: 'None' }));
  org.run((tx) => {
    saved(tx, 'insert', 'Account', { Name: 'A' });
    saved(tx, 'insert', 'Opportunity', deal('A'));
  });
  assert.deepEqual(
    accounts(org).map(({ Description }) => Description),
    [null],
  );
});

const key = field('Account', 'Key__c', 'Text', { externalId: true, unique: true, length: 20 });
const upsertFlow = (more: Json) =>
  afterSave(
    'Upsert',
    'Fill',
    {
      variables: [
        variable('Accounts', 'SObject', { objectType: 'Account', isCollection: true }),
        variable('One', 'SObject', { objectType: 'Account' }),
      ],
      assignments: [
        assign(
          'Fill',
          [
            set('One.Name', ref('$Record.Name')),
            set('One.Key__c', ref('$Record.NextStep')),
            set('Accounts', ref('One'), 'Add'),
          ],
          'Make',
        ),
      ],
      recordCreates: [{ name: 'Make', label: 'Make', inputReference: 'Accounts', doesUpsert: true, ...more }],
    },
    won,
  );

test('records of a variable are upserted by an external id, in one statement', () => {
  const org = orgOf(key, upsertFlow({ upsertExternalIdField: 'Key__c' }));
  org.run((tx) => {
    saved(tx, 'insert', 'Account', { Name: 'Old', Key__c: 'k1' });
    saved(tx, 'insert', 'Opportunity', deal('k1', 'New'), deal('k2', 'Second'));
    assert.deepEqual(
      [tx.limits.used('queries'), tx.limits.used('dmlStatements'), tx.limits.used('dmlRows')],
      [0, 1, 2],
    );
  });
  assert.deepEqual(
    accounts(org).map(({ Name, Key__c }) => [Name, Key__c]),
    [
      ['New', 'k1'],
      ['Second', 'k2'],
    ],
  );
});

test('unless told otherwise an upsert saves all or nothing', () => {
  const outcome = (more: Json) => {
    const org = orgOf(key, upsertFlow({ upsertExternalIdField: 'Key__c', ...more }));
    const results = org.run((tx) => save(tx, 'insert', 'Opportunity', deal('k1'), deal('')));
    return results.map(({ success }) => success);
  };
  assert.deepEqual(outcome({}), [false, false]);
  assert.deepEqual(outcome({ doesUpsertAllOrNone: false }), [true, false]);
});

test('what the element cannot do is refused', () => {
  const problems = (component: TestComponent) => testOrg([key, component]).problems.map(({ problem }) => problem);
  assert.deepEqual(problems(upsertFlow({})), [
    'Make (Create Records) - An upsert needs either an external ID field or the ID field.',
  ]);
  assert.deepEqual(problems(upsertFlow({ upsertExternalIdField: 'Name' })), [
    'Make (Create Records) - The field Name is no external ID.',
  ]);
  assert.deepEqual(problems(accountFlow({ operationMultMatchingRecords: 'Guess' })), [
    'Make (Create Records) - The local org does not run operationMultMatchingRecords Guess.',
  ]);
});
