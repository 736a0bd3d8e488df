import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import type { OrgRole } from '../../scripts/org/snapshot.ts';
import { roleFindings, rolesNamed } from '../../scripts/plan/roles.ts';
import { defaultModel } from '../compile/models.ts';

/** The default model, with one hand-over that escalates to who is accountable for its stage. */
const escalating: Waterfall = {
  ...defaultModel,
  handshakes: defaultModel.handshakes.map((rule, index) =>
    index === 0 ? { ...rule, onSilence: { ...rule.onSilence, escalateTo: 'accountable' } } : rule,
  ),
};
const told = (waterfall: Waterfall, roles: readonly OrgRole[] | null): readonly string[] =>
  roleFindings(waterfall, { roles }).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

test('the roles that answer, and those that it is escalated to, are looked for', () => {
  assert.deepEqual(rolesNamed(defaultModel), ['Account Executive']);
  assert.deepEqual(rolesNamed(escalating), ['Head of Sales Development', 'Account Executive']);
  assert.deepEqual(rolesNamed({ ...defaultModel, handshakes: [] }), []);
});

test('a role that the org has not got is named once for each duty, with the hand-overs that wait for it', () => {
  const [escalation, answer, ...more] = told(escalating, []);
  assert.deepEqual(more, []);
  assert.equal(
    escalation,
    'warning PLAN_ROLE_MISSING: The org has no role "Head of Sales Development", which is told when nobody answers in ' +
      '"Marketing hands over to Sales Development"; until then only RevOps is told when nobody answers.',
  );
  assert.match(
    answer!,
    /^warning PLAN_ROLE_MISSING: The org has no role "Account Executive", which answers in "Sales D/,
  );
  for (const { name } of defaultModel.handshakes.slice(1)) assert.ok(answer!.includes(`"${name}"`), name);
  assert.ok(roleFindings(escalating, { roles: [] }).every(({ action, place }) => action !== '' && place !== ''));
});

test('a role that nobody active has is told apart from one that is there and filled', () => {
  assert.match(
    told(defaultModel, [{ name: 'Account Executive', activeUsers: 0 }])[0]!,
    /^warning PLAN_ROLE_EMPTY: No active user has the role "Account Executive"/,
  );
  assert.deepEqual(told(defaultModel, [{ name: 'account executive', activeUsers: 1 }]), []);
});

test('roles that could not be read are not taken for missing', () => {
  assert.deepEqual(told(escalating, null), []);
});
