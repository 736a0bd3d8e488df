import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldValue, Row } from '../../../../local-org/data/types.ts';
import { field, opportunity, rowOf, save, saved, testOrg, type TestComponent } from '../test-org.ts';
import {
  assign,
  beforeSave,
  decide,
  filter,
  no,
  number,
  ref,
  set,
  text,
  to,
  variable,
  when,
  yes,
} from './flow-fixtures.ts';

/** The opportunity after it was created with `values` in an org with these flows and fields. */
function created(
  components: readonly TestComponent[],
  values: Readonly<Record<string, FieldValue>> = {},
  changes?: Readonly<Record<string, FieldValue>>,
): Row {
  const org = testOrg(components);
  assert.deepEqual(org.problems, []);
  return org.run((tx) => {
    const [id] = saved(tx, 'insert', 'Opportunity', opportunity(values));
    if (changes) saved(tx, 'update', 'Opportunity', { Id: id!, ...changes });
    return rowOf(tx, 'Opportunity', id!);
  });
}

const note = field('Opportunity', 'Note__c', 'Text');
const stampsNote = (start: Readonly<Record<string, unknown>>): readonly TestComponent[] => [
  note,
  beforeSave('Stamp', 'Set', { assignments: [assign('Set', [set('$Record.Note__c', text('seen'), 'Assign')])] }, start),
];

test('values are converted to the field they go into', () => {
  const row = created(
    [
      note,
      field('Opportunity', 'Day__c', 'Date'),
      field('Opportunity', 'Whole__c', 'Number', { precision: 10, scale: 1 }),
      beforeSave('Convert', 'Set', {
        assignments: [
          assign('Set', [
            set('$Record.Day__c', ref('$Flow.CurrentDateTime')),
            set('$Record.Whole__c', number(2.25)),
            set('$Record.Note__c', ref('$Record.Whole__c')),
            set('$Record.NextStep', text('{!$Record.Name}: {!$Record.Whole__c}')),
          ]),
        ],
      }),
    ],
    { Name: 'Deal' },
  );
  assert.equal(row.Whole__c, 2.3);
  assert.equal(row.Note__c, '2.3');
  assert.equal(row.NextStep, 'Deal: 2.3');
  assert.match(String(row.Day__c), /^2026-03-1[56]$/);
});

test('a new record has no Id yet', () => {
  const row = created([
    note,
    beforeSave('Id', 'Set', { assignments: [assign('Set', [set('$Record.Note__c', ref('$Record.Id'))])] }),
  ]);
  assert.equal(row.Note__c, null);
  assert.match(String(row.Id), /^006/);
});

test('entry conditions: filters with their logic, formula, and only when changed to meet', () => {
  const filters = [
    filter('StageName', text('Closed Won')),
    filter('Amount', number(10), 'GreaterThan'),
    filter('Name', text('Big'), 'StartsWith'),
  ];
  const seen = (start: Readonly<Record<string, unknown>>, values: Readonly<Record<string, FieldValue>>) =>
    created(stampsNote(start), values).Note__c;
  assert.equal(
    seen({ filters, filterLogic: '1 AND (2 OR 3)' }, { StageName: 'Closed Won', Amount: 5, Name: 'Big one' }),
    'seen',
  );
  assert.equal(
    seen({ filters, filterLogic: '1 AND (2 OR 3)' }, { StageName: 'Closed Won', Amount: 5, Name: 'Small' }),
    null,
  );
  assert.equal(seen({ filters, filterLogic: 'or' }, { Amount: 11 }), 'seen');
  assert.equal(seen({ filters, filterLogic: 'and' }, { Amount: 11 }), null);
  assert.equal(seen({ filterFormula: 'AND(ISNEW(), {!$Record.Amount} > 3)' }, { Amount: 4 }), 'seen');
  assert.equal(seen({ filterFormula: '{!$Record.Amount} > 3' }, {}), null, 'a blank amount is not above 3');
  assert.equal(seen({ recordTriggerType: 'Update' }, {}), null);

  const onceMet = {
    filters: [filter('Amount', number(10), 'GreaterThan')],
    doesRequireRecordChangedToMeetCriteria: true,
    recordTriggerType: 'Update',
  };
  assert.equal(created(stampsNote(onceMet), { Amount: 5 }, { Amount: 20 }).Note__c, 'seen');
  assert.equal(created(stampsNote(onceMet), { Amount: 15 }, { Amount: 20 }).Note__c, null);
});

test('IsChanged looks at the record before the save', () => {
  const components = [
    note,
    beforeSave('Changed', 'Changed', {
      decisions: [decide('Changed', [when('$Record.StageName', 'IsChanged', yes)], 'Set')],
      assignments: [assign('Set', [set('$Record.Note__c', ref('$Record__Prior.StageName'))])],
    }),
  ];
  assert.equal(created(components).Note__c, null);
  assert.equal(created(components, {}, { StageName: 'Qualification' }).Note__c, 'Prospecting');
  assert.equal(created(components, {}, { Amount: 1 }).Note__c, null);
});

