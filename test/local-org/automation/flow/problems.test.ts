import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOrg, type TestComponent } from '../test-org.ts';
import {
  afterSave,
  assign,
  beforeSave,
  decide,
  filter,
  flow,
  input,
  number,
  ref,
  set,
  text,
  to,
  variable,
  when,
  yes,
} from './flow-fixtures.ts';

type Json = Readonly<Record<string, unknown>>;
const problemsOf = (...components: readonly TestComponent[]): readonly string[] =>
  testOrg(components).problems.map(({ fullName, problem }) => `${fullName}: ${problem}`);

const sets = (...items: readonly Json[]): Json => ({ assignments: [assign('Set', items)] });

const REFUSED: readonly (readonly [what: string, component: TestComponent, problem: string])[] = [
  [
    'unknown field',
    beforeSave('F', 'Set', sets(set('$Record.Nope__c', text('x')))),
    'F: Set (Assignment) - Field Nope__c does not exist. Check spelling.',
  ],
  [
    'unknown resource',
    beforeSave('F', 'Set', sets(set('$Record.Name', ref('Nope')))),
    'F: Set (Assignment) - Field Nope does not exist. Check spelling.',
  ],
  [
    'formula',
    beforeSave('F', 'Set', {
      ...sets(set('$Record.Name', text('x'))),
      formulas: [{ name: 'Bad', dataType: 'String', expression: 'AND(1)' }],
    }),
    "F: Bad (Formula) - The formula expression is invalid: Incorrect parameter type for function 'AND()'. Expected Boolean, received Number",
  ],
  [
    'entry formula',
    beforeSave('F', 'Set', sets(set('$Record.Name', text('x'))), { filterFormula: 'Nope = 1' }),
    'F: Start (Start) - The formula expression is invalid: Field Nope does not exist. Check spelling.',
  ],
  [
    'types',
    beforeSave('F', 'Set', sets(set('$Record.Amount', text('x')))),
    "F: Set (Assignment) - A value of type Text can't be used where Number is expected.",
  ],
  [
    'not assignable',
    beforeSave('F', 'Set', sets(set('$Record.Account.Name', text('x')))),
    "F: Set (Assignment) - $Record.Account.Name can't be assigned a value.",
  ],
  [
    'operator',
    beforeSave('F', 'Ask', { decisions: [decide('Ask', [when('$Record.Name', 'WasSelected', yes)], 'Ask')] }),
    'F: Ask (Decision) - The local org does not run the operator WasSelected.',
  ],
  [
    'logic',
    beforeSave('F', 'Set', sets(set('$Record.Name', text('x'))), {
      filters: [filter('Amount', number(1))],
      filterLogic: '1 AND 2',
    }),
    'F: Start (Start) - The condition logic "1 AND 2" isn\'t valid.',
  ],
  [
    'before save',
    beforeSave('F', 'Make', { recordCreates: [{ name: 'Make', label: 'Make', object: 'Task', inputAssignments: [] }] }),
    "F: Make (Create Records) - Create Records elements can't be used in a flow that runs before the record is saved.",
  ],
  [
    'action',
    afterSave('F', 'Send', {
      actionCalls: [{ name: 'Send', label: 'Send', actionName: 'submit', actionType: 'submit' }],
    }),
    'F: Send (Action) - The local org does not run actions of the type submit.',
  ],
  [
    'scheduled path',
    afterSave('F', 'Set', sets(set('V', text('x'))), {
      scheduledPaths: [{ name: 'Later', label: 'Later', connector: to('Set') }],
    }),
    'F: Start (Start) - Scheduled paths can be used only in a flow that runs when a record is created, or when it is updated to meet the condition requirements.',
  ],
  [
    'nothing connected',
    flow('F', { triggerType: 'RecordAfterSave' }, {}),
    "F: field integrity exception: unknown (The flow can't run because nothing is connected to the Start element.)",
  ],
  [
    'dangling connector',
    beforeSave('F', 'Gone', {}),
    'F: field integrity exception: unknown (The element "Gone" that a connector leads to doesn\'t exist.)',
  ],
  [
    'object',
    afterSave('F', 'Get', {
      recordLookups: [
        { name: 'Get', label: 'Get', object: 'Nope__c', storeOutputAutomatically: true, getFirstRecordOnly: true },
      ],
    }),
    "F: Get (Get Records) - The object Nope__c doesn't exist.",
  ],
  [
    'input field',
    afterSave('F', 'Make', {
      recordCreates: [{ name: 'Make', label: 'Make', object: 'Task', inputAssignments: [input('Nope__c', text('x'))] }],
    }),
    'F: Make (Create Records) - Field Nope__c does not exist. Check spelling.',
  ],
  [
    'trigger',
    flow('F', { triggerType: 'PlatformEvent', connector: to('Set') }, {}),
    'F: The local org does not run flows with the trigger PlatformEvent.',
  ],
  [
    'subflow',
    afterSave('F', 'Sub', { subflows: [{ name: 'Sub', label: 'Sub', flowName: 'Nobody' }] }),
    "F: Sub (Subflow) - The flow Nobody doesn't exist, isn't active, or isn't an autolaunched flow.",
  ],
  [
    'data type',
    beforeSave('F', 'Set', { ...sets(set('$Record.Name', text('x'))), variables: [variable('V', 'Apex')] }),
    'F: V (Variable) - The local org does not run resources of the data type Apex.',
  ],
];

for (const [what, component, problem] of REFUSED) {
  test(`refused by name: ${what}`, () => {
    const problems = problemsOf(component);
    assert.ok(problems.includes(problem), problems.join('\n'));
  });
}

test('a screen flow is stored with a warning, a draft is not looked at', () => {
  const screens: TestComponent = {
    type: 'Flow',
    fullName: 'S',
    metadata: { processType: 'Flow', status: 'Active', label: 'S', screens: [] },
  };
  const { problems } = testOrg([screens]);
  assert.deepEqual(
    problems.map(({ problemType, problem }) => [problemType, problem]),
    [['Warning', 'The local org does not run flows of the type Flow.']],
  );
  const draft = beforeSave('D', 'Set', sets(set('$Record.Nope__c', text('x'))));
  assert.deepEqual(problemsOf({ ...draft, metadata: { ...draft.metadata, status: 'Draft' } }), []);
});

test('flows that call each other in a circle are refused', () => {
  const calls = (name: string, other: string): TestComponent => ({
    type: 'Flow',
    fullName: name,
    metadata: {
      label: name,
      processType: 'AutoLaunchedFlow',
      status: 'Active',
      startElementReference: 'Sub',
      subflows: [{ name: 'Sub', label: 'Sub', flowName: other }],
    },
  });
  assert.match(problemsOf(calls('A', 'B'), calls('B', 'A')).join('\n'), /The flows A -> B -> A call each other/);
});

test('a subflow that saves records cannot be called before the record is saved', () => {
  const maker: TestComponent = {
    type: 'Flow',
    fullName: 'Maker',
    metadata: {
      label: 'Maker',
      processType: 'AutoLaunchedFlow',
      status: 'Active',
      startElementReference: 'Make',
      recordCreates: [{ name: 'Make', label: 'Make', object: 'Task', inputAssignments: [input('Subject', text('x'))] }],
    },
  };
  const caller = beforeSave('F', 'Sub', { subflows: [{ name: 'Sub', label: 'Sub', flowName: 'Maker' }] });
  const expected =
    "F: Sub (Subflow) - The flow Maker saves records or calls actions, which can't be done before the record is saved.";
  assert.ok(problemsOf(maker, caller).includes(expected));
});
