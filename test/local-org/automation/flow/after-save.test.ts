import assert from 'node:assert/strict';
import { test } from 'node:test';
import { field, opportunity, rowOf, save, saved } from '../test-org.ts';
import {
  afterSave,
  assign,
  createTask,
  filter,
  input,
  orgOf,
  ref,
  set,
  text,
  to,
  variable,
  won,
} from './flow-fixtures.ts';

test('200 records: one query and one DML statement, and each interview gets its own rows', () => {
  const org = orgOf(
    afterSave(
      'Count_Siblings',
      'Siblings',
      {
        recordLookups: [
          {
            name: 'Siblings',
            label: 'Siblings',
            object: 'Contact',
            storeOutputAutomatically: true,
            getFirstRecordOnly: false,
            filterLogic: 'and',
            filters: [filter('AccountId', ref('$Record.AccountId')), filter('LastName', text('x'), 'NotEqualTo')],
            connector: to('Count'),
          },
        ],
        variables: [variable('Size', 'Number', { scale: 0 })],
        assignments: [assign('Count', [set('Size', ref('Siblings'), 'AssignCount')], 'Task')],
        recordCreates: [
          createTask('Task', {
            inputAssignments: [input('Subject', text('{!Size} contacts')), input('WhatId', ref('$Record.Id'))],
          }),
        ],
      },
      won,
    ),
  );
  org.run((tx) => {
    const accounts = saved(
      tx,
      'insert',
      'Account',
      ...Array.from({ length: 200 }, (_, index) => ({ Name: `A${index}` })),
    );
    saved(
      tx,
      'insert',
      'Contact',
      ...accounts.flatMap((AccountId, index) =>
        Array.from({ length: index % 3 }, () => ({ LastName: 'y', AccountId })),
      ),
    );
    const before = [tx.limits.used('queries'), tx.limits.used('dmlStatements')];
    saved(
      tx,
      'insert',
      'Opportunity',
      ...accounts.map((AccountId, index) => opportunity({ AccountId, Name: `${index % 3}`, StageName: 'Closed Won' })),
    );
    assert.deepEqual([tx.limits.used('queries') - before[0]!, tx.limits.used('dmlStatements') - before[1]!], [1, 1]);
    const tasks = tx.select({ object: 'Task', filter: null });
    assert.equal(tasks.length, 200);
    const opportunities = tx.byIds(
      'Opportunity',
      tasks.map((task) => String(task.WhatId)),
    );
    for (const task of tasks)
      assert.equal(task.Subject, `${String(opportunities.get(String(task.WhatId))!.Name)} contacts`);
  });
});

test('one record that cannot be created takes its own fault path; the others are saved', () => {
  const org = orgOf(
    {
      type: 'ValidationRule',
      fullName: 'Task.No_Bad',
      metadata: { active: true, errorConditionFormula: 'CONTAINS(Subject, "Bad")', errorMessage: 'No bad ones' },
    },
    field('Account', 'Fault__c', 'LongTextArea', { length: 2000, visibleLines: 3 }),
    afterSave(
      'Task_When_Won',
      'Task',
      {
        recordCreates: [createTask('Task', { faultConnector: to('Note') })],
        recordUpdates: [
          {
            name: 'Note',
            label: 'Note',
            object: 'Account',
            filterLogic: 'and',
            filters: [filter('Id', ref('$Record.AccountId'))],
            inputAssignments: [input('Fault__c', ref('$Flow.FaultMessage'))],
          },
        ],
      },
      won,
    ),
  );
  org.run((tx) => {
    const [account] = saved(tx, 'insert', 'Account', { Name: 'Acme' });
    const stage = { StageName: 'Closed Won', AccountId: account! };
    saved(
      tx,
      'insert',
      'Opportunity',
      opportunity({ Name: 'Good', ...stage }),
      opportunity({ Name: 'Bad', ...stage }),
      opportunity({ Name: 'Fine', ...stage }),
    );
    assert.deepEqual(
      tx
        .select({ object: 'Task', filter: null })
        .map((task) => task.Subject)
        .sort(),
      ['Won Fine', 'Won Good'],
    );
    assert.equal(
      rowOf(tx, 'Account', account!).Fault__c,
      'This error occurred when the flow tried to create records: FIELD_CUSTOM_VALIDATION_EXCEPTION: No bad ones. ' +
        'You can look up ExceptionCode values in the SOAP API Developer Guide.',
    );
  });
});