test('every decision operator', () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, unknown>>, boolean])[] = [
    ['$Record.Name', 'EqualTo', text('Deal 7'), true],
    ['$Record.Name', 'NotEqualTo', text('Deal 7'), false],
    ['$Record.Name', 'StartsWith', text('Deal'), true],
    ['$Record.Name', 'EndsWith', text('7'), true],
    ['$Record.Name', 'Contains', text('al'), true],
    ['$Record.Amount', 'GreaterThan', number(5), true],
    ['$Record.Amount', 'GreaterThanOrEqualTo', number(10), true],
    ['$Record.Amount', 'LessThan', number(10), false],
    ['$Record.Amount', 'LessThanOrEqualTo', number(10), true],
    ['$Record.NextStep', 'IsNull', yes, true],
    ['$Record.Name', 'IsNull', no, true],
    ['$Record.NextStep', 'IsBlank', yes, true],
    ['$Record.NextStep', 'HasNoValue', yes, true],
    ['$Record.Name', 'HasValue', yes, true],
    ['$Record.CloseDate', 'IsBefore', { dateValue: '2026-07-01' }, true],
    ['$Record.CloseDate', 'IsAfter', { dateValue: '2026-07-01' }, false],
    ['$Record.CloseDate', 'IsOn', { dateValue: '2026-06-30' }, true],
    ['$Record.IsPrivate', 'EqualTo', ref('$GlobalConstant.False'), true],
    ['$Record.StageName', 'In', ref('Stages'), true],
    ['$Record.StageName', 'NotIn', ref('Stages'), false],
    ['Stages', 'IsEmpty', no, true],
    ['Stages', 'Contains', text('Prospecting'), true],
  ];
  for (const [left, operator, right, expected] of cases) {
    const row = created(
      [
        note,
        beforeSave('Operators', 'Fill', {
          variables: [variable('Stages', 'String', { isCollection: true })],
          assignments: [
            assign('Fill', [set('Stages', text('Prospecting'), 'Add')], 'Ask'),
            assign('Set', [set('$Record.Note__c', text('yes'))]),
          ],
          decisions: [decide('Ask', [when(left, operator, right)], 'Set')],
        }),
      ],
      { Name: 'Deal 7', Amount: 10 },
    );
    assert.equal(row.Note__c === 'yes', expected, `${left} ${operator}`);
  }
});

test('every assignment operator', () => {
  const list = variable('List', 'String', { isCollection: true });
  const count = variable('Count', 'Number', { scale: 0 });
  const other = variable('Other', 'String', { isCollection: true });
  const run = (...items: readonly Readonly<Record<string, unknown>>[]): FieldValue | undefined =>
    created([
      note,
      beforeSave('Lists', 'Fill', {
        variables: [list, count, other],
        assignments: [
          assign(
            'Fill',
            ['a', 'b', 'c', 'b'].map((value) => set('List', text(value), 'Add')),
            'Fill_Other',
          ),
          assign(
            'Fill_Other',
            ['b', 'x'].map((value) => set('Other', text(value), 'AddItem')),
            'Do',
          ),
          assign('Do', [...items, set('$Record.Note__c', text('{!List}{!Count}'))]),
        ],
      }),
    ]).Note__c;
  assert.equal(run(set('Count', ref('List'), 'AssignCount')), '[a, b, c, b]4');
  assert.equal(run(set('List', text('z'), 'AddAtStart')), '[z, a, b, c, b]');
  assert.equal(run(set('List', text('b'), 'RemoveFirst')), '[a, c, b]');
  assert.equal(run(set('List', text('b'), 'RemoveAll')), '[a, c]');
  assert.equal(run(set('List', ref('Other'), 'RemoveAll')), '[a, c]');
  assert.equal(run(set('List', text('c'), 'RemoveBeforeFirst')), '[c, b]');
  assert.equal(run(set('List', text('b'), 'RemoveAfterFirst')), '[a, b]');
  assert.equal(run(set('List', number(2), 'RemovePosition')), '[a, c, b]');
  assert.equal(run(set('List', ref('Other'), 'RemoveUncommon')), '[b, b]');
  assert.equal(run(set('List', ref('Other'), 'Add')), '[a, b, c, b, b, x]');
  assert.equal(run(set('List', ref('Other'))), '[b, x]');
  assert.equal(
    run(set('Count', number(5)), set('Count', number(2), 'Add'), set('Count', number(3), 'Subtract')),
    '[a, b, c, b]4',
  );

  const dates = created([
    beforeSave('Dates', 'Set', { assignments: [assign('Set', [set('$Record.CloseDate', number(2), 'Add')])] }),
  ]);
  assert.equal(dates.CloseDate, '2026-07-02');
  const texts = created([
    beforeSave('Texts', 'Set', { assignments: [assign('Set', [set('$Record.Name', text('!'), 'Add')])] }),
  ]);
  assert.equal(texts.Name, 'Test!');
});

