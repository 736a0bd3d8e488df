import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SaveRow } from '../../../local-org/data/types.ts';
import { productComponents } from './product-components.ts';
import { opportunity, rowOf, saved, testOrg } from './test-org.ts';

const org = testOrg(productComponents());
const recordType = (name: string): string =>
  org.org.schema.object('Opportunity')!.recordTypes.find(({ developerName }) => developerName === name)!.id;

test('the compiled package compiles here without a problem', () => assert.deepEqual(org.problems, []));

test('stamping costs no query and no DML, whatever the size of the batch', () => {
  org.run((tx) => {
    const ids = saved(
      tx,
      'insert',
      'Opportunity',
      ...Array.from({ length: 200 }, () =>
        opportunity({ RecordTypeId: recordType('Acquisition'), StageName: 'Targeted' }),
      ),
    );
    saved(tx, 'update', 'Opportunity', ...ids.map((Id) => ({ Id, StageName: 'Engaged' })));
    assert.deepEqual([tx.limits.used('queries'), tx.limits.used('dmlStatements')], [0, 0]);
    const row = rowOf(tx, 'Opportunity', ids[0]!);
    assert.ok(row.Targeted_Date__c !== null && row.Engaged_Date__c !== null);
    assert.equal(row.Previous_Stage__c, 'Targeted');
  });
});

test('200 wins are renewed within 4 queries and 2 DML statements, and once', () => {
  org.run((tx) => {
    const accounts = saved(
      tx,
      'insert',
      'Account',
      ...Array.from({ length: 200 }, (_, index) => ({ Name: `Customer ${index}` })),
    );
    const ids = saved(
      tx,
      'insert',
      'Opportunity',
      ...accounts.map((AccountId) =>
        opportunity({ RecordTypeId: recordType('Acquisition'), StageName: 'Targeted', AccountId, Amount: 100 }),
      ),
    );
    const win = (stage: string): void =>
      void saved(tx, 'update', 'Opportunity', ...ids.map((Id) => ({ Id, StageName: stage })));
    win('Closed Won');
    assert.ok(tx.limits.used('queries') <= 4 && tx.limits.used('dmlStatements') <= 2);
    const renewals = () =>
      tx.select({ object: 'Opportunity', filter: { field: 'Source_Opportunity__c', operator: 'in', value: ids } });
    assert.equal(renewals().length, 200);
    win('Negotiation');
    win('Closed Won');
    assert.equal(renewals().length, 200);
  });
});

test('a batch of 200 goes through the stamping flow in milliseconds', () => {
  org.run((tx) => {
    const object = org.org.schema.object('Opportunity')!;
    const before = rowOf(
      tx,
      'Opportunity',
      saved(
        tx,
        'insert',
        'Opportunity',
        opportunity({ RecordTypeId: recordType('Acquisition'), StageName: 'Targeted' }),
      )[0]!,
    );
    const batch = (): SaveRow[] =>
      Array.from({ length: 200 }, (_, index) => ({
        before,
        after: { ...before, StageName: ['Engaged', 'Qualified', 'Discovery'][index % 3]! },
        explicit: new Set(['StageName']),
        errors: [],
      }));
    const times = Array.from({ length: 10 }, () => {
      const rows = batch();
      const start = performance.now();
      org.automation.beforeSave({ tx, object, operation: 'update', rows });
      return performance.now() - start;
    });
    /** About 4 ms on two cores; the bound leaves room for a busy machine. */
    assert.ok(Math.min(...times) < 40, `${Math.min(...times)} ms`);
  });
});
