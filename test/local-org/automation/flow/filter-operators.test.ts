import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowRecordFilterOperator } from '@salesforce/types/metadata';
import type { FieldValue } from '../../../../local-org/data/types.ts';
import { opportunity, rowOf, saved, testOrg } from '../test-org.ts';
import { afterSave, assign, filter, no, number, orgOf, ref, set, text, to, variable, yes } from './flow-fixtures.ts';

type Json = Readonly<Record<string, unknown>>;
interface Refused {
  readonly refused: RegExp;
}
const refused = (operator: string): Refused => ({ refused: new RegExp(operator) });

/** Names of the records that Get Records finds: `b` has no Next Step; amounts are 10, 20, 30. */
const FILTERS: Readonly<
  Record<FlowRecordFilterOperator, readonly (readonly [field: string, value: Json, names: string])[] | Refused>
> = {
  EqualTo: [['Amount', number(20), 'b']],
  NotEqualTo: [['Amount', number(20), 'a, c']],
  GreaterThan: [['Amount', number(20), 'c']],
  LessThan: [['Amount', number(20), 'a']],
  GreaterThanOrEqualTo: [['Amount', number(20), 'b, c']],
  LessThanOrEqualTo: [['Amount', number(20), 'a, b']],
  StartsWith: [['NextStep', text('CALL'), 'a, c']],
  EndsWith: [['NextStep', text('two'), 'c']],
  Contains: [['NextStep', text('l o'), 'a']],
  IsNull: [
    ['NextStep', yes, 'b'],
    ['NextStep', no, 'a, c'],
  ],
  In: [['Name', ref('Names'), 'a, c']],
  NotIn: [['Name', ref('Names'), 'b']],
  /** Only entry conditions ask what a save has changed. */
  IsChanged: refused('IsChanged'),
};

const filterFlow = (name: string, operator: string, value: Json) =>
  afterSave(
    'Find',
    'Fill',
    {
      variables: [variable('Names', 'String', { isCollection: true }), variable('Found', 'String')],
      assignments: [
        assign('Fill', [set('Names', text('a'), 'Add'), set('Names', text('c'), 'Add')], 'Get'),
        assign('Note', [set('Found', ref('Each.Name'), 'Add')], 'Each'),
      ],
      recordLookups: [
        {
          name: 'Get',
          label: 'Get',
          object: 'Opportunity',
          getFirstRecordOnly: false,
          storeOutputAutomatically: true,
          filterLogic: 'and',
          filters: [filter(name, value, operator)],
          sortField: 'Name',
          sortOrder: 'Asc',
          connector: to('Each'),
        },
      ],
      loops: [
        {
          name: 'Each',
          label: 'Each',
          collectionReference: 'Get',
          iterationOrder: 'Asc',
          nextValueConnector: to('Note'),
          noMoreValuesConnector: to('Keep'),
        },
      ],
      recordUpdates: [
        {
          name: 'Keep',
          label: 'Keep',
          inputReference: '$Record',
          inputAssignments: [{ field: 'Site', value: ref('Found') }],
        },
      ],
    },
    { object: 'Account' },
  );

for (const [operator, cases] of Object.entries(FILTERS)) {
  test(`record filter: ${operator}`, () => {
    if ('refused' in cases) {
      assert.match(testOrg([filterFlow('Name', operator, yes)]).problems[0]!.problem, cases.refused);
      return;
    }
    for (const [name, value, names] of cases) {
      const org = orgOf(filterFlow(name, operator, value));
      org.run((tx) => {
        const record = (Name: string, Amount: FieldValue, NextStep: FieldValue) =>
          opportunity({ Name, Amount, NextStep });
        saved(
          tx,
          'insert',
          'Opportunity',
          record('a', 10, 'Call one'),
          record('b', 20, null),
          record('c', 30, 'Call two'),
        );
        const [id] = saved(tx, 'insert', 'Account', { Name: 'A' });
        assert.equal(rowOf(tx, 'Account', id!).Site, names.replaceAll(', ', ''), `${name} ${operator}`);
      });
    }
  });
}
