import assert from 'node:assert/strict';
import { test } from 'node:test';
import { field, opportunity, rowOf, save, saved, testOrg, type TestComponent } from '../test-org.ts';
import { afterSave, assign, decide, filter, flow, input, number, ref, set, text, to, variable, when, yes } from './flow-fixtures.ts';

const won = { filters: [filter('StageName', text('Closed Won'))], filterLogic: 'and' };
const createTask = (name: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  name, label: name, object: 'Task',
  inputAssignments: [input('Subject', text('Won {!$Record.Name}')), input('WhatId', ref('$Record.Id')), input('Status', text('Not Started')), input('Priority', text('Normal'))],
  ...more,
});

function orgOf(...components: readonly TestComponent[]) {
  const org = testOrg(components);
  assert.deepEqual(org.problems, []);
  return org;
}

test('200 records: one query and one DML statement, and each interview gets its own rows', () => {
  const org = orgOf(
    afterSave('Count_Siblings', 'Siblings', {
      recordLookups: [{
        name: 'Siblings', label: 'Siblings', object: 'Contact', storeOutputAutomatically: true, getFirstRecordOnly: false, filterLogic: 'and',
        filters: [filter('AccountId', ref('$Record.AccountId')), filter('LastName', text('x'), 'NotEqualTo')], connector: to('Count'),
      }],
      variables: [variable('Size', 'Number', { scale: 0 })],
      assignments: [assign('Count', [set('Size', ref('Siblings'), 'AssignCount')], 'Task')],
      recordCreates: [createTask('Task', { inputAssignments: [input('Subject', text('{!Size} contacts')), input('WhatId', ref('$Record.Id'))] })],
    }, won),
  );
  org.run((tx) => {
    const accounts = saved(tx, 'insert', 'Account', ...Array.from({ length: 200 }, (_, index) => ({ Name: `A${index}` })));
    saved(tx, 'insert', 'Contact', ...accounts.flatMap((AccountId, index) => Array.from({ length: index % 3 }, () => ({ LastName: 'y', AccountId }))));
    const before = [tx.limits.used('queries'), tx.limits.used('dmlStatements')];
    saved(tx, 'insert', 'Opportunity', ...accounts.map((AccountId, index) => opportunity({ AccountId, Name: `${index % 3}`, StageName: 'Closed Won' })));
    assert.deepEqual([tx.limits.used('queries') - before[0]!, tx.limits.used('dmlStatements') - before[1]!], [1, 1]);
    const tasks = tx.select({ object: 'Task', filter: null });
    assert.equal(tasks.length, 200);
    const opportunities = tx.byIds('Opportunity', tasks.map((task) => String(task['WhatId'])));
    for (const task of tasks) assert.equal(task['Subject'], `${String(opportunities.get(String(task['WhatId']))!['Name'])} contacts`);
  });
});

test('one record that cannot be created takes its own fault path; the others are saved', () => {
  const org = orgOf(
    { type: 'ValidationRule', fullName: 'Task.No_Bad', metadata: { active: true, errorConditionFormula: 'CONTAINS(Subject, "Bad")', errorMessage: 'No bad ones' } },
    field('Account', 'Fault__c', 'LongTextArea', { length: 2000, visibleLines: 3 }),
    afterSave('Task_When_Won', 'Task', {
      recordCreates: [createTask('Task', { faultConnector: to('Note') })],
      recordUpdates: [{
        name: 'Note', label: 'Note', object: 'Account', filterLogic: 'and', filters: [filter('Id', ref('$Record.AccountId'))],
        inputAssignments: [input('Fault__c', ref('$Flow.FaultMessage'))],
      }],
    }, won),
  );
  org.run((tx) => {
    const [account] = saved(tx, 'insert', 'Account', { Name: 'Acme' });
    const stage = { StageName: 'Closed Won', AccountId: account! };
    saved(tx, 'insert', 'Opportunity', opportunity({ Name: 'Good', ...stage }), opportunity({ Name: 'Bad', ...stage }), opportunity({ Name: 'Fine', ...stage }));
    assert.deepEqual(tx.select({ object: 'Task', filter: null }).map((task) => task['Subject']).sort(), ['Won Fine', 'Won Good']);
    assert.equal(
      rowOf(tx, 'Account', account!)['Fault__c'],
      'This error occurred when the flow tried to create records: FIELD_CUSTOM_VALIDATION_EXCEPTION: No bad ones. ' +
        'You can look up ExceptionCode values in the SOAP API Developer Guide.',
    );
  });
});

