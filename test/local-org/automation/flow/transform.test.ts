import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runFlow } from '../../../../local-org/scheduler/run-flow.ts';
import { ADMIN_USERNAME } from '../../../../local-org/open-org.ts';
import { field, opportunity, testOrg } from '../test-org.ts';
import { assign, flow, orgOf, ref, set, text, to, variable } from './flow-fixtures.ts';

type Json = Readonly<Record<string, unknown>>;

const map = (value: Json, outputFieldApiName?: string): Json => ({
  transformType: 'Map',
  value,
  ...(outputFieldApiName !== undefined && { outputFieldApiName }),
});
const aggregate = (transformType: string, collection: string, of?: string): Json => ({
  transformType,
  inputParameters: [
    { name: 'aggregationValues', value: ref(collection) },
    ...(of === undefined ? [] : [{ name: 'aggregationField', value: text(of) }]),
  ],
});
const transform = (name: string, type: Json, actions: readonly Json[], next?: string): Json => ({
  name,
  label: name,
  storeOutputAutomatically: true,
  ...type,
  transformValues: [{ transformValueActions: actions }],
  ...(next !== undefined && { connector: to(next) }),
});

const deals = variable('deals', 'SObject', { objectType: 'Opportunity', isCollection: true, isInput: true });
const called = (first: string, rest: Json) =>
  flow('Transforms', { object: undefined, recordTriggerType: undefined, connector: to(first) }, rest);
const DEALS = [
  { attributes: null, Name: 'a', Amount: 10.25 },
  { attributes: null, Name: 'B', Amount: null },
  { attributes: null, Name: 'C', Amount: 20.5 },
];
const run = (org: ReturnType<typeof orgOf>['org'], inputs: Parameters<typeof runFlow>[3][number]) =>
  runFlow(org, org.user(ADMIN_USERNAME), 'Transforms', [inputs])[0]!;

test('sums and counts of a collection, rounded to the scale of the element', () => {
  const { org } = orgOf(
    called('Sum', {
      variables: [
        deals,
        variable('sum', 'Number', { isOutput: true }),
        variable('count', 'Number', { isOutput: true }),
      ],
      transforms: [
        transform(
          'Sum',
          { dataType: 'Currency', isCollection: false, scale: 1 },
          [aggregate('Sum', 'deals', 'Amount')],
          'Count',
        ),
        transform(
          'Count',
          { dataType: 'Number', isCollection: false, scale: 0 },
          [aggregate('Count', 'deals')],
          'Keep',
        ),
      ],
      assignments: [assign('Keep', [set('sum', ref('Sum')), set('count', ref('Count'))])],
    }),
  );
  assert.deepEqual(run(org, { deals: DEALS }).outputValues, { sum: 30.8, count: 3, Flow__InterviewStatus: 'Finished' });
  assert.deepEqual(run(org, { deals: [] }).outputValues, { sum: 0, count: 0, Flow__InterviewStatus: 'Finished' });
});

test('formula fields of records are added up as well', () => {
  const { org } = orgOf(
    field('Opportunity', 'Twice__c', 'Currency', { precision: 18, scale: 2, formula: 'Amount * 2' }),
    called('Sum', {
      variables: [deals, variable('sum', 'Number', { isOutput: true })],
      transforms: [
        transform(
          'Sum',
          { dataType: 'Currency', isCollection: false, scale: 2 },
          [aggregate('Sum', 'deals', 'Twice__c')],
          'Keep',
        ),
      ],
      assignments: [assign('Keep', [set('sum', ref('Sum'))])],
    }),
  );
  assert.equal(run(org, { deals: DEALS }).outputValues?.sum, 61.5);
});

test('each item becomes a record of another object, or a value', () => {
  const { org } = orgOf(
    called('Tasks', {
      variables: [
        deals,
        variable('made', 'SObject', { objectType: 'Task', isCollection: true, isOutput: true }),
        variable('names', 'String', { isCollection: true, isOutput: true }),
      ],
      transforms: [
        transform(
          'Tasks',
          { dataType: 'SObject', objectType: 'Task', isCollection: true },
          [
            map(
              { formulaDataType: 'String', formulaExpression: '"Call " & UPPER({!deals[$EachItem].Name})' },
              'Subject',
            ),
            map(text('Not Started'), 'Status'),
            map(ref('deals[$EachItem].NextStep'), 'Description'),
          ],
          'Names',
        ),
        transform(
          'Names',
          { dataType: 'String', isCollection: true, scale: 0 },
          [map(ref('Tasks[$EachItem].Subject'))],
          'Keep',
        ),
      ],
      assignments: [assign('Keep', [set('made', ref('Tasks')), set('names', ref('Names'))])],
    }),
  );
  const { outputValues } = run(org, { deals: DEALS.slice(0, 2) });
  assert.deepEqual(outputValues, {
    made: [
      { Subject: 'Call A', Status: 'Not Started', Description: null },
      { Subject: 'Call B', Status: 'Not Started', Description: null },
    ],
    names: ['Call A', 'Call B'],
    Flow__InterviewStatus: 'Finished',
  });
});

