import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opportunity, rowOf, saved } from '../test-org.ts';
import {
  afterSave,
  assign,
  filter,
  input,
  number,
  orgOf,
  ref,
  set,
  text,
  to,
  variable,
  when,
} from './flow-fixtures.ts';

/** Flow Builder writes elements in the order of their names, not of their use. */
test('a filter takes what another filter has left, whichever is written first', () => {
  const filtering = (name: string, collection: string, condition: object, next: string) => ({
    name,
    label: name,
    collectionReference: collection,
    collectionProcessorType: 'FilterCollectionProcessor',
    conditionLogic: 'and',
    conditions: [condition],
    connector: to(next),
  });
  const org = orgOf(
    afterSave(
      'Count_Deals',
      'Get',
      {
        variables: [variable('Count', 'Number', { scale: 0 })],
        recordLookups: [
          {
            name: 'Get',
            label: 'Get',
            object: 'Opportunity',
            getFirstRecordOnly: false,
            storeOutputAutomatically: true,
            filterLogic: 'and',
            filters: [filter('AccountId', ref('$Record.Id'))],
            connector: to('Z_Large'),
          },
        ],
        collectionProcessors: [
          filtering(
            'A_Open',
            'Z_Large',
            when('currentItem_A_Open.StageName', 'EqualTo', text('Prospecting')),
            'Count_Them',
          ),
          filtering('Z_Large', 'Get', when('currentItem_Z_Large.Amount', 'GreaterThan', number(10)), 'A_Open'),
        ],
        assignments: [assign('Count_Them', [set('Count', ref('A_Open'), 'AssignCount')], 'Keep')],
        recordUpdates: [
          {
            name: 'Keep',
            label: 'Keep',
            inputReference: '$Record',
            inputAssignments: [input('Site', text('{!Count}'))],
          },
        ],
      },
      { object: 'Account', recordTriggerType: 'Update' },
    ),
  );
  org.run((tx) => {
    const [AccountId] = saved(tx, 'insert', 'Account', { Name: 'A' });
    for (const [Amount, StageName] of [
      [5, 'Prospecting'],
      [50, 'Prospecting'],
      [50, 'Closed Lost'],
    ] as const)
      saved(tx, 'insert', 'Opportunity', opportunity({ AccountId: AccountId!, Amount, StageName }));
    saved(tx, 'update', 'Account', { Id: AccountId!, Phone: '1' });
    assert.equal(rowOf(tx, 'Account', AccountId!).Site, '1');
  });
});
