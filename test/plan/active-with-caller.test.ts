import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activeWithCaller } from '../../scripts/plan/active-with-caller.ts';
import type { Change, PlannedComponent } from '../../scripts/plan/types.ts';

const flow = (fullName: string, calls: readonly string[] = []): PlannedComponent => ({
  type: 'Flow',
  fullName,
  metadata: { status: 'Active', subflows: calls.map((flowName) => ({ flowName })) },
});
const named = (flows: readonly PlannedComponent[]) => new Map(flows.map((one) => [one.fullName, one]));
const activate = (name: string): Change => ({ kind: 'activateFlow', flow: name });
const deploy = (component: PlannedComponent): Change => ({ kind: 'deploy', component });

test('an inactive flow that a deployed one calls is deployed with it, also through one that stays as it is', () => {
  const [deep, called, unchanged, other] = [
    flow('Deep'),
    flow('Called', ['Deep']),
    flow('Unchanged', ['Called']),
    flow('Other', ['Alone']),
  ];
  const caller = deploy(flow('Caller', ['Unchanged']));
  const changes = [caller, activate('Deep'), activate('Called'), activate('Other'), activate('Alone')];
  assert.deepEqual(activeWithCaller(changes, named([deep, called, unchanged, other, flow('Alone')])), [
    caller,
    deploy(deep),
    deploy(called),
    activate('Other'),
    activate('Alone'),
  ]);
});

test('what is deployed so is active, whatever the org shows of it; what is not known waits', () => {
  const caller = deploy(flow('Caller', ['Called', 'Unknown']));
  const draft = { ...flow('Called'), metadata: { status: 'Draft' } };
  assert.deepEqual(activeWithCaller([caller, activate('Called'), activate('Unknown')], named([draft])), [
    caller,
    deploy({ ...draft, metadata: { status: 'Active' } }),
    activate('Unknown'),
  ]);
});

test('flows that call each other end, and nothing is deployed for the sake of one that is only activated', () => {
  const [one, two] = [flow('One', ['Two']), flow('Two', ['One'])];
  assert.deepEqual(activeWithCaller([deploy(one), activate('Two')], named([one, two])), [deploy(one), deploy(two)]);
  assert.deepEqual(activeWithCaller([activate('One'), activate('Two')], named([one, two])), [
    activate('One'),
    activate('Two'),
  ]);
});
