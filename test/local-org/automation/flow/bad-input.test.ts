import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseLogic, testOf } from '../../../../local-org/automation/flow/filter-logic.ts';
import { FlowProblem } from '../../../../local-org/automation/flow/flow-fault.ts';
import { testOrg } from '../test-org.ts';
import { afterSave, to, won } from './flow-fixtures.ts';

const word = fc.constantFrom('1', '2', '3', '99', 'AND', 'or', 'NOT', '(', ')', 'xor', '&', '', '1.5', '-1');

test('any condition logic is a tree or a complaint', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 15 }), (words) => {
      try {
        const isMet = testOf<number>(parseLogic(words.join(' '), 3), [(n) => n > 0, (n) => n > 1, (n) => n > 2]);
        assert.equal(typeof isMet(1), 'boolean');
      } catch (error) {
        assert.ok(error instanceof FlowProblem, String(error));
      }
    }),
    { numRuns: 3_000 },
  );
  for (const long of ['('.repeat(100_000), 'not '.repeat(100_000), '1 and '.repeat(100_000)])
    assert.throws(() => parseLogic(long, 1), FlowProblem);
});

/** Metadata of a flow with anything in the places where the compiler reads. */
const anyValue = fc.oneof(
  fc.record({
    elementReference: fc.constantFrom('$Record', '$Record.Name', '$Record.Nope', 'V', '$Flow.X', '', '.', '$', 'A.B.C'),
  }),
  fc.record({ stringValue: fc.constantFrom('', '{!', '{!}', '{!V}', '{!$Record.Name}}', 'x') }),
  fc.record({ numberValue: fc.double() }),
  fc.record({ dateValue: fc.constantFrom('2026-01-01', 'x', '') }),
  fc.record({
    formulaExpression: fc.string({ maxLength: 20 }),
    formulaDataType: fc.constantFrom('String', 'Number', 'Nope'),
  }),
  fc.constant({}),
);
const operator = fc.constantFrom(
  'Assign',
  'Add',
  'EqualTo',
  'IsNull',
  'IsChanged',
  'In',
  'Contains',
  'LastNumberOfDays',
  'WasVisited',
  '',
);
const target = fc.constantFrom('E1', 'E2', 'E3', 'Nowhere', '');
const element = (name: string) =>
  fc.oneof(
    fc.record({
      list: fc.constant('assignments'),
      body: fc.record({
        name: fc.constant(name),
        connector: target.map(to),
        assignmentItems: fc.array(
          fc.record({
            assignToReference: fc.constantFrom('V', '$Record.Name', '$Record.Nope', ''),
            operator,
            value: anyValue,
          }),
          { maxLength: 3 },
        ),
      }),
    }),
    fc.record({
      list: fc.constant('decisions'),
      body: fc.record({
        name: fc.constant(name),
        defaultConnector: target.map(to),
        rules: fc.array(
          fc.record({
            name: fc.constant('R'),
            conditionLogic: fc.constantFrom('and', 'or', '1', '2 AND', ''),
            conditions: fc.array(
              fc.record({
                leftValueReference: fc.constantFrom('V', '$Record.Amount', '$Record', ''),
                operator,
                rightValue: anyValue,
              }),
              { maxLength: 2 },
            ),
            connector: target.map(to),
          }),
          { maxLength: 2 },
        ),
      }),
    }),
    fc.record({
      list: fc.constant('recordLookups'),
      body: fc.record({
        name: fc.constant(name),
        object: fc.constantFrom('Account', 'Nope', ''),
        connector: target.map(to),
        storeOutputAutomatically: fc.boolean(),
        getFirstRecordOnly: fc.boolean(),
        filters: fc.array(fc.record({ field: fc.constantFrom('Name', 'Nope', ''), operator, value: anyValue }), {
          maxLength: 2,
        }),
      }),
    }),
    fc.record({
      list: fc.constant('actionCalls'),
      body: fc.record({
        name: fc.constant(name),
        actionType: fc.constantFrom('emailSimple', 'apex', 'customNotificationAction', 'x'),
        inputParameters: fc.array(fc.record({ name: fc.constantFrom('emailBody', 'title', ''), value: anyValue }), {
          maxLength: 2,
        }),
      }),
    }),
    fc.record({
      list: fc.constant('loops'),
      body: fc.record({
        name: fc.constant(name),
        collectionReference: fc.constantFrom('V', 'C', 'E1', ''),
        nextValueConnector: target.map(to),
      }),
    }),
  );

test('any flow compiles or is refused by name, and what compiles runs or fails as a flow does', () => {
  fc.assert(
    fc.property(element('E1'), element('E2'), element('E3'), anyValue, (e1, e2, e3, value) => {
      const lists: Record<string, object[]> = {
        variables: [
          { name: 'V', dataType: 'String', value },
          { name: 'C', dataType: 'SObject', objectType: 'Account', isCollection: true },
        ],
      };
      for (const { list, body } of [e1, e2, e3]) (lists[list] ??= []).push({ label: 'L', ...body });
      const org = testOrg([afterSave('F', 'E1', lists, won)]);
      for (const { problem } of org.problems) assert.ok(problem.length > 0);
      org.run((tx) => {
        /** Processor time is nearly used up, so that flows that go round in circles end soon. */
        tx.limits.use('cpuTimeMs', 9_990);
        try {
          tx.save({
            operation: 'insert',
            object: 'Opportunity',
            records: [{ Name: 'x', StageName: 'Closed Won', CloseDate: '2026-01-01' }],
            allOrNone: false,
          });
        } catch (error) {
          assert.equal((error as { code?: unknown }).code, 'LIMIT_EXCEEDED', (error as Error).stack);
        }
      });
      org.org.close();
    }),
    { numRuns: 80 },
  );
});
