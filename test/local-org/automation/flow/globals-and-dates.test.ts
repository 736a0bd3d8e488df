import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldValue } from '../../../../local-org/data/types.ts';
import { ADMIN_USERNAME } from '../../../../local-org/open-org.ts';
import { field, opportunity, rowOf, saved, testOrg, type TestComponent } from '../test-org.ts';
import { assign, beforeSave, decide, no, number, orgOf, ref, set, text, when, yes } from './flow-fixtures.ts';

type Json = Readonly<Record<string, unknown>>;

/** What `$Record.NextStep` holds after a save by a flow that sets it to the value. */
function seen(value: Json, ...components: readonly TestComponent[]): FieldValue {
  const org = orgOf(
    ...components,
    beforeSave('F', 'Set', { assignments: [assign('Set', [set('$Record.NextStep', value)])] }),
  );
  return org.run((tx) => rowOf(tx, 'Opportunity', saved(tx, 'insert', 'Opportunity', opportunity())[0]!).NextStep!);
}

const RULE: readonly TestComponent[] = [
  { type: 'CustomObject', fullName: 'Rule__mdt', metadata: { label: 'Rule', pluralLabel: 'Rules' } },
  field('Rule__mdt', 'Days__c', 'Number', { precision: 18, scale: 0 }),
  field('Rule__mdt', 'Text__c', 'Text'),
  {
    type: 'CustomMetadata',
    fullName: 'Rule.First',
    /** As a deploy reads it: values are text. */
    metadata: {
      label: 'First',
      values: [
        { field: 'Days__c', value: '14.0' },
        { field: 'Text__c', value: 'Hello' },
      ],
    },
  },
];

test('$CustomMetadata gives what a record was deployed with, typed by its field', () => {
  assert.equal(seen(ref('$CustomMetadata.Rule__mdt.First.Text__c'), ...RULE), 'Hello');
  assert.equal(
    seen(
      { formulaExpression: 'TEXT({!$CustomMetadata.Rule__mdt.First.Days__c} + 1)', formulaDataType: 'String' },
      ...RULE,
    ),
    '15',
  );
  const unknown = beforeSave('F', 'Set', {
    assignments: [assign('Set', [set('$Record.NextStep', ref('$CustomMetadata.Rule__mdt.Second.Text__c'))])],
  });
  assert.match(testOrg([...RULE, unknown]).problems[0]!.problem, /Field Rule__mdt\.Second does not exist/);
});

test('$Organization gives fields of the org; globals of pages and $Setup without a hierarchy are refused', () => {
  assert.equal(seen(ref('$Organization.OrganizationType')), 'Enterprise Edition');
  const uses = (reference: string) =>
    testOrg([
      beforeSave('F', 'Set', { assignments: [assign('Set', [set('$Record.NextStep', ref(reference))])] }),
    ]).problems.map(({ problem }) => problem);
  assert.deepEqual(uses('$Api.Session_ID'), []);
  assert.deepEqual(uses('$Site.Name'), [
    'Set (Assignment) - The local org does not evaluate the global variable $Site.Name.',
  ]);
  assert.match(uses('$Setup.Nope__c.Value__c')[0]!, /Field Nope__c does not exist/);
});

test('$Setup gives the value for the user, else the profile, else the org', () => {
  const setting = {
    type: 'CustomObject',
    fullName: 'Switch__c',
    metadata: { label: 'Switch', customSettingsType: 'Hierarchy', enableFeeds: false, visibility: 'Public' },
  };
  const made = orgOf(
    setting,
    field('Switch__c', 'Text__c', 'Text'),
    field('Switch__c', 'Days__c', 'Number', { precision: 5, scale: 0 }),
    beforeSave('F', 'Set', {
      assignments: [
        assign('Set', [
          set('$Record.NextStep', ref('$Setup.Switch__c.Text__c')),
          set('$Record.Amount', ref('$Setup.Switch__c.Days__c')),
        ]),
      ],
    }),
  );
  const { org } = made;
  const user = org.user(ADMIN_USERNAME);
  const values = () =>
    made.run((tx) => {
      const [id] = saved(tx, 'insert', 'Opportunity', opportunity());
      const { NextStep, Amount } = rowOf(tx, 'Opportunity', id!);
      return [NextStep, Amount];
    });
  const give = (SetupOwnerId: string, more: Readonly<Record<string, string | number>>) =>
    made.run((tx) => saved(tx, 'insert', 'Switch__c', { SetupOwnerId, ...more }));
  assert.deepEqual(values(), [null, null]);
  const organization = made.run((tx) => tx.select({ object: 'Organization', filter: null, limit: 1 })[0]!.Id as string);
  give(organization, { Text__c: 'org', Days__c: 3 });
  assert.deepEqual(values(), ['org', 3]);
  give(user.profileId, { Text__c: 'profile', Days__c: 4 });
  assert.deepEqual(values(), ['profile', 4]);
  give(user.id, { Text__c: 'user' });
  assert.deepEqual(values(), ['user', 4]);
  assert.equal(org.schema.object('Switch__c')!.fields.has('ownerid'), false);
});

