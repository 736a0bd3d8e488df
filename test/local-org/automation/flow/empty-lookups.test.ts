/** What a flow reads through a lookup that is empty: nothing outside formulas, and null in formulas where the org says so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldValue } from '../../../../local-org/data/types.ts';
import { opportunity, rowOf, save, saved, type TestComponent } from '../test-org.ts';
import {
  afterSave,
  assign,
  beforeSave,
  createTask,
  decide,
  filter,
  input,
  no,
  orgOf,
  ref,
  set,
  text,
  to,
  variable,
  when,
  won,
} from './flow-fixtures.ts';

const NOT_SET = (reference: string): string =>
  `The flow failed to access the value for ${reference} because it hasn't been set or assigned.`;

/** The release update that lets formulas be null, not taken. */
const FORMULAS_FAIL: TestComponent = {
  type: 'Settings',
  fullName: 'Flow',
  metadata: { enableFlowFormulasFixEnabled: false },
};

/** Saves an opportunity of the account Acme and one of none; gives NextStep of the first, and what the second got or said. */
const tried = (
  components: readonly TestComponent[],
  values: Readonly<Record<string, FieldValue>> = {},
): readonly [FieldValue, FieldValue] =>
  orgOf(...components).run((tx) => {
    const [AccountId] = saved(tx, 'insert', 'Account', { Name: 'Acme' });
    const results = save(
      tx,
      'insert',
      'Opportunity',
      opportunity({ ...values, AccountId: AccountId! }),
      opportunity(values),
    );
    assert.deepEqual(results[0]!.errors, []);
    const step = ({ id }: { readonly id: string | null }): FieldValue => rowOf(tx, 'Opportunity', id!).NextStep ?? null;
    const [filled, empty] = [results[0]!, results[1]!];
    return [step(filled), empty.errors.length === 0 ? step(empty) : empty.errors[0]!.message];
  });

const nextStep = (value: Readonly<Record<string, unknown>>) => assign('Set', [set('$Record.NextStep', value)]);
const formula = (expression: string) => ({ name: 'Step', dataType: 'String', expression });

const refuses = ([filled, empty]: readonly [FieldValue, FieldValue], reference: string, inFilled: FieldValue): void => {
  assert.equal(filled, inFilled);
  assert.ok(String(empty).includes(NOT_SET(reference)), String(empty));
};

test('an assignment, a condition and a text each fail by the name of the reference', () => {
  refuses(
    tried([beforeSave('Assign', 'Set', { assignments: [nextStep(ref('$Record.Account.Name'))] })]),
    '$Record.Account.Name',
    'Acme',
  );
  refuses(
    tried([beforeSave('Merge', 'Set', { assignments: [nextStep(text('At {!$Record.Account.Owner.LastName}'))] })]),
    '$Record.Account.Owner.LastName',
    'At Admin',
  );
  for (const [operator, value, step] of [
    ['EqualTo', text('Acme'), 'yes'],
    ['IsNull', no, 'yes'],
    ['NotEqualTo', text('Acme'), null],
  ] as const)
    refuses(
      tried([
        beforeSave('Decide', 'Ask', {
          decisions: [decide('Ask', [when('$Record.Account.Name', operator, value)], 'Set')],
          assignments: [nextStep(text('yes'))],
        }),
      ]),
      '$Record.Account.Name',
      step,
    );
});

test('a condition that is looked at before keeps the reference from being read', () => {
  const conditions = (logic: string, operator: string, first: 'IsNull', isNull: boolean) =>
    tried([
      beforeSave('Guarded', 'Ask', {
        decisions: [
          decide(
            'Ask',
            [
              when('$Record.AccountId', first, { booleanValue: isNull }),
              when('$Record.Account.Name', operator, text('Acme')),
            ],
            'Set',
            undefined,
            logic,
          ),
        ],
        assignments: [nextStep(text('yes'))],
      }),
    ]);
  assert.deepEqual(conditions('and', 'EqualTo', 'IsNull', false), ['yes', null]);
  assert.deepEqual(conditions('or', 'EqualTo', 'IsNull', true), ['yes', 'yes']);
  assert.deepEqual(conditions('1 AND 2', 'EqualTo', 'IsNull', false), ['yes', null]);
});

