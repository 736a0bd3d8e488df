import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMPILED } from '../../scripts/compile/flows/flow-shell.ts';
import { flowsLeftOut } from '../../scripts/compile/left-out.ts';
import { leftOver } from '../../scripts/plan/left-over.ts';
import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { MODELS } from '../compile/models.ts';
import { component } from '../apply/fake-org.ts';

const state = (name: string, activeVersionId: string | null) => ({
  definitionId: `300${name}`,
  name,
  activeVersionId,
  latestVersionId: '302',
});
const flow = (name: string, calls: readonly string[] = [], description = `Does it. ${COMPILED}`) =>
  component('Flow', name, { description, subflows: calls.map((flowName) => ({ flowName })) });
const rule = (
  name: string,
  active: boolean | string,
  errorConditionFormula = 'NOT($Permission.Bypass_Waterfall_Automation)',
) => component('ValidationRule', `Opportunity.${name}`, { active, errorConditionFormula });
const keyed = (all: readonly ReturnType<typeof component>[]) =>
  Object.fromEntries(all.map((one) => [`${one.type}:${one.fullName}`, one]));

const WANTED = [
  { type: 'Flow', fullName: 'Waterfall_Renewal' },
  { type: 'ValidationRule', fullName: 'Opportunity.Waterfall_Kept' },
];

test('everything that any model compiles to bears the mark by which it is known', () => {
  for (const [name, model] of Object.entries(MODELS)) {
    const compiled = compileWaterfall(model).filter(
      ({ type, fullName }) => type === 'Flow' || (type === 'ValidationRule' && fullName.startsWith('Opportunity.')),
    );
    const { steps, findings } = leftOver([], {
      flows: compiled.filter(({ type }) => type === 'Flow').map(({ fullName }) => state(fullName, '301')),
      components: keyed(compiled.map(({ type, fullName, metadata }) => component(type, fullName, { ...metadata }))),
    });
    assert.deepEqual(findings, [], name);
    assert.equal(steps.length, compiled.length, name);
  }
});

test('the snapshot looks for the flows that other models compile to', () => {
  const names = flowsLeftOut(WANTED).map(({ fullName }) => fullName);
  assert.ok(names.includes('Waterfall_Promotion'));
  assert.ok(!names.includes('Waterfall_Renewal'));
});

test("flows and rules of an earlier model are switched off; switched off ones and the org's own are left alone", () => {
  const { steps, findings } = leftOver(WANTED, {
    flows: [state('Waterfall_Renewal', '301'), state('Waterfall_Promotion', '301'), state('Waterfall_Upsell', null)],
    components: keyed([
      ...['Waterfall_Renewal', 'Waterfall_Promotion', 'Waterfall_Upsell'].map((name) => flow(name)),
      rule('Waterfall_Kept', true),
      rule('Waterfall_Old', 'true'),
      rule('Waterfall_Off', 'false'),
      rule('Their_Own', 'true'),
    ]),
  });
  assert.deepEqual(findings, []);
  assert.deepEqual(
    steps.map(({ id, action, do: { text } }) => [id, action, text]),
    [
      ['ValidationRule:Opportunity.Waterfall_Old', 'deactivate', 'Deactivate ValidationRule Opportunity.Waterfall_Old'],
      ['Deactivate:Waterfall_Promotion', 'deactivate', 'Deactivate Flow Waterfall_Promotion'],
    ],
  );
  const [ruleStep, flowStep] = steps;
  assert.deepEqual(ruleStep!.differences, [{ path: 'active', before: 'true', after: 'false' }]);
  assert.equal(ruleStep!.undo.change.kind === 'deploy' && ruleStep!.undo.change.component.metadata['active'], 'true');
  assert.deepEqual(flowStep!.undo.change, { kind: 'activateFlow', flow: 'Waterfall_Promotion', versionId: '301' });
});

test('what has a name of ours and not our mark stays active and is named', () => {
  const { steps, findings } = leftOver(WANTED, {
    flows: [state('Waterfall_Promotion', '301')],
    components: keyed([flow('Waterfall_Promotion', [], 'Theirs.'), rule('Waterfall_Theirs', true, 'Amount < 0')]),
  });
  assert.deepEqual(steps, []);
  assert.deepEqual(
    findings.map(({ code, message }) => [code, message.split(': ').at(-1)]),
    [
      ['PLAN_FLOWS_LEFT_OVER', 'Waterfall_Promotion.'],
      ['PLAN_RULES_LEFT_OVER', 'Waterfall_Theirs.'],
    ],
  );
});

test('callers are switched off before what they call', () => {
  const names = ['Waterfall_Tell_RevOps', 'Waterfall_Join_Buying_Group', 'Waterfall_Campaign_Response'];
  const { steps } = leftOver([], {
    flows: names.map((name) => state(name, '301')),
    components: keyed([flow(names[0]!), flow(names[1]!, [names[0]!]), flow(names[2]!, [names[0]!, names[1]!])]),
  });
  assert.deepEqual(
    steps.map(({ id }) => id.replace('Deactivate:', '')),
    names.toReversed(),
  );
});