test('loops, formulas, constants, templates and variables with defaults work together', () => {
  const row = created([
    note,
    beforeSave('Sum', 'Fill', {
      variables: [
        variable('Numbers', 'Number', { isCollection: true, scale: 0 }),
        variable('Sum', 'Number', { value: number(100), scale: 0 }),
      ],
      constants: [{ name: 'Ten', dataType: 'Number', value: number(10) }],
      formulas: [{ name: 'Doubled', dataType: 'Number', expression: '{!Each} * 2', scale: 0 }],
      textTemplates: [{ name: 'Result', isViewedAsPlainText: true, text: 'Sum {!Sum} of {!$Record.Name}' }],
      loops: [
        {
          name: 'Each',
          collectionReference: 'Numbers',
          iterationOrder: 'Asc',
          nextValueConnector: to('Add'),
          noMoreValuesConnector: to('Write'),
        },
      ],
      assignments: [
        assign('Fill', [set('Numbers', number(1), 'Add'), set('Numbers', ref('Ten'), 'Add')], 'Each'),
        assign('Add', [set('Sum', ref('Doubled'), 'Add')], 'Each'),
        assign('Write', [set('$Record.Note__c', ref('Result'))]),
      ],
    }),
  ]);
  assert.equal(row.Note__c, 'Sum 122 of Test');
});

test('flows run in trigger order: 1 to 1,000, then those without a value, then 1,001 to 2,000', () => {
  const append = (name: string, triggerOrder?: number): TestComponent => {
    const component = beforeSave(name, 'Set', {
      assignments: [assign('Set', [set('$Record.Note__c', text(`${name} `), 'Add')])],
    });
    return { ...component, metadata: { ...component.metadata, ...(triggerOrder !== undefined && { triggerOrder }) } };
  };
  const row = created([note, append('D', 1500), append('B'), append('A', 500), append('C'), append('E', 1500)]);
  assert.equal(row.Note__c, 'A B C D E');
});

test('a custom error refuses the save; other records of the batch are saved', () => {
  const org = testOrg([
    {
      ...beforeSave(
        'Guard',
        'Refuse',
        {
          customErrors: [
            {
              name: 'Refuse',
              label: 'Refuse',
              customErrorMessages: [
                { errorMessage: 'No {!$Record.Name}.', isFieldError: true, fieldSelection: 'Amount' },
              ],
            },
          ],
        },
        { filters: [filter('Amount', number(0), 'LessThan')], filterLogic: 'and' },
      ),
    },
  ]);
  assert.deepEqual(org.problems, []);
  const results = org.run((tx) =>
    save(tx, 'insert', 'Opportunity', opportunity({ Name: 'Bad', Amount: -1 }), opportunity({ Amount: 1 })),
  );
  assert.deepEqual(results[0]!.errors, [
    { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No Bad.', fields: ['Amount'] },
  ]);
  assert.equal(results[1]!.success, true);
});

test('only the latest active version runs', () => {
  const version = (fullName: string, value: string, status: string): TestComponent => {
    const component = beforeSave(fullName, 'Set', {
      assignments: [assign('Set', [set('$Record.Note__c', text(value), 'Add')])],
    });
    return { ...component, metadata: { ...component.metadata, status } };
  };
  const row = created([
    note,
    version('Versions-1', 'one', 'Active'),
    version('Versions-2', 'two', 'Active'),
    version('Versions-3', 'three', 'Draft'),
  ]);
  assert.equal(row.Note__c, 'two');
});

test("a fault in a before-save flow refuses the record in the platform's words", () => {
  const org = testOrg([
    note,
    beforeSave('Late_Fault', 'Set', {
      formulas: [{ name: 'Ratio', dataType: 'Number', expression: '1 / {!$Record.Amount}', scale: 2 }],
      assignments: [assign('Set', [set('$Record.Note__c', ref('Ratio'))])],
    }),
  ]);
  const [result] = org.run((tx) => save(tx, 'insert', 'Opportunity', opportunity({ Amount: 0 })));
  assert.equal(result!.errors[0]!.statusCode, 'CANNOT_EXECUTE_FLOW_TRIGGER');
  assert.match(
    result!.errors[0]!.message,
    /^We can't save this record because the “Late Fault” process failed\. Give your Salesforce admin these details\. /,
  );
});
