import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowAssignmentOperator, FlowComparisonOperator } from '@salesforce/types/metadata';
import { field, opportunity, rowOf, saved, testOrg } from '../test-org.ts';
import { assign, beforeSave, decide, no, number, orgOf, ref, set, text, variable, when, yes } from './flow-fixtures.ts';

/** Every operator of the enumerations in the Metadata API Developer Guide: it runs as documented, or is refused by name. */
type Json = Readonly<Record<string, unknown>>;
interface Refused {
  readonly refused: RegExp;
}
const refused = (operator: string): Refused => ({ refused: new RegExp(operator) });

/** Left side, right side, and whether the comparison holds. Today is 2026-03-15. */
type Comparison = readonly [left: string, right: Json, holds: boolean];
const date = (dateValue: string): Json => ({ dateValue });

const COMPARISONS: Readonly<Record<FlowComparisonOperator, readonly Comparison[] | Refused>> = {
  /** "Save a flow with an incomplete condition, so you can finish building the flow later." */
  None: refused('None'),
  EqualTo: [
    ['$Record.Amount', number(100), true],
    ['$Record.StageName', text('Closed Won'), false],
    ['$Record.NextStep', { elementReference: 'Blank' }, true],
  ],
  NotEqualTo: [
    ['$Record.Amount', number(100), false],
    ['$Record.NextStep', text('Call'), true],
  ],
  GreaterThan: [
    ['$Record.Amount', number(99), true],
    ['$Record.Amount', number(100), false],
  ],
  LessThan: [
    ['$Record.Amount', number(101), true],
    ['$Record.CloseDate', date('2026-06-30'), false],
  ],
  GreaterThanOrEqualTo: [
    ['$Record.Amount', number(100), true],
    ['$Record.Amount', number(101), false],
  ],
  LessThanOrEqualTo: [
    ['$Record.CloseDate', date('2026-06-30'), true],
    ['$Record.NextStep', text('x'), false],
  ],
  StartsWith: [
    ['$Record.Name', text('Ren'), true],
    ['$Record.Name', text('ewal'), false],
  ],
  EndsWith: [
    ['$Record.Name', text('ewal'), true],
    ['$Record.Name', text('Ren'), false],
  ],
  Contains: [
    ['$Record.Name', text('new'), true],
    ['Names', text('Renewal'), true],
    ['Names', text('Ren'), false],
  ],
  IsNull: [
    ['$Record.NextStep', yes, true],
    ['$Record.NextStep', no, false],
    ['$Record.Amount', no, true],
  ],
  IsChanged: [['$Record.Amount', yes, false]],
  WasSet: [
    ['Copy.Amount', yes, true],
    ['Copy.NextStep', yes, false],
    ['Copy.NextStep', no, true],
    ['$Record.Amount', yes, true],
  ],
  /** "Requires a choice on the left side": choices are on screens. */
  WasSelected: refused('WasSelected'),
  WasVisited: [
    ['Fill', yes, true],
    ['Never', yes, false],
    ['Never', no, true],
  ],
  In: [
    ['$Record.Name', ref('Names'), true],
    ['$Record.StageName', ref('Names'), false],
  ],
  NotIn: [
    ['$Record.Name', ref('Names'), false],
    ['$Record.StageName', ref('Names'), true],
  ],
  IsBlank: [
    ['Space', yes, true],
    ['$Record.Name', yes, false],
    ['$Record.NextStep', yes, true],
  ],
  IsEmpty: [
    ['Names', yes, false],
    ['Nobody', yes, true],
  ],
  /** Listed since API version 64.0, without a word on what has an error. */
  HasError: refused('HasError'),
  HasNoValue: [
    ['$Record.NextStep', yes, true],
    ['$Record.Name', yes, false],
  ],
  HasValue: [
    ['$Record.NextStep', yes, false],
    ['$Record.Name', yes, true],
  ],
  IsAnniversaryOfToday: [
    ['Anniversary', yes, true],
    ['$Record.CloseDate', yes, false],
  ],
  IsNotAnniversaryOfToday: [
    ['Anniversary', yes, false],
    ['$Record.CloseDate', yes, true],
  ],
  IsToday: [['Today', yes, true]],
  IsTomorrow: [
    ['Tomorrow', yes, true],
    ['Today', yes, false],
  ],
  IsYesterday: [
    ['Yesterday', yes, true],
    ['Today', yes, false],
  ],
  IsThisMonth: [
    ['Yesterday', yes, true],
    ['NextMonth', yes, false],
  ],
  IsNextMonth: [
    ['NextMonth', yes, true],
    ['Today', yes, false],
  ],
  IsLastMonth: [
    ['LastMonth', yes, true],
    ['Today', yes, false],
  ],
  ThisYear: [
    ['$Record.CloseDate', yes, true],
    ['Anniversary', yes, false],
  ],
  NextYear: [
    ['NextYear', yes, true],
    ['Today', yes, false],
  ],
  LastYear: [
    ['Anniversary', yes, true],
    ['Today', yes, false],
  ],
  IsOn: [
    ['Today', date('2026-03-15'), true],
    ['Today', date('2026-03-16'), false],
  ],
  IsBefore: [
    ['Today', date('2026-03-16'), true],
    ['Today', date('2026-03-15'), false],
  ],
  IsAfter: [
    ['Today', date('2026-03-14'), true],
    ['Today', date('2026-03-15'), false],
  ],
  GreaterThanLastNumberOfDays: [
    ['LastMonth', number(10), true],
    ['Yesterday', number(10), false],
  ],
  LastNumberOfDays: [
    ['Yesterday', number(10), true],
    ['LastMonth', number(10), false],
  ],
  NextNumberOfDays: [
    ['Tomorrow', number(10), true],
    ['NextMonth', number(10), false],
  ],
  LastNumberOfMonths: [
    ['LastMonth', number(1), true],
    ['Today', number(1), false],
  ],
  NextNumberOfMonths: [
    ['NextMonth', number(1), true],
    ['Today', number(1), false],
  ],
  LastNumberOfYears: [
    ['Anniversary', number(1), true],
    ['Today', number(1), false],
  ],
};

