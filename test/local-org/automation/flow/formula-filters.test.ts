import assert from 'node:assert/strict';
import { test } from 'node:test';
import { field, opportunity, rowOf, saved } from '../test-org.ts';
import { afterSave, assign, filter, input, orgOf, ref, set, to, variable, won } from './flow-fixtures.ts';

test('Get Records filters by a formula field, each interview by its own value, in one query', () => {
  const half = field('Account', 'Half__c', 'Number', { precision: 18, scale: 2, formula: 'AnnualRevenue / 2' });
  const org = orgOf(
    half,
    afterSave(
      'Counts',
      'Get',
      {
        variables: [variable('Found', 'Number')],
        recordLookups: [
          {
            name: 'Get',
            label: 'Get',
            object: 'Account',
            storeOutputAutomatically: true,
            getFirstRecordOnly: false,
            filterLogic: 'and',
            filters: [filter('Half__c', ref('$Record.Amount'), 'GreaterThanOrEqualTo')],
            connector: to('Count'),
          },
        ],
        assignments: [assign('Count', [set('Found', ref('Get'), 'AssignCount')], 'Keep')],
        recordUpdates: [
          {
            name: 'Keep',
            label: 'Keep',
            inputReference: '$Record',
            inputAssignments: [input('TotalOpportunityQuantity', ref('Found'))],
          },
        ],
      },
      { ...won, recordTriggerType: 'Create' },
    ),
  );
  org.run((tx) => {
    saved(tx, 'insert', 'Account', { Name: 'A', AnnualRevenue: 10 }, { Name: 'B', AnnualRevenue: 20 }, { Name: 'C' });
    const deals = [4, 5, 6, 11].map((Amount) => opportunity({ Amount, StageName: 'Closed Won' }));
    const ids = saved(tx, 'insert', 'Opportunity', ...deals);
    assert.deepEqual(
      ids.map((id) => rowOf(tx, 'Opportunity', id).TotalOpportunityQuantity),
      [2, 2, 1, 0],
    );
    assert.equal(tx.limits.used('queries'), 1);
  });
});