test('what Get Records found is mapped and saved, one row of the limits for each record', () => {
  const { org } = orgOf(
    called('Find', {
      recordLookups: [
        {
          name: 'Find',
          label: 'Find',
          object: 'Opportunity',
          storeOutputAutomatically: true,
          getFirstRecordOnly: false,
          connector: to('Change'),
        },
      ],
      transforms: [
        transform(
          'Change',
          { dataType: 'SObject', objectType: 'Opportunity', isCollection: true },
          [map(ref('Find[$EachItem].Id'), 'Id'), map(text('Seen'), 'NextStep')],
          'Save',
        ),
      ],
      recordUpdates: [{ name: 'Save', label: 'Save', inputReference: 'Change' }],
    }),
  );
  org.reload();
  const user = org.user(ADMIN_USERNAME);
  const records = [opportunity({ Name: 'One' }), opportunity({ Name: 'Two' })];
  org.transact(user, (tx) => tx.save({ operation: 'insert', object: 'Opportunity', records, allOrNone: true }));
  assert.equal(run(org, {}).isSuccess, true);
  const found = org.transact(user, (tx) => tx.select({ object: 'Opportunity', filter: null }));
  assert.deepEqual(
    found.map(({ Name, NextStep, StageName }) => [Name, NextStep, StageName]),
    [
      ['One', 'Seen', 'Prospecting'],
      ['Two', 'Seen', 'Prospecting'],
    ],
  );
});

test('what is not run is refused by name', () => {
  const problem = (type: Json, actions: readonly Json[], more: readonly Json[] = []) =>
    testOrg([called('T', { variables: [deals, ...more], transforms: [transform('T', type, actions)] })]).problems.map(
      (found) => found.problem,
    );
  const many = { dataType: 'SObject', objectType: 'Task', isCollection: true };
  const one = { dataType: 'Number', isCollection: false };
  const refused = (what: string) => [`T (Transform) - The local org does not run ${what}.`];
  assert.deepEqual(
    problem(many, [{ transformType: 'InnerJoin' }]),
    refused('transformations into a collection that map no collection'),
  );
  assert.deepEqual(problem(one, [{ transformType: 'InnerJoin' }]), refused('transformations of the type InnerJoin'));
  assert.deepEqual(
    problem(one, [{ transformType: 'GetItemByIndex' }]),
    refused('transformations of the type GetItemByIndex'),
  );
  assert.deepEqual(
    problem(many, [map(ref('deals[$EachItem].Tasks[$EachItem].Subject'), 'Subject')]),
    refused('transformations of a collection within a collection'),
  );
  assert.deepEqual(
    problem(
      many,
      [map(ref('deals[$EachItem].Name'), 'Subject'), map(ref('more[$EachItem].Name'), 'Description')],
      [{ ...deals, name: 'more' }],
    ),
    refused('transformations that map several collections'),
  );
  assert.deepEqual(problem({ dataType: 'Apex', isCollection: false }, [map(text('x'))]), [
    'T (Transform) - The local org does not run resources of the data type Apex.',
  ]);
  assert.deepEqual(problem(one, [aggregate('Sum', 'deals', 'Name')]), [
    "T (Transform) - The field Name isn't a number and can't be added up.",
  ]);
  const counted = aggregate('Count', 'deals') as Json & { readonly inputParameters: readonly Json[] };
  assert.deepEqual(
    problem(one, [
      { ...counted, inputParameters: [...counted.inputParameters, { name: 'conditions', value: text('x') }] },
    ]),
    refused('the input conditions of the transformation Count'),
  );
  assert.match(problem(many, [map(ref('deals[$EachItem].Nope'), 'Subject')])[0]!, /Field Nope does not exist|Nope/);
});