test('without a fault path the triggering record is refused, and only that one', () => {
  const org = orgOf(
    { type: 'ValidationRule', fullName: 'Task.No_Bad', metadata: { active: true, errorConditionFormula: 'CONTAINS(Subject, "Bad")', errorMessage: 'No bad ones' } },
    afterSave('Task_When_Won', 'Task', { recordCreates: [createTask('Task')] }, won),
  );
  org.run((tx) => {
    const results = save(tx, 'insert', 'Opportunity', opportunity({ Name: 'Good', StageName: 'Closed Won' }), opportunity({ Name: 'Bad', StageName: 'Closed Won' }));
    assert.deepEqual(results.map((result) => result.success), [true, false]);
    assert.deepEqual(results[1]!.errors, [{
      statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
      message:
        'We can\'t save this record because the “Task When Won” process failed. Give your Salesforce admin these details. ' +
        'This error occurred when the flow tried to create records: FIELD_CUSTOM_VALIDATION_EXCEPTION: No bad ones. ' +
        'You can look up ExceptionCode values in the SOAP API Developer Guide.',
      fields: [],
    }]);
    assert.equal(tx.select({ object: 'Opportunity', filter: null }).length, 1);
    assert.equal(tx.select({ object: 'Task', filter: null }).length, 1);
  });
});

test('records are collected in a loop, created at once, and know their Ids', () => {
  const org = orgOf(
    afterSave('Tasks_For_Contacts', 'People', {
      variables: [
        variable('One', 'SObject', { objectType: 'Task' }),
        variable('Tasks', 'SObject', { objectType: 'Task', isCollection: true }),
        variable('Ids', 'String', { isCollection: true }),
      ],
      recordLookups: [{
        name: 'People', label: 'People', object: 'Contact', storeOutputAutomatically: true, getFirstRecordOnly: false, filterLogic: 'and',
        filters: [filter('AccountId', ref('$Record.AccountId'))], sortField: 'LastName', sortOrder: 'Desc', connector: to('Person'),
      }],
      loops: [
        { name: 'Person', collectionReference: 'People', iterationOrder: 'Asc', nextValueConnector: to('Make'), noMoreValuesConnector: to('Create') },
        { name: 'Made', collectionReference: 'Tasks', iterationOrder: 'Asc', nextValueConnector: to('Keep'), noMoreValuesConnector: to('Update') },
      ],
      assignments: [
        assign('Make', [set('One.Subject', text('Call {!Person.LastName}')), set('One.WhatId', ref('$Record.Id')), set('Tasks', ref('One'), 'Add')], 'Person'),
        assign('Keep', [set('Made.Description', ref('Made.Id'))], 'Made'),
      ],
      recordCreates: [{ name: 'Create', label: 'Create', inputReference: 'Tasks', connector: to('Made') }],
      recordUpdates: [{ name: 'Update', label: 'Update', inputReference: 'Tasks' }],
    }, won),
  );
  org.run((tx) => {
    const [account] = saved(tx, 'insert', 'Account', { Name: 'Acme' });
    saved(tx, 'insert', 'Contact', ...['Ada', 'Zoe', 'Max'].map((LastName) => ({ LastName, AccountId: account! })));
    const used = tx.limits.used('dmlStatements');
    saved(tx, 'insert', 'Opportunity', opportunity({ AccountId: account!, StageName: 'Closed Won' }));
    const tasks = tx.select({ object: 'Task', filter: null, orderBy: [{ field: 'Id', descending: false }] });
    assert.deepEqual(tasks.map((task) => task['Subject']), ['Call Zoe', 'Call Max', 'Call Ada']);
    for (const task of tasks) assert.equal(task['Description'], task['Id']);
    assert.equal(tx.limits.used('dmlStatements') - used, 2);
  });
});

test('updating the triggering record runs the save procedure again, once', () => {
  const org = orgOf(
    afterSave('Follow_Up', 'Update', {
      recordUpdates: [{ name: 'Update', label: 'Update', inputReference: '$Record', inputAssignments: [input('NextStep', text('Call'))] }],
    }, { filters: [filter('NextStep', yes, 'IsNull')], filterLogic: 'and' }),
  );
  org.run((tx) => {
    const [id] = saved(tx, 'insert', 'Opportunity', opportunity());
    assert.equal(rowOf(tx, 'Opportunity', id!)['NextStep'], 'Call');
    assert.equal(tx.limits.used('dmlStatements'), 1);
  });
});

test('a flow that updates its record for ever is stopped', () => {
  const org = orgOf(
    afterSave('For_Ever', 'Update', {
      recordUpdates: [{ name: 'Update', label: 'Update', inputReference: '$Record', inputAssignments: [input('Amount', { formulaExpression: 'BLANKVALUE({!$Record.Amount}, 0) + 1', formulaDataType: 'Number' })] }],
    }),
  );
  const [result] = org.run((tx) => save(tx, 'insert', 'Opportunity', opportunity()));
  assert.equal(result!.success, false);
  assert.match(result!.errors[0]!.message, /maximum trigger depth exceeded/i);
});