const dateVariable = (name: string, value: string): Json => variable(name, 'Date', { value: date(value) });
const decisionFlow = (left: string, operator: string, right: Json) =>
  beforeSave('Compare', 'Fill', {
    variables: [
      variable('Names', 'String', { isCollection: true }),
      variable('Nobody', 'String', { isCollection: true }),
      variable('Copy', 'SObject', { objectType: 'Opportunity' }),
      variable('Blank', 'String'),
      variable('Space', 'String', { value: text(' ') }),
      dateVariable('Anniversary', '2025-03-15'),
      dateVariable('Today', '2026-03-15'),
      dateVariable('Tomorrow', '2026-03-16'),
      dateVariable('Yesterday', '2026-03-14'),
      dateVariable('NextMonth', '2026-04-20'),
      dateVariable('LastMonth', '2026-02-20'),
      dateVariable('NextYear', '2027-01-01'),
    ],
    assignments: [
      assign('Fill', [set('Names', text('Renewal'), 'Add'), set('Copy.Amount', number(1))], 'Ask'),
      assign('Yes', [set('$Record.Description', text('yes'))]),
      assign('No', [set('$Record.Description', text('no'))]),
      assign('Never', []),
    ],
    decisions: [decide('Ask', [when(left, operator, right)], 'Yes', 'No')],
  });

for (const [operator, cases] of Object.entries(COMPARISONS)) {
  test(`condition: ${operator}`, () => {
    if ('refused' in cases) {
      const { problems } = testOrg([decisionFlow('$Record.Name', operator, text('x'))]);
      assert.match(problems[0]!.problem, cases.refused);
      return;
    }
    for (const [left, right, holds] of cases) {
      const org = orgOf(decisionFlow(left, operator, right));
      org.run((tx) => {
        const [id] = saved(tx, 'insert', 'Opportunity', opportunity({ Name: 'Renewal', Amount: 100 }));
        assert.equal(rowOf(tx, 'Opportunity', id!).Description, holds ? 'yes' : 'no', `${left} ${operator}`);
      });
    }
  });
}

