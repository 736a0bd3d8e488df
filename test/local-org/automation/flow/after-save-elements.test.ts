import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opportunity, rowOf, save, saved } from '../test-org.ts';
import {
  afterSave,
  assign,
  createTask,
  decide,
  filter,
  flow,
  input,
  number,
  orgOf,
  ref,
  set,
  text,
  to,
  variable,
  when,
  won,
  yes,
} from './flow-fixtures.ts';

test('updating the triggering record runs the save procedure again, once', () => {
  const org = orgOf(
    afterSave(
      'Follow_Up',
      'Update',
      {
        recordUpdates: [
          {
            name: 'Update',
            label: 'Update',
            inputReference: '$Record',
            inputAssignments: [input('NextStep', text('Call'))],
          },
        ],
      },
      { filters: [filter('NextStep', yes, 'IsNull')], filterLogic: 'and' },
    ),
  );
  org.run((tx) => {
    const [id] = saved(tx, 'insert', 'Opportunity', opportunity());
    assert.equal(rowOf(tx, 'Opportunity', id!).NextStep, 'Call');
    assert.equal(tx.limits.used('dmlStatements'), 1);
  });
});

test('the same record changed by many interviews counts as duplicate updates', () => {
  const org = orgOf(
    afterSave(
      'Touch_Account',
      'Touch',
      {
        recordUpdates: [
          {
            name: 'Touch',
            label: 'Touch',
            object: 'Account',
            filterLogic: 'and',
            filters: [filter('Id', ref('$Record.AccountId'))],
            inputAssignments: [input('Description', ref('$Record.Name'))],
          },
        ],
      },
      won,
    ),
  );
  org.run((tx) => {
    const [account] = saved(tx, 'insert', 'Account', { Name: 'Acme' });
    const deals = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        opportunity({ AccountId: account!, Name: `D${index}`, StageName: 'Closed Won' }),
      );
    saved(tx, 'insert', 'Opportunity', ...deals(3));
    assert.equal(rowOf(tx, 'Account', account!).Description, 'D2');
    assert.deepEqual([tx.limits.used('dmlStatements'), tx.limits.used('duplicateUpdates')], [1, 2]);
    assert.throws(() => save(tx, 'insert', 'Opportunity', ...deals(20)), { code: 'LIMIT_EXCEEDED' });
  });
});

test('Get Records: nothing found, outputs into variables, and what has not been set', () => {
  const lookup = {
    name: 'Find',
    label: 'Find',
    object: 'Account',
    filterLogic: 'and',
    filters: [filter('Name', ref('$Record.Name'))],
  };
  const found = orgOf(
    afterSave(
      'Outputs',
      'Find',
      {
        variables: [variable('Site', 'String', { value: text('unknown') })],
        recordLookups: [
          { ...lookup, outputAssignments: [{ assignToReference: 'Site', field: 'Website' }], connector: to('Update') },
        ],
        recordUpdates: [
          {
            name: 'Update',
            label: 'Update',
            inputReference: '$Record',
            inputAssignments: [input('NextStep', ref('Site'))],
          },
        ],
      },
      { ...won, recordTriggerType: 'Create' },
    ),
  );
  found.run((tx) => {
    saved(tx, 'insert', 'Account', { Name: 'Acme', Website: 'acme.example' });
    const ids = saved(
      tx,
      'insert',
      'Opportunity',
      opportunity({ Name: 'acme', StageName: 'Closed Won' }),
      opportunity({ Name: 'Nobody', StageName: 'Closed Won' }),
    );
    assert.deepEqual(
      ids.map((id) => rowOf(tx, 'Opportunity', id).NextStep),
      ['acme.example', 'unknown'],
    );
  });
  const unset = orgOf(
    afterSave(
      'Unset',
      'Find',
      {
        recordLookups: [{ ...lookup, storeOutputAutomatically: true, getFirstRecordOnly: true, connector: to('Task') }],
        recordCreates: [createTask('Task', { inputAssignments: [input('Subject', ref('Find.Website'))] })],
      },
      won,
    ),
  );
  const [result] = unset.run((tx) =>
    save(tx, 'insert', 'Opportunity', opportunity({ Name: 'Nobody', StageName: 'Closed Won' })),
  );
  assert.match(
    result!.errors[0]!.message,
    /The flow failed to access the value for Find\.Website because it hasn't been set or assigned\./,
  );
});

test('a subflow takes inputs, gives outputs, and its data elements are bulkified', () => {
  const org = orgOf(
    {
      type: 'Flow',
      fullName: 'Greet',
      metadata: {
        label: 'Greet',
        processType: 'AutoLaunchedFlow',
        status: 'Active',
        startElementReference: 'Task',
        variables: [variable('Whom', 'String', { isInput: true }), variable('TaskId', 'String', { isOutput: true })],
        recordCreates: [
          {
            name: 'Task',
            label: 'Task',
            object: 'Task',
            inputAssignments: [input('Subject', text('Hello {!Whom}'))],
            connector: to('Keep'),
          },
        ],
        assignments: [assign('Keep', [set('TaskId', ref('Task'))])],
      },
    },
    afterSave(
      'Caller',
      'Sub',
      {
        subflows: [
          {
            name: 'Sub',
            label: 'Sub',
            flowName: 'Greet',
            inputAssignments: [{ name: 'Whom', value: ref('$Record.Name') }],
            storeOutputAutomatically: true,
            connector: to('Update'),
          },
        ],
        recordUpdates: [
          {
            name: 'Update',
            label: 'Update',
            inputReference: '$Record',
            inputAssignments: [input('NextStep', ref('Sub.TaskId'))],
          },
        ],
      },
      { ...won, recordTriggerType: 'Create' },
    ),
  );
  org.run((tx) => {
    const ids = saved(
      tx,
      'insert',
      'Opportunity',
      ...['A', 'B'].map((Name) => opportunity({ Name, StageName: 'Closed Won' })),
    );
    assert.equal(tx.limits.used('dmlStatements'), 2);
    for (const id of ids) {
      const row = rowOf(tx, 'Opportunity', id);
      assert.equal(rowOf(tx, 'Task', String(row.NextStep)).Subject, `Hello ${String(row.Name)}`);
    }
  });
});