test('a data element takes its fault path, in a batch for the records with the empty lookup alone', () => {
  const task = createTask('Task', {
    inputAssignments: [
      input('Subject', ref('$Record.Account.Name')),
      input('Status', text('Open')),
      input('Priority', text('Normal')),
    ],
    faultConnector: to('Note'),
  });
  const note = createTask('Note', {
    inputAssignments: [
      input('Subject', ref('$Flow.FaultMessage')),
      input('Status', text('Open')),
      input('Priority', text('Normal')),
    ],
  });
  orgOf(afterSave('Faulty', 'Task', { recordCreates: [task, note] }, won)).run((tx) => {
    const [AccountId] = saved(tx, 'insert', 'Account', { Name: 'Acme' });
    const deals = Array.from({ length: 200 }, (_, index) =>
      opportunity({ StageName: 'Closed Won', ...(index % 2 === 0 && { AccountId: AccountId! }) }),
    );
    saved(tx, 'insert', 'Opportunity', ...deals);
    const subjects = tx.select({ object: 'Task', filter: null }).map(({ Subject }) => Subject);
    const of = (subject: string): number => subjects.filter((each) => each === subject).length;
    assert.deepEqual([of('Acme'), of(NOT_SET('$Record.Account.Name')), subjects.length], [100, 100, 200]);
    assert.equal(tx.limits.used('dmlStatements'), 2);
  });
});

test('the record of a variable is read through in the same way', () => {
  const find = {
    name: 'Find',
    label: 'Find',
    object: 'Opportunity',
    filterLogic: 'and',
    filters: [filter('Id', ref('$Record.Id'))],
    getFirstRecordOnly: true,
    storeOutputAutomatically: true,
    connector: to('Update'),
  };
  const update = {
    name: 'Update',
    label: 'Update',
    inputReference: '$Record',
    inputAssignments: [input('NextStep', ref('Find.Account.Name'))],
  };
  refuses(
    tried([afterSave('Found', 'Find', { recordLookups: [find], recordUpdates: [update] }, won)], {
      StageName: 'Closed Won',
    }),
    'Find.Account.Name',
    'Acme',
  );
});

test('before there is a prior record its fields are null, behind lookups too', () => {
  const org = orgOf(
    beforeSave('Prior', 'Set', {
      variables: [variable('Name', 'String')],
      assignments: [
        assign('Set', [set('Name', ref('$Record__Prior.Account.Name')), set('$Record.NextStep', ref('Name'))]),
      ],
    }),
  );
  org.run((tx) => {
    const [id] = saved(tx, 'insert', 'Opportunity', opportunity());
    const [result] = save(tx, 'update', 'Opportunity', { Id: id!, Name: 'Again' });
    assert.ok(result!.errors[0]!.message.includes(NOT_SET('$Record__Prior.Account.Name')));
  });
});

test('formulas are null there, or fail where the org has not taken the release update', () => {
  const withFormula = (expression: string) =>
    beforeSave('Calculate', 'Set', { formulas: [formula(expression)], assignments: [nextStep(ref('Step'))] });
  const plain = withFormula('"At " & {!$Record.Account.Name}');
  assert.deepEqual(tried([plain]), ['At Acme', 'At']);
  refuses(tried([FORMULAS_FAIL, plain]), '$Record.Account.Name', 'At Acme');
  const blank = withFormula('IF(ISBLANK({!$Record.Account.Name}), "nobody", {!$Record.Account.Name})');
  assert.deepEqual(tried([blank]), ['Acme', 'nobody']);
  refuses(tried([FORMULAS_FAIL, blank]), '$Record.Account.Name', 'Acme');
  const guarded = withFormula('IF(ISBLANK({!$Record.AccountId}), "nobody", {!$Record.Account.Name})');
  assert.deepEqual(tried([FORMULAS_FAIL, guarded]), ['Acme', 'nobody']);
});

test('so do formulas over a variable that holds no record', () => {
  const find = {
    name: 'Find',
    label: 'Find',
    object: 'Account',
    filterLogic: 'and',
    filters: [filter('Id', ref('$Record.AccountId'))],
    getFirstRecordOnly: true,
    storeOutputAutomatically: true,
    connector: to('Set'),
  };
  const found = beforeSave('Calculate', 'Find', {
    recordLookups: [find],
    formulas: [formula('BLANKVALUE({!Find.Name}, "nobody")')],
    assignments: [nextStep(ref('Step'))],
  });
  assert.deepEqual(tried([found]), ['Acme', 'nobody']);
  refuses(tried([FORMULAS_FAIL, found]), 'Find.Name', 'Acme');
});

test('a formula that decides whether the flow starts is not met', () => {
  const entry = beforeSave(
    'Enter',
    'Set',
    { assignments: [nextStep(text('yes'))] },
    {
      filterFormula: '{!$Record.Account.Name} = "Acme"',
    },
  );
  assert.deepEqual(tried([entry]), ['yes', null]);
  assert.deepEqual(tried([FORMULAS_FAIL, entry]), ['yes', null]);
});
