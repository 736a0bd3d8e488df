import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldValue } from '../../../../local-org/data/types.ts';
import { field, rowOf, saved, type TestComponent } from '../test-org.ts';
import { MANY, accountsOf, create, dealsOf, entryOf, get, loop, rows, task, times, used } from './bulk-fixtures.ts';
import {
  afterSave,
  assign,
  decide,
  filter,
  flow,
  input,
  orgOf,
  ref,
  set,
  text,
  to,
  variable,
  when,
} from './flow-fixtures.ts';

/** Flows as admins build them, each for 200 records at once: what they do, and what it costs. */
const RENEWAL: TestComponent = afterSave(
  'Renewal',
  'Get_Items',
  {
    variables: [
      variable('New_Item', 'SObject', { objectType: 'OpportunityLineItem' }),
      variable('New_Items', 'SObject', { objectType: 'OpportunityLineItem', isCollection: true }),
      variable('Problem', 'String'),
    ],
    recordLookups: [
      get('Get_Items', 'OpportunityLineItem', [filter('OpportunityId', ref('$Record.Id'))], 'Create_Renewal', {
        sortField: 'SortOrder',
        sortOrder: 'Asc',
      }),
    ],
    recordCreates: [
      create(
        'Create_Renewal',
        'Opportunity',
        {
          Name: text('{!$Record.Name} (renewal)'),
          AccountId: ref('$Record.AccountId'),
          StageName: text('Prospecting'),
          CloseDate: { formulaExpression: 'ADDMONTHS({!$Record.CloseDate}, 12)', formulaDataType: 'Date' },
        },
        { connector: to('Each_Item') },
      ),
      {
        name: 'Create_Items',
        label: 'Create Items',
        inputReference: 'New_Items',
        faultConnector: to('Note_Problem'),
      },
      create('Tell', 'Task', task('Renewal of {!$Record.Name}: {!Problem}', { WhatId: ref('Create_Renewal') })),
    ],
    loops: [loop('Each_Item', 'Get_Items', 'Copy_Item', 'Create_Items')],
    assignments: [
      assign(
        'Copy_Item',
        [
          set('New_Item.OpportunityId', ref('Create_Renewal')),
          set('New_Item.PricebookEntryId', ref('Each_Item.PricebookEntryId')),
          set('New_Item.Quantity', ref('Each_Item.Quantity')),
          set('New_Item.UnitPrice', ref('Each_Item.UnitPrice')),
          set('New_Item.Description', ref('Each_Item.Description')),
          set('New_Items', ref('New_Item'), 'Add'),
        ],
        'Each_Item',
      ),
      assign('Note_Problem', [set('Problem', ref('$Flow.FaultMessage'))], 'Tell'),
    ],
  },
  {
    filters: [filter('StageName', text('Closed Won'))],
    filterLogic: 'and',
    doesRequireRecordChangedToMeetCriteria: true,
  },
);

test('renewals: what won deals hold is copied in one statement each; a bad line fails alone and tells its own deal', () => {
  const org = orgOf(RENEWAL, {
    type: 'ValidationRule',
    fullName: 'OpportunityLineItem.No_Free_Renewals',
    metadata: {
      active: true,
      errorConditionFormula:
        'AND(ISPICKVAL(Opportunity.StageName, "Prospecting"), Description = "bad", Opportunity.Probability < 20, CONTAINS(Opportunity.Name, "renewal"))',
      errorMessage: 'Nothing is free',
    },
  });
  org.run((tx) => {
    const entry = entryOf(tx);
    const deals = dealsOf(tx, accountsOf(tx));
    const items = deals.flatMap((OpportunityId, n) =>
      times(3, (i) => ({
        OpportunityId,
        PricebookEntryId: entry,
        Quantity: i + 1,
        UnitPrice: 10,
        Description: n === 7 && i === 1 ? 'bad' : 'ok',
      })),
    );
    for (let from = 0; from < items.length; from += MANY)
      saved(tx, 'insert', 'OpportunityLineItem', ...items.slice(from, from + MANY));
    const cost = used(tx, () => {
      saved(tx, 'update', 'Opportunity', ...deals.map((Id) => ({ Id, StageName: 'Closed Won' })));
    });
    assert.equal(rows(tx, 'Opportunity').length, 2 * MANY);
    assert.equal(rows(tx, 'OpportunityLineItem').length, 6 * MANY - 1);
    const tasks = rows(tx, 'Task');
    assert.equal(tasks.length, 1);
    assert.match(
      String(tasks[0]!.Subject),
      /Renewal of Deal 7: This error occurred when the flow tried to create records/,
    );
    assert.deepEqual(cost, { queries: 1, dmlStatements: 3, dmlRows: MANY + 3 * MANY + 1 });
  });
});