test('collections are sorted, cut and filtered', () => {
  const org = orgOf(
    afterSave(
      'Best',
      'All',
      {
        recordLookups: [
          {
            name: 'All',
            label: 'All',
            object: 'Contact',
            storeOutputAutomatically: true,
            getFirstRecordOnly: false,
            connector: to('Sort'),
          },
        ],
        collectionProcessors: [
          {
            name: 'Sort',
            label: 'Sort',
            collectionProcessorType: 'SortCollectionProcessor',
            collectionReference: 'All',
            limit: 3,
            sortOptions: [{ sortField: 'LastName', sortOrder: 'Desc', doesPutEmptyStringAndNullFirst: false }],
            connector: to('Keep'),
          },
          {
            name: 'Keep',
            label: 'Keep',
            collectionProcessorType: 'FilterCollectionProcessor',
            collectionReference: 'All',
            assignNextValueToReference: 'currentItem_Keep',
            conditionLogic: 'and',
            conditions: [when('currentItem_Keep.LastName', 'NotEqualTo', text('C'))],
            connector: to('Person'),
          },
        ],
        loops: [
          {
            name: 'Person',
            collectionReference: 'Keep',
            iterationOrder: 'Desc',
            nextValueConnector: to('Add'),
            noMoreValuesConnector: to('Task'),
          },
        ],
        variables: [variable('Names', 'String')],
        assignments: [assign('Add', [set('Names', ref('Person.LastName'), 'Add')], 'Person')],
        recordCreates: [createTask('Task', { inputAssignments: [input('Subject', ref('Names'))] })],
      },
      won,
    ),
  );
  org.run((tx) => {
    saved(tx, 'insert', 'Contact', ...['B', 'D', 'A', 'C'].map((LastName) => ({ LastName })));
    saved(tx, 'insert', 'Opportunity', opportunity({ StageName: 'Closed Won' }));
    assert.equal(tx.select({ object: 'Task', filter: null })[0]!.Subject, 'BD');
  });
});

test('a before-delete flow can delete what belongs to the record, and refuse the deletion', () => {
  const org = orgOf(
    flow(
      'Clean_Up',
      { triggerType: 'RecordBeforeDelete', recordTriggerType: 'Delete', connector: to('Closed') },
      {
        decisions: [decide('Closed', [when('$Record.StageName', 'EqualTo', text('Closed Won'))], 'Refuse', 'Tasks')],
        customErrors: [
          {
            name: 'Refuse',
            label: 'Refuse',
            customErrorMessages: [{ errorMessage: 'Won deals stay.', isFieldError: false }],
          },
        ],
        recordDeletes: [
          {
            name: 'Tasks',
            label: 'Tasks',
            object: 'Task',
            filterLogic: 'and',
            filters: [filter('WhatId', ref('$Record.Id'))],
          },
        ],
      },
    ),
  );
  org.run((tx) => {
    const [open, wonDeal] = saved(tx, 'insert', 'Opportunity', opportunity(), opportunity({ StageName: 'Closed Won' }));
    saved(tx, 'insert', 'Task', { Subject: 'x', WhatId: open! });
    const results = save(tx, 'delete', 'Opportunity', { Id: open! }, { Id: wonDeal! });
    assert.deepEqual(
      results.map(({ success, errors }) => [success, errors.map(({ message }) => message)]),
      [
        [true, []],
        [false, ['Won deals stay.']],
      ],
    );
    assert.equal(tx.select({ object: 'Task', filter: null }).length, 0);
  });
});

test('a Get Records in an endless loop ends at the query limit', () => {
  const org = orgOf(
    afterSave(
      'Endless',
      'Find',
      {
        recordLookups: [
          {
            name: 'Find',
            label: 'Find',
            object: 'Account',
            storeOutputAutomatically: true,
            getFirstRecordOnly: true,
            connector: to('Find'),
          },
        ],
      },
      won,
    ),
  );
  assert.throws(() => org.run((tx) => save(tx, 'insert', 'Opportunity', opportunity({ StageName: 'Closed Won' }))), {
    code: 'LIMIT_EXCEEDED',
    message: 'Too many SOQL queries: 101',
  });
});

test('the log tells each path with its values', () => {
  const org = orgOf(
    afterSave(
      'Big_Deals',
      'Big',
      {
        decisions: [decide('Big', [when('$Record.Amount', 'GreaterThan', number(100))], 'Task')],
        recordCreates: [createTask('Task')],
      },
      won,
    ),
  );
  org.run((tx) => {
    const [id] = saved(
      tx,
      'insert',
      'Opportunity',
      opportunity({ Name: 'Deal', Amount: 500, StageName: 'Closed Won' }),
    );
    const entry = tx.entries.find(({ step }) => step.startsWith('Flow Big_Deals'));
    assert.equal(entry?.step, 'Flow Big_Deals (after save)');
    assert.equal(
      entry.detail,
      `Deal (${id}): Big -> Yes; Task: create 1 Task ` +
        `(Subject = "Won Deal", WhatId = "${id}", Status = "Not Started", Priority = "Normal")`,
    );
  });
});
