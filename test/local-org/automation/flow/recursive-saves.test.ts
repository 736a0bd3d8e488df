import assert from 'node:assert/strict';
import { test } from 'node:test';
import { field, opportunity, rowOf, save, saved } from '../test-org.ts';
import { afterSave, beforeSave, assign, filter, input, orgOf, ref, set, text } from './flow-fixtures.ts';

/**
 * "During a recursive save, Salesforce skips steps 9 (assignment rules) through 17"; flows after the save are step 14 (Apex
 * Developer Guide, Triggers and Order of Execution).
 */
const countUp = { formulaExpression: 'BLANKVALUE({!$Record.Amount}, 0) + 1', formulaDataType: 'Number' };

const updateItself = {
  recordUpdates: [
    { name: 'Update', label: 'Update', inputReference: '$Record', inputAssignments: [input('Amount', countUp)] },
  ],
};

test('a flow that updates its own record at every save runs once', () => {
  const org = orgOf(afterSave('Up', 'Update', updateItself));
  org.run((tx) => {
    const [id] = saved(tx, 'insert', 'Opportunity', opportunity({ Amount: 5 }));
    assert.equal(rowOf(tx, 'Opportunity', id!).Amount, 6);
    saved(tx, 'update', 'Opportunity', { Id: id!, NextStep: 'Call' });
    assert.equal(rowOf(tx, 'Opportunity', id!).Amount, 7);
    assert.ok(tx.entries.some(({ step }) => step === 'recursive save'));
  });
});

test('the recursive save runs validation rules and flows before the save, and no flow after it', () => {
  const org = orgOf(
    field('Opportunity', 'Saves__c', 'Number', { precision: 6, scale: 0 }),
    beforeSave('Count', 'Set', {
      assignments: [
        assign('Set', [
          set('$Record.Saves__c', {
            formulaExpression: 'BLANKVALUE({!$Record.Saves__c}, 0) + 1',
            formulaDataType: 'Number',
          }),
        ]),
      ],
    }),
    afterSave('First', 'Update', updateItself, {}),
    afterSave(
      'Second',
      'Note',
      {
        recordCreates: [
          {
            name: 'Note',
            label: 'Note',
            object: 'Task',
            inputAssignments: [
              input('Subject', text('{!$Record.Amount}')),
              input('WhatId', ref('$Record.Id')),
              input('Status', text('Not Started')),
              input('Priority', text('Normal')),
            ],
          },
        ],
      },
      {},
    ),
  );
  org.run((tx) => {
    const [id] = saved(tx, 'insert', 'Opportunity', opportunity({ Amount: 5 }));
    assert.equal(rowOf(tx, 'Opportunity', id!).Saves__c, 2);
    assert.equal(tx.select({ object: 'Task', filter: null }).length, 1);
    assert.equal(tx.limits.used('dmlStatements'), 2);
  });
});

test('200 records that update themselves are one statement, and two objects that save each other end', () => {
  const org = orgOf(
    afterSave('Up', 'Update', {
      recordUpdates: [
        {
          name: 'Update',
          label: 'Update',
          object: 'Account',
          filterLogic: 'and',
          filters: [filter('Id', ref('$Record.AccountId'))],
          inputAssignments: [input('Site', text('{!$Record.Name}'))],
        },
      ],
    }),
    afterSave(
      'Down',
      'Update',
      {
        recordUpdates: [
          {
            name: 'Update',
            label: 'Update',
            object: 'Opportunity',
            filterLogic: 'and',
            filters: [filter('AccountId', ref('$Record.Id'))],
            inputAssignments: [input('NextStep', text('{!$Record.Site}'))],
          },
        ],
      },
      { object: 'Account' },
    ),
  );
  org.run((tx) => {
    const accounts = saved(tx, 'insert', 'Account', ...Array.from({ length: 200 }, (_, n) => ({ Name: `A${n}` })));
    const before = tx.limits.used('dmlStatements');
    const ids = saved(
      tx,
      'insert',
      'Opportunity',
      ...accounts.map((AccountId, n) => opportunity({ AccountId, Name: `O${n}` })),
    );
    assert.equal(rowOf(tx, 'Opportunity', ids[199]!).NextStep, 'O199');
    assert.equal(tx.limits.used('dmlStatements') - before, 2);
  });
});

test('a chain of new records has no guard but the depth of saves', () => {
  const org = orgOf(
    afterSave(
      'Again',
      'Create',
      {
        recordCreates: [
          { name: 'Create', label: 'Create', object: 'Account', inputAssignments: [input('Name', text('Next'))] },
        ],
      },
      { object: 'Account', recordTriggerType: 'Create' },
    ),
  );
  const [result] = org.run((tx) => save(tx, 'insert', 'Account', { Name: 'First' }));
  assert.match(result!.errors[0]!.message, /maximum trigger depth exceeded/);
});
