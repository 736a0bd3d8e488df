import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OrgComponent } from '../../scripts/org/snapshot.ts';
import { differences } from '../../scripts/plan/difference.ts';
import { valueSet, valuesOf } from '../../scripts/plan/rules/value-set.ts';
import type { Step } from '../../scripts/plan/types.ts';
import { component } from '../apply/fake-org.ts';
import { contextOf } from './snapshots.ts';

interface Value {
  readonly fullName: string;
  readonly label: string;
  readonly default: boolean;
  readonly isActive?: boolean;
  readonly closed: boolean;
  readonly won: boolean;
  readonly probability: number;
  readonly forecastCategory: string;
}

const value = (fullName: string, more: Partial<Value> = {}): Value => ({
  fullName,
  label: fullName,
  default: false,
  closed: false,
  won: false,
  probability: 10,
  forecastCategory: 'Pipeline',
  ...more,
});

const set = (values: readonly Value[]): OrgComponent =>
  component('StandardValueSet', 'OpportunityStage', { sorted: false, standardValue: values });
const wanted = (values: readonly Value[]) => ({ ...set(values), source: 'opportunityTypes' });

/** The platform: what is sent overwrites the set, what is missing is deactivated. */
const deployed = (org: readonly Value[], step: Step | undefined, way: 'do' | 'undo'): readonly Value[] => {
  const change = step?.[way].change;
  if (change?.kind !== 'deploy') return org;
  const sent = valuesOf(change.component.metadata) as unknown as readonly Value[];
  const kept = new Set(sent.map(({ fullName }) => fullName));
  return [...sent, ...org.filter(({ fullName }) => !kept.has(fullName)).map((left) => ({ ...left, isActive: false }))];
};
const activeOf = (values: readonly Value[]): readonly Value[] => values.filter(({ isActive }) => isActive !== false);

const names = fc.uniqueArray(fc.stringMatching(/^[A-Z][a-z]{1,6}( [A-Z][a-z]{1,4})?$/), {
  maxLength: 8,
  minLength: 1,
  selector: (name) => name.toLowerCase(),
});
const values = names.chain((list) =>
  fc.tuple(
    ...list.map((name) =>
      fc
        .record({ probability: fc.nat(100), active: fc.boolean() })
        .map(({ probability, active }) => value(name, active ? { probability } : { probability, isActive: false })),
    ),
  ),
);

test('their active values stay active, first, in order and unchanged; ours follow', () => {
  fc.assert(
    fc.property(values, names, (theirs, ours) => {
      const [step] = valueSet(wanted(ours.map((name) => value(name))), contextOf([set(theirs)])).steps;
      const after = deployed(theirs, step, 'do');
      const kept = activeOf(theirs);
      const stayed = activeOf(after).filter(({ fullName }) => kept.some((entry) => entry.fullName === fullName));
      assert.deepEqual(stayed, kept);
      for (const name of ours)
        assert.ok(
          activeOf(after).some(({ fullName }) => fullName.toLowerCase() === name.toLowerCase()),
          name,
        );
    }),
  );
});

test('merging twice changes nothing the second time', () => {
  fc.assert(
    fc.property(values, names, (theirs, ours) => {
      const want = wanted(ours.map((name) => value(name)));
      const [step] = valueSet(want, contextOf([set(theirs)])).steps;
      const after = set(deployed(theirs, step, 'do'));
      assert.deepEqual(valueSet(want, contextOf([after])).steps, []);
    }),
  );
});

test('merge then rollback gives back the values that were active', () => {
  fc.assert(
    fc.property(values, names, (theirs, ours) => {
      const [step] = valueSet(wanted(ours.map((name) => value(name))), contextOf([set(theirs)])).steps;
      const back = deployed(deployed(theirs, step, 'do'), step, 'undo');
      assert.deepEqual(differences(set(activeOf(theirs)), set(activeOf(back))), []);
    }),
  );
});

test('a stage of the same name with another probability is shown and not changed', () => {
  const theirs = [value('Discovery', { probability: 30 })];
  const outcome = valueSet(wanted([value('Discovery', { probability: 40 })]), contextOf([set(theirs)]));
  assert.deepEqual(outcome.steps, []);
  assert.deepEqual(
    outcome.findings.map(({ severity, code }) => [severity, code]),
    [['warning', 'PLAN_STAGE_DIFFERS']],
  );
  assert.match(outcome.findings[0]!.message, /probability 30 instead of 40/);
});

test('a stage of the same name that ends opportunities otherwise is an error', () => {
  const theirs = [value('Recycled', { closed: true })];
  const { findings } = valueSet(wanted([value('Recycled')]), contextOf([set(theirs)]));
  assert.deepEqual(
    findings.map(({ severity, code }) => [severity, code]),
    [['error', 'PLAN_STAGE_OUTCOME_DIFFERS']],
  );
});

test('a set that the org did not return is never deployed', () => {
  const outcome = valueSet(wanted([value('Discovery')]), contextOf([]));
  assert.deepEqual(outcome.steps, []);
  assert.equal(outcome.findings[0]?.code, 'PLAN_VALUE_SET_UNREAD');
});