test('without a fault path the triggering record is refused, and only that one', () => {
  const org = orgOf(
    {
      type: 'ValidationRule',
      fullName: 'Task.No_Bad',
      metadata: { active: true, errorConditionFormula: 'CONTAINS(Subject, "Bad")', errorMessage: 'No bad ones' },
    },
    afterSave('Task_When_Won', 'Task', { recordCreates: [createTask('Task')] }, won),
  );
  org.run((tx) => {
    const results = save(
      tx,
      'insert',
      'Opportunity',
      opportunity({ Name: 'Good', StageName: 'Closed Won' }),
      opportunity({ Name: 'Bad', StageName: 'Closed Won' }),
    );
    assert.deepEqual(
      results.map((result) => result.success),
      [true, false],
    );
    assert.deepEqual(results[1]!.errors, [
      {
        statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
        message:
          "We can't save this record because the “Task When Won” process failed. Give your Salesforce admin these details. " +
          'This error occurred when the flow tried to create records: FIELD_CUSTOM_VALIDATION_EXCEPTION: No bad ones. ' +
          'You can look up ExceptionCode values in the SOAP API Developer Guide.',
        fields: [],
      },
    ]);
    assert.equal(tx.select({ object: 'Opportunity', filter: null }).length, 1);
    assert.equal(tx.select({ object: 'Task', filter: null }).length, 1);
  });
});

test('records are collected in a loop, created at once, and know their Ids', () => {
  const org = orgOf(
    afterSave(
      'Tasks_For_Contacts',
      'People',
      {
        variables: [
          variable('One', 'SObject', { objectType: 'Task' }),
          variable('Tasks', 'SObject', { objectType: 'Task', isCollection: true }),
          variable('Ids', 'String', { isCollection: true }),
        ],
        recordLookups: [
          {
            name: 'People',
            label: 'People',
            object: 'Contact',
            storeOutputAutomatically: true,
            getFirstRecordOnly: false,
            filterLogic: 'and',
            filters: [filter('AccountId', ref('$Record.AccountId'))],
            sortField: 'LastName',
            sortOrder: 'Desc',
            connector: to('Person'),
          },
        ],
        loops: [
          {
            name: 'Person',
            collectionReference: 'People',
            iterationOrder: 'Asc',
            nextValueConnector: to('Make'),
            noMoreValuesConnector: to('Create'),
          },
          {
            name: 'Made',
            collectionReference: 'Tasks',
            iterationOrder: 'Asc',
            nextValueConnector: to('Keep'),
            noMoreValuesConnector: to('Update'),
          },
        ],
        assignments: [
          assign(
            'Make',
            [
              set('One.Subject', text('Call {!Person.LastName}')),
              set('One.WhatId', ref('$Record.Id')),
              set('Tasks', ref('One'), 'Add'),
            ],
            'Person',
          ),
          assign('Keep', [set('Made.Description', ref('Made.Id'))], 'Made'),
        ],
        recordCreates: [{ name: 'Create', label: 'Create', inputReference: 'Tasks', connector: to('Made') }],
        recordUpdates: [{ name: 'Update', label: 'Update', inputReference: 'Tasks' }],
      },
      won,
    ),
  );
  org.run((tx) => {
    const [account] = saved(tx, 'insert', 'Account', { Name: 'Acme' });
    saved(tx, 'insert', 'Contact', ...['Ada', 'Zoe', 'Max'].map((LastName) => ({ LastName, AccountId: account! })));
    const used = tx.limits.used('dmlStatements');
    saved(tx, 'insert', 'Opportunity', opportunity({ AccountId: account!, StageName: 'Closed Won' }));
    const tasks = tx.select({ object: 'Task', filter: null, orderBy: [{ field: 'Id', descending: false }] });
    assert.deepEqual(
      tasks.map((task) => task.Subject),
      ['Call Zoe', 'Call Max', 'Call Ada'],
    );
    for (const task of tasks) assert.equal(task.Description, task.Id);
    assert.equal(tx.limits.used('dmlStatements') - used, 2);
  });
});
