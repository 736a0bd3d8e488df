import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planHtml } from '../../scripts/plan/render/plan-html.ts';
import { planText } from '../../scripts/plan/render/plan-text.ts';
import { PLAN_VERSION } from '../../scripts/plan/types.ts';
import type { Difference, Plan, Step } from '../../scripts/plan/types.ts';

const step = (id: string, action: Step['action'], more: Partial<Step> = {}): Step => ({
  id,
  do: { text: `${action === 'create' ? 'Create' : 'Change'} ${id.replace(':', ' ')}`, change: { kind: 'nothing' } },
  undo: { text: 'Put it back', change: { kind: 'nothing' } },
  why: 'The model wants it.',
  source: 'opportunityTypes.acquisition',
  risk: { level: 'low', reason: 'New.' },
  reversible: 'yes',
  action,
  differences: [],
  before: null,
  ...more,
});
const added = (path: string): Difference => ({ path, before: null, after: 'probability 10' });
const STEPS: readonly Step[] = [
  step('StandardValueSet:OpportunityStage', 'update', {
    reversible: 'deactivate',
    risk: { level: 'medium', reason: 'Shared by the org.' },
    differences: [
      added('standardValue[Targeted]'),
      added('standardValue[Detected]'),
      { path: 'standardValue[Old].closed', before: 'false', after: 'true' },
    ],
  }),
  ...['A', 'B', 'C', 'D', 'E'].map((name) => step(`CustomField:Opportunity.${name}__c`, 'create')),
];
const plan = (steps: readonly Step[]): Plan => ({
  version: PLAN_VERSION,
  orgId: '00D000000000001EAA',
  orgName: 'Acme <Ltd>',
  orgKind: 'sandbox',
  username: 'admin@acme.test',
  apiVersion: '66.0',
  snapshotHash: '',
  modelHash: '',
  madeAt: '2026-01-05T09:30:12.000Z',
  steps,
  findings: [],
  unchanged: 7,
});

test('in short: what changes of the org with its difference, what is created by name', () => {
  assert.equal(
    planText(plan(STEPS), false),
    `Plan for Acme <Ltd> (sandbox, admin@acme.test), API 66.0

Changes to what the org has (1)
  ~ Change StandardValueSet OpportunityStage  [medium risk]  [undone by deactivating]
      + standardValue: Targeted, Detected
      ~ standardValue[Old].closed: false -> true

Created beside it (5)
  + CustomField (5): A__c, B__c, C__c and 2 more

Plan: 5 to create, 1 to change; 7 as the model wants them already.`,
  );
});

test('in full: every step with its exact difference, why, risk and undo', () => {
  const text = planText(plan(STEPS), true);
  assert.match(text, /\+ standardValue\[Targeted\]: probability 10\n/);
  assert.equal(text.match(/why: {2}The model wants it\. \(opportunityTypes\.acquisition\)/g)?.length, STEPS.length);
  assert.equal(text.match(/undo: Put it back/g)?.length, STEPS.length);
});

test('values that are made active again are named together', () => {
  const again = (name: string): Difference => ({
    path: `standardValue[${name}].isActive`,
    before: 'false',
    after: null,
  });
  const off: Difference = { path: 'standardValue[Old].isActive', before: null, after: 'false' };
  const text = planText(
    plan([step('StandardValueSet:ContactRole', 'update', { differences: [again('User'), again('Signer'), off] })]),
    false,
  );
  assert.match(
    text,
    /\n {6}\+ standardValue active again: User, Signer\n {6}\+ standardValue\[Old\]\.isActive: false\n/,
  );
});

test('nothing to change says so', () => {
  assert.match(planText(plan([]), false), /\nPlan: nothing to change\.$/);
});

test('as a page: everything is in it, and nothing of the org is taken for HTML', () => {
  const html = planHtml(plan(STEPS));
  assert.match(html, /Acme &lt;Ltd&gt;/);
  assert.doesNotMatch(html, /<Ltd>|<script/);
  for (const { do: act, undo, risk } of STEPS)
    for (const text of [act.text, undo.text, risk.reason]) assert.ok(html.includes(text), text);
  assert.match(html, /standardValue\[Old\]\.closed/);
});

test('what is deactivated is counted apart from what is changed', () => {
  const switched = plan([
    ...STEPS,
    step('ValidationRule:Opportunity.Waterfall_Old', 'deactivate'),
    step('Deactivate:Waterfall_Promotion', 'deactivate'),
  ]);
  assert.match(planText(switched, false), /^Plan: 5 to create, 1 to change, 2 to deactivate; 7 as/m);
  assert.match(
    planText(switched, false),
    /^Of an earlier model, deactivated \(2\)\n {2}< ValidationRule \(1\): Waterfall_Old\n {2}< Flow \(1\): Waterfall_Promotion$/m,
  );
  assert.match(
    planHtml(switched),
    /<b>1 thing<\/b> that it has is added to or changed, <b>2 things<\/b> of an earlier model are deactivated/,
  );
});