/** Whether `CloseDate operator value` holds, today being 2026-03-15 in Los Angeles. */
function holds(CloseDate: string | null, operator: string, value: Json): boolean {
  const org = orgOf(
    beforeSave('F', 'Ask', {
      decisions: [decide('Ask', [when('Day', operator, value)], 'Yes')],
      formulas: [
        {
          name: 'Day',
          dataType: 'Date',
          expression: CloseDate === null ? 'NULLVALUE(NULL, NULL)' : `DATEVALUE("${CloseDate}")`,
        },
      ],
      assignments: [assign('Yes', [set('$Record.NextStep', text('yes'))])],
    }),
  );
  return (
    org.run((tx) => rowOf(tx, 'Opportunity', saved(tx, 'insert', 'Opportunity', opportunity())[0]!).NextStep) === 'yes'
  );
}

test('date operators count from today', () => {
  const cases: readonly (readonly [string, string, Json, boolean])[] = [
    ['2026-03-15', 'IsToday', yes, true],
    ['2026-03-16', 'IsToday', no, true],
    ['2026-03-16', 'IsTomorrow', yes, true],
    ['2026-03-14', 'IsYesterday', yes, true],
    ['2026-03-31', 'IsThisMonth', yes, true],
    ['2026-04-30', 'IsNextMonth', yes, true],
    ['2026-02-01', 'IsLastMonth', yes, true],
    ['2025-03-15', 'ThisYear', yes, false],
    ['2027-12-31', 'NextYear', yes, true],
    ['2025-01-01', 'LastYear', yes, true],
    ['2020-03-15', 'IsAnniversaryOfToday', yes, true],
    ['2020-03-15', 'IsNotAnniversaryOfToday', yes, false],
    ['2026-03-10', 'LastNumberOfDays', number(5), true],
    ['2026-03-09', 'LastNumberOfDays', number(5), false],
    ['2026-03-09', 'GreaterThanLastNumberOfDays', number(5), true],
    ['2026-03-20', 'NextNumberOfDays', number(5), true],
    ['2026-01-31', 'LastNumberOfMonths', number(2), true],
    ['2026-05-31', 'NextNumberOfMonths', number(2), true],
    ['2024-06-01', 'LastNumberOfYears', number(2), true],
    ['2026-01-01', 'LastNumberOfYears', number(2), false],
  ];
  for (const [date, operator, value, expected] of cases)
    assert.equal(holds(date, operator, value), expected, `${date} ${operator}`);
});

test('groups of conditions have a logic of their own', () => {
  const group = (logic: string, ...conditions: readonly Json[]): Json => ({ conditionLogic: logic, conditions });
  const org = orgOf(
    beforeSave('F', 'Ask', {
      decisions: [
        decide(
          'Ask',
          [
            group('or', when('$Record.Amount', 'EqualTo', number(1)), when('$Record.Amount', 'EqualTo', number(2))),
            when('$Record.Name', 'EqualTo', text('A')),
          ],
          'Yes',
        ),
      ],
      assignments: [assign('Yes', [set('$Record.NextStep', text('yes'))])],
    }),
  );
  const step = (Amount: number, Name: string) =>
    org.run(
      (tx) => rowOf(tx, 'Opportunity', saved(tx, 'insert', 'Opportunity', opportunity({ Amount, Name }))[0]!).NextStep,
    );
  assert.deepEqual([step(1, 'A'), step(2, 'A'), step(3, 'A'), step(1, 'B')], ['yes', 'yes', null, null]);
});
