import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opportunity, rowOf, saved } from '../test-org.ts';
import { MANY, get, loop, times, used } from './bulk-fixtures.ts';
import { afterSave, assign, filter, input, orgOf, ref, set, text, variable } from './flow-fixtures.ts';

/** What 200 interviews ask for at a Get Records element is one query; each gets its own rows, in the order it asks for. */
test('interviews that compare several fields, and lists of ids, get their own records from one query', () => {
  const org = orgOf(
    afterSave(
      'Look_Up',
      'Own',
      {
        variables: [variable('Ids', 'String', { isCollection: true }), variable('Names', 'String')],
        recordLookups: [
          get('Own', 'Opportunity', [filter('AccountId', ref('$Record.Id'))], 'Each_Own'),
          get('Again', 'Opportunity', [filter('Id', ref('Ids'), 'In')], 'Both', {
            sortField: 'Name',
            sortOrder: 'Desc',
          }),
          get(
            'Both',
            'Opportunity',
            [filter('AccountId', ref('$Record.Id')), filter('NextStep', ref('$Record.Site'))],
            'Each_Both',
          ),
        ],
        loops: [
          loop('Each_Own', 'Own', 'Gather', 'Again'),
          loop('Each_Both', 'Both', 'Note_Both', 'Each_Again'),
          loop('Each_Again', 'Again', 'Note_Again', 'Keep'),
        ],
        assignments: [
          assign('Gather', [set('Ids', ref('Each_Own.Id'), 'Add')], 'Each_Own'),
          assign('Note_Both', [set('Names', text('{!Each_Both.Name}!'), 'Add')], 'Each_Both'),
          assign('Note_Again', [set('Names', text('{!Each_Again.Name};'), 'Add')], 'Each_Again'),
        ],
        recordUpdates: [
          {
            name: 'Keep',
            label: 'Keep',
            inputReference: '$Record',
            inputAssignments: [input('Description', ref('Names'))],
          },
        ],
      },
      { object: 'Account', recordTriggerType: 'Update' },
    ),
  );
  org.run((tx) => {
    const accounts = saved(tx, 'insert', 'Account', ...times(MANY, (n) => ({ Name: `A${n}` })));
    for (const round of [1, 2, 3])
      saved(
        tx,
        'insert',
        'Opportunity',
        ...accounts.map((AccountId, n) => opportunity({ AccountId, Name: `${n}.${round}`, NextStep: `s${round}` })),
      );
    const cost = used(tx, () => {
      saved(tx, 'update', 'Account', ...accounts.map((Id, n) => ({ Id, Site: n === 7 ? null : `S${(n % 2) + 1}` })));
    });
    assert.deepEqual(cost, { queries: 3, dmlStatements: 1, dmlRows: MANY });
    /** Three records of each account twice; the third query finds one for each account but the one without a site. */
    assert.equal(tx.limits.used('queryRows'), 3 * MANY + 3 * MANY + MANY - 1);
    const noted = (n: number) => rowOf(tx, 'Account', accounts[n]!).Description;
    assert.equal(noted(0), '0.1!0.3;0.2;0.1;');
    assert.equal(noted(199), '199.2!199.3;199.2;199.1;');
    assert.equal(noted(7), '7.3;7.2;7.1;');
  });
});