test('the same record changed by many interviews counts as duplicate updates', () => {
  const org = orgOf(
    afterSave('Touch_Account', 'Touch', {
      recordUpdates: [{ name: 'Touch', label: 'Touch', object: 'Account', filterLogic: 'and', filters: [filter('Id', ref('$Record.AccountId'))], inputAssignments: [input('Description', ref('$Record.Name'))] }],
    }, won),
  );
  org.run((tx) => {
    const [account] = saved(tx, 'insert', 'Account', { Name: 'Acme' });
    const deals = (count: number) => Array.from({ length: count }, (_, index) => opportunity({ AccountId: account!, Name: `D${index}`, StageName: 'Closed Won' }));
    saved(tx, 'insert', 'Opportunity', ...deals(3));
    assert.equal(rowOf(tx, 'Account', account!)['Description'], 'D2');
    assert.deepEqual([tx.limits.used('dmlStatements'), tx.limits.used('duplicateUpdates')], [1, 2]);
    assert.throws(() => save(tx, 'insert', 'Opportunity', ...deals(20)), { code: 'LIMIT_EXCEEDED' });
  });
});

test('Get Records: nothing found, outputs into variables, and what has not been set', () => {
  const lookup = { name: 'Find', label: 'Find', object: 'Account', filterLogic: 'and', filters: [filter('Name', ref('$Record.Name'))] };
  const found = orgOf(
    afterSave('Outputs', 'Find', {
      variables: [variable('Site', 'String', { value: text('unknown') })],
      recordLookups: [{ ...lookup, outputAssignments: [{ assignToReference: 'Site', field: 'Website' }], connector: to('Update') }],
      recordUpdates: [{ name: 'Update', label: 'Update', inputReference: '$Record', inputAssignments: [input('NextStep', ref('Site'))] }],
    }, { ...won, recordTriggerType: 'Create' }),
  );
  found.run((tx) => {
    saved(tx, 'insert', 'Account', { Name: 'Acme', Website: 'acme.example' });
    const ids = saved(tx, 'insert', 'Opportunity', opportunity({ Name: 'acme', StageName: 'Closed Won' }), opportunity({ Name: 'Nobody', StageName: 'Closed Won' }));
    assert.deepEqual(ids.map((id) => rowOf(tx, 'Opportunity', id)['NextStep']), ['acme.example', 'unknown']);
  });
  const unset = orgOf(
    afterSave('Unset', 'Find', {
      recordLookups: [{ ...lookup, storeOutputAutomatically: true, getFirstRecordOnly: true, connector: to('Task') }],
      recordCreates: [createTask('Task', { inputAssignments: [input('Subject', ref('Find.Website'))] })],
    }, won),
  );
  const [result] = unset.run((tx) => save(tx, 'insert', 'Opportunity', opportunity({ Name: 'Nobody', StageName: 'Closed Won' })));
  assert.match(result!.errors[0]!.message, /The flow failed to access the value for Find\.Website because it hasn't been set or assigned\./);
});

test('a subflow takes inputs, gives outputs, and its data elements are bulkified', () => {
  const org = orgOf(
    {
      type: 'Flow', fullName: 'Greet',
      metadata: {
        label: 'Greet', processType: 'AutoLaunchedFlow', status: 'Active', startElementReference: 'Task',
        variables: [variable('Whom', 'String', { isInput: true }), variable('TaskId', 'String', { isOutput: true })],
        recordCreates: [{ name: 'Task', label: 'Task', object: 'Task', inputAssignments: [input('Subject', text('Hello {!Whom}'))], connector: to('Keep') }],
        assignments: [assign('Keep', [set('TaskId', ref('Task'))])],
      },
    },
    afterSave('Caller', 'Sub', {
      subflows: [{ name: 'Sub', label: 'Sub', flowName: 'Greet', inputAssignments: [{ name: 'Whom', value: ref('$Record.Name') }], storeOutputAutomatically: true, connector: to('Update') }],
      recordUpdates: [{ name: 'Update', label: 'Update', inputReference: '$Record', inputAssignments: [input('NextStep', ref('Sub.TaskId'))] }],
    }, { ...won, recordTriggerType: 'Create' }),
  );
  org.run((tx) => {
    const ids = saved(tx, 'insert', 'Opportunity', ...['A', 'B'].map((Name) => opportunity({ Name, StageName: 'Closed Won' })));
    assert.equal(tx.limits.used('dmlStatements'), 2);
    for (const id of ids) {
      const row = rowOf(tx, 'Opportunity', id);
      assert.equal(rowOf(tx, 'Task', String(row['NextStep']))['Subject'], `Hello ${String(row['Name'])}`);
    }
  });
});

test('collections are sorted, cut and filtered', () => {
  const org = orgOf(
    afterSave('Best', 'All', {
      recordLookups: [{ name: 'All', label: 'All', object: 'Contact', storeOutputAutomatically: true, getFirstRecordOnly: false, connector: to('Sort') }],
      collectionProcessors: [
        { name: 'Sort', label: 'Sort', collectionProcessorType: 'SortCollectionProcessor', collectionReference: 'All', limit: 3, sortOptions: [{ sortField: 'LastName', sortOrder: 'Desc', doesPutEmptyStringAndNullFirst: false }], connector: to('Keep') },
        { name: 'Keep', label: 'Keep', collectionProcessorType: 'FilterCollectionProcessor', collectionReference: 'All', assignNextValueToReference: 'currentItem_Keep', conditionLogic: 'and', conditions: [when('currentItem_Keep.LastName', 'NotEqualTo', text('C'))], connector: to('Person') },
      ],
      loops: [{ name: 'Person', collectionReference: 'Keep', iterationOrder: 'Desc', nextValueConnector: to('Add'), noMoreValuesConnector: to('Task') }],
      variables: [variable('Names', 'String')],
      assignments: [assign('Add', [set('Names', ref('Person.LastName'), 'Add')], 'Person')],
      recordCreates: [createTask('Task', { inputAssignments: [input('Subject', ref('Names'))] })],
    }, won),
  );
  org.run((tx) => {
    saved(tx, 'insert', 'Contact', ...['B', 'D', 'A', 'C'].map((LastName) => ({ LastName })));
    saved(tx, 'insert', 'Opportunity', opportunity({ StageName: 'Closed Won' }));
    assert.equal(tx.select({ object: 'Task', filter: null })[0]!['Subject'], 'BD');
  });
});

test('a before-delete flow can delete what belongs to the record, and refuse the deletion', () => {
  const org = orgOf(
    flow('Clean_Up', { triggerType: 'RecordBeforeDelete', recordTriggerType: 'Delete', connector: to('Closed') }, {
      decisions: [decide('Closed', [when('$Record.StageName', 'EqualTo', text('Closed Won'))], 'Refuse', 'Tasks')],
      customErrors: [{ name: 'Refuse', label: 'Refuse', customErrorMessages: [{ errorMessage: 'Won deals stay.', isFieldError: false }] }],
      recordDeletes: [{ name: 'Tasks', label: 'Tasks', object: 'Task', filterLogic: 'and', filters: [filter('WhatId', ref('$Record.Id'))] }],
    }),
  );
  org.run((tx) => {
    const [open, wonDeal] = saved(tx, 'insert', 'Opportunity', opportunity(), opportunity({ StageName: 'Closed Won' }));
    saved(tx, 'insert', 'Task', { Subject: 'x', WhatId: open! });
    const results = save(tx, 'delete', 'Opportunity', { Id: open! }, { Id: wonDeal! });
    assert.deepEqual(results.map(({ success, errors }) => [success, errors.map(({ message }) => message)]), [[true, []], [false, ['Won deals stay.']]]);
    assert.equal(tx.select({ object: 'Task', filter: null }).length, 0);
  });
});

test('a Get Records in an endless loop ends at the query limit', () => {
  const org = orgOf(
    afterSave('Endless', 'Find', {
      recordLookups: [{ name: 'Find', label: 'Find', object: 'Account', storeOutputAutomatically: true, getFirstRecordOnly: true, connector: to('Find') }],
    }, won),
  );
  assert.throws(() => org.run((tx) => save(tx, 'insert', 'Opportunity', opportunity({ StageName: 'Closed Won' }))), { code: 'LIMIT_EXCEEDED', message: 'Too many SOQL queries: 101' });
});

test('the log tells each path with its values', () => {
  const org = orgOf(
    afterSave('Big_Deals', 'Big', {
      decisions: [decide('Big', [when('$Record.Amount', 'GreaterThan', number(100))], 'Task')],
      recordCreates: [createTask('Task')],
    }, won),
  );
  org.run((tx) => {
    const [id] = saved(tx, 'insert', 'Opportunity', opportunity({ Name: 'Deal', Amount: 500, StageName: 'Closed Won' }));
    const entry = tx.entries.find(({ step }) => step.startsWith('Flow Big_Deals'));
    assert.deepEqual(entry, { step: 'Flow Big_Deals (after save)', detail: `Deal (${id}): Big -> Yes; Task: create 1 Task` });
  });
});