const COUNT = field('Account', 'Notes__c', 'Text');
test('collections: ids gathered in a loop, records found with In, filtered, sorted, changed and saved in one statement', () => {
  const org = orgOf(
    COUNT,
    afterSave(
      'Account_Review',
      'Get_Deals',
      {
        variables: [
          variable('Contact_Ids', 'String', { isCollection: true }),
          variable('To_Save', 'SObject', { objectType: 'Opportunity', isCollection: true }),
          variable('Names', 'String'),
        ],
        recordLookups: [
          get('Get_Deals', 'Opportunity', [filter('AccountId', ref('$Record.Id'))], 'Each_Deal'),
          get('Get_Roles', 'Opportunity', [filter('Id', ref('Contact_Ids'), 'In')], 'Large'),
        ],
        loops: [loop('Each_Deal', 'Get_Deals', 'Gather', 'Get_Roles'), loop('Each_Large', 'Large', 'Change', 'Save')],
        collectionProcessors: [
          {
            name: 'Large',
            label: 'Large',
            collectionReference: 'Get_Roles',
            collectionProcessorType: 'FilterCollectionProcessor',
            conditionLogic: 'and',
            conditions: [when('currentItem_Large.Amount', 'GreaterThan', { numberValue: 100 })],
            connector: to('Sort'),
          },
          {
            name: 'Sort',
            label: 'Sort',
            collectionReference: 'Large',
            collectionProcessorType: 'SortCollectionProcessor',
            sortOptions: [{ sortField: 'ExpectedRevenue', sortOrder: 'Desc', doesPutEmptyStringAndNullFirst: false }],
            limit: 2,
            connector: to('Each_Large'),
          },
        ],
        assignments: [
          assign('Gather', [set('Contact_Ids', ref('Each_Deal.Id'), 'Add')], 'Each_Deal'),
          assign(
            'Change',
            [
              set('Names', text('{!Each_Large.Name};'), 'Add'),
              set('Each_Large.NextStep', text('Review')),
              set('To_Save', ref('Each_Large'), 'Add'),
            ],
            'Each_Large',
          ),
        ],
        recordUpdates: [
          { name: 'Save', label: 'Save', inputReference: 'To_Save', connector: to('Note') },
          {
            name: 'Note',
            label: 'Note',
            inputReference: '$Record',
            inputAssignments: [input('Notes__c', ref('Names'))],
          },
        ],
      },
      { object: 'Account', recordTriggerType: 'Update' },
    ),
  );
  org.run((tx) => {
    const accounts = accountsOf(tx);
    for (const Amount of [50, 200, 300, 400]) dealsOf(tx, accounts, { Amount });
    const cost = used(tx, () => void saved(tx, 'update', 'Account', ...accounts.map((Id) => ({ Id, Site: 'x' }))));
    assert.deepEqual(cost, { queries: 2, dmlStatements: 2, dmlRows: 3 * MANY });
    assert.equal(rowOf(tx, 'Account', accounts[3]!).Notes__c, 'Deal 3;Deal 3;');
    const reviewed = rows(tx, 'Opportunity').filter(({ NextStep }) => NextStep === 'Review');
    assert.deepEqual([...new Set(reviewed.map(({ Amount }) => Amount))].sort(), [300, 400]);
  });
});

test('subflows, matching records and deletions are bulk work as well', () => {
  const org = orgOf(
    COUNT,
    flow(
      'Remember',
      { object: undefined, recordTriggerType: undefined, connector: to('Create') },
      {
        variables: [
          variable('Deal', 'SObject', { objectType: 'Opportunity', isInput: true }),
          variable('Made', 'String', { isOutput: true }),
        ],
        recordCreates: [
          create('Create', 'Task', task('Remember {!Deal.Name}', { WhatId: ref('Deal.Id') }), {
            filterLogic: 'and',
            filters: [filter('WhatId', ref('Deal.Id'))],
            operationOneMatchingRecord: 'UpdateAllRecords',
            operationMultMatchingRecords: 'UpdateAllRecords',
            connector: to('Out'),
          }),
        ],
        assignments: [assign('Out', [set('Made', ref('Create'))])],
      },
    ),
    afterSave(
      'Deal_Saved',
      'Won',
      {
        variables: [variable('Id', 'String')],
        decisions: [decide('Won', [when('$Record.IsWon', 'EqualTo', { booleanValue: true })], 'Forget', 'Call')],
        subflows: [
          {
            name: 'Call',
            label: 'Call',
            flowName: 'Remember',
            inputAssignments: [{ name: 'Deal', value: ref('$Record') }],
            outputAssignments: [{ name: 'Made', assignToReference: 'Id' }],
            connector: to('Keep'),
          },
        ],
        recordUpdates: [
          { name: 'Keep', label: 'Keep', inputReference: '$Record', inputAssignments: [input('NextStep', ref('Id'))] },
        ],
        recordDeletes: [
          {
            name: 'Forget',
            label: 'Forget',
            object: 'Task',
            filterLogic: 'and',
            filters: [filter('WhatId', ref('$Record.Id'))],
          },
        ],
      },
      {},
    ),
  );
  org.run((tx) => {
    const accounts = accountsOf(tx);
    let deals: readonly string[] = [];
    assert.deepEqual(
      used(tx, () => void (deals = dealsOf(tx, accounts))),
      { queries: 1, dmlStatements: 2, dmlRows: 2 * MANY },
    );
    assert.deepEqual(
      used(tx, () => void saved(tx, 'update', 'Opportunity', ...deals.map((Id) => ({ Id, Amount: 1 })))),
      { queries: 1, dmlStatements: 2, dmlRows: 2 * MANY },
    );
    const tasks = rows(tx, 'Task');
    assert.equal(tasks.length, MANY);
    assert.equal(rowOf(tx, 'Opportunity', deals[5]!).NextStep, tasks.find(({ WhatId }) => WhatId === deals[5])!.Id);
    const won = (Id: string, n: number): Record<string, FieldValue> => ({
      Id,
      ...(n % 2 === 0 && { StageName: 'Closed Won' }),
    });
    const cost = used(tx, () => void saved(tx, 'update', 'Opportunity', ...deals.map(won)));
    assert.deepEqual(cost, { queries: 2, dmlStatements: 3, dmlRows: 100 + 100 + 100 });
    assert.equal(rows(tx, 'Task').length, 100);
  });
});
