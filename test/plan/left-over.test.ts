import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowsLeftOut, leftOverFindings } from '../../scripts/plan/left-over.ts';
import { component } from '../apply/fake-org.ts';

const flow = (name: string, activeVersionId: string | null) => ({
  definitionId: `300${name}`,
  name,
  activeVersionId,
  latestVersionId: '301',
});

test("flows and rules of an earlier model that still work are named; switched off ones and the org's own are not", () => {
  const wanted = [
    { type: 'Flow', fullName: 'Waterfall_Renewal' },
    { type: 'ValidationRule', fullName: 'Opportunity.Waterfall_Kept' },
  ];
  assert.ok(flowsLeftOut(wanted).some(({ fullName }) => fullName === 'Waterfall_Promotion'));
  assert.ok(!flowsLeftOut(wanted).some(({ fullName }) => fullName === 'Waterfall_Renewal'));
  const rules = [
    component('ValidationRule', 'Opportunity.Waterfall_Kept', { active: true }),
    component('ValidationRule', 'Opportunity.Waterfall_Old', { active: 'true' }),
    component('ValidationRule', 'Opportunity.Waterfall_Off', { active: 'false' }),
    component('ValidationRule', 'Opportunity.Their_Own', { active: 'true' }),
  ];
  const findings = leftOverFindings(wanted, {
    flows: [flow('Waterfall_Renewal', '301'), flow('Waterfall_Promotion', '301'), flow('Waterfall_Upsell', null)],
    components: Object.fromEntries(rules.map((rule) => [`${rule.type}:${rule.fullName}`, rule])),
  });
  assert.deepEqual(
    findings.map(({ code, message }) => [code, message.split(': ').at(-1)]),
    [
      ['PLAN_FLOWS_LEFT_OVER', 'Waterfall_Promotion.'],
      ['PLAN_RULES_LEFT_OVER', 'Waterfall_Old.'],
    ],
  );
});