test('IsChanged holds when an update has changed the field', () => {
  const org = orgOf(decisionFlow('$Record.Amount', 'IsChanged', yes));
  org.run((tx) => {
    const [id] = saved(tx, 'insert', 'Opportunity', opportunity());
    saved(tx, 'update', 'Opportunity', { Id: id!, Amount: 5 });
    assert.equal(rowOf(tx, 'Opportunity', id!).Description, 'yes');
  });
});

/** What an assignment makes of `target`, which starts as in the variables below. */
type Assignment = readonly [target: string, value: Json, result: string];
const ASSIGNMENTS: Readonly<Record<FlowAssignmentOperator, readonly Assignment[] | Refused>> = {
  None: refused('None'),
  Assign: [
    ['Words', text('x'), 'x'],
    ['List', ref('Other'), '[b, d]'],
  ],
  Add: [
    ['Count', number(2), '7'],
    ['Words', text('!'), 'old!'],
    ['Day', number(2), '2026-03-17'],
    ['List', text('d'), '[a, b, c, b, d]'],
    ['List', ref('Other'), '[a, b, c, b, b, d]'],
    ['$Record.Multi__c', text('b'), 'ab'],
  ],
  Subtract: [
    ['Count', number(2), '3'],
    ['Day', number(15), '2026-02-28'],
  ],
  AddItem: [['$Record.Multi__c', text('b'), 'a;b']],
  RemoveFirst: [
    ['List', text('b'), '[a, c, b]'],
    ['List', text('z'), '[a, b, c, b]'],
  ],
  RemoveBeforeFirst: [['List', text('b'), '[b, c, b]']],
  RemoveAfterFirst: [['List', text('b'), '[a, b]']],
  RemoveAll: [
    ['List', text('b'), '[a, c]'],
    ['List', ref('Other'), '[a, c]'],
  ],
  AddAtStart: [
    ['List', text('d'), '[d, a, b, c, b]'],
    ['List', ref('Other'), '[b, d, a, b, c, b]'],
  ],
  RemoveUncommon: [['List', ref('Other'), '[b, b]']],
  AssignCount: [['Count', ref('List'), '4']],
  RemovePosition: [['List', number(2), '[a, c, b]']],
};

const MULTI = field('Opportunity', 'Multi__c', 'MultiselectPicklist', {
  visibleLines: 4,
  valueSet: {
    restricted: false,
    valueSetDefinition: { sorted: false, value: ['a', 'b', 'ab'].map((name) => ({ fullName: name, label: name })) },
  },
});
const assignmentFlow = (target: string, operator: string, value: Json) => [
  MULTI,
  beforeSave('Assign', 'Fill', {
    variables: [
      variable('Count', 'Number', { value: number(5) }),
      variable('Words', 'String', { value: text('old') }),
      variable('Day', 'Date', { value: date('2026-03-15') }),
      variable('Moment', 'DateTime'),
      variable('List', 'String', { isCollection: true }),
      variable('Other', 'String', { isCollection: true }),
    ],
    assignments: [
      assign(
        'Fill',
        [
          ...['a', 'b', 'c', 'b'].map((item) => set('List', text(item), 'Add')),
          ...['b', 'd'].map((item) => set('Other', text(item), 'Add')),
        ],
        'Assign',
      ),
      assign('Assign', [set(target, value, operator)], 'Show'),
      assign('Show', [set('$Record.Description', text(`{!${target}}`))]),
    ],
  }),
];

for (const [operator, cases] of Object.entries(ASSIGNMENTS)) {
  test(`assignment: ${operator}`, () => {
    if ('refused' in cases) {
      assert.match(testOrg(assignmentFlow('Words', operator, text('x'))).problems[0]!.problem, cases.refused);
      return;
    }
    for (const [target, value, result] of cases) {
      const org = orgOf(...assignmentFlow(target, operator, value));
      org.run((tx) => {
        const [id] = saved(tx, 'insert', 'Opportunity', opportunity({ Multi__c: 'a' }));
        assert.equal(rowOf(tx, 'Opportunity', id!).Description, result, `${target} ${operator}`);
      });
    }
  });
}

test('Add is refused for a date and time', () => {
  const { problems } = testOrg(assignmentFlow('Moment', 'Add', number(1)));
  assert.match(problems[0]!.problem, /The operator Add can't be used with Moment, which is DateTime\./);
});
