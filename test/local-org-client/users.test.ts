import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingAssignments } from '../../scripts/local-org-client/assign-permission-sets.ts';
import { aliasFor, findUser } from '../../scripts/local-org-client/find-user.ts';
import type { OrgUser } from '../../scripts/local-org-client/users.ts';

const SALES = { id: '0PS1', name: 'Waterfall_Sales', label: 'Waterfall Sales' };
const DEVELOPMENT = { id: '0PS2', name: 'Waterfall_Sales_Development', label: 'Waterfall Sales Development' };

const user = (username: string, more: Partial<OrgUser> = {}): OrgUser => ({
  id: `005${username}`,
  username: `${username}@example.com`,
  name: username,
  active: true,
  profile: 'Sales Rep',
  role: 'Sales Rep',
  department: 'Sales',
  permissionSets: [],
  ...more,
});

const USERS = [
  user('admin', { department: null, role: null }),
  user('boss', { role: 'VP Sales' }),
  user('cleo'),
  user('dora'),
  user('emil', { department: 'Sales Development', role: 'Sales Development Rep' }),
  user('gone', { active: false }),
];

test('a user is found by username, role, department or permission set', () => {
  assert.equal(findUser(USERS, 'DORA@example.com').name, 'dora');
  assert.equal(findUser(USERS, 'VP Sales').name, 'boss');
  assert.equal(findUser(USERS, 'sales-development').name, 'emil');
  assert.equal(findUser(USERS, 'salesDevelopment').name, 'emil');
  assert.equal(findUser([user('fay', { department: null, role: null, permissionSets: [SALES] })], 'sales').name, 'fay');
});

test('of several, one in the most common role', () => {
  assert.equal(findUser(USERS, 'sales').name, 'cleo');
});

test('who is not there is refused with who is', () => {
  assert.throws(() => findUser(USERS, 'finance'), {
    code: 'USER_UNKNOWN',
    message: /There are Sales, Sales Development\./,
  });
  assert.throws(() => findUser(USERS, 'gone@example.com'), { code: 'USER_INACTIVE' });
});

test('an alias is made of what was asked for', () => {
  assert.equal(aliasFor('Sales Development', 'waterfall-local'), 'waterfall-local-sales-development');
  assert.equal(aliasFor('customerSuccess', 'waterfall-local'), 'waterfall-local-customer-success');
  assert.equal(aliasFor('dora.k@example.com', 'waterfall-local'), 'waterfall-local-dora-k');
});

test('each active user lacks the set of his department until he holds it', () => {
  const missing = missingAssignments(USERS, [SALES, DEVELOPMENT]);
  assert.deepEqual(
    missing.map((each) => [each.user.name, each.set.name]),
    [
      ['boss', 'Waterfall_Sales'],
      ['cleo', 'Waterfall_Sales'],
      ['dora', 'Waterfall_Sales'],
      ['emil', 'Waterfall_Sales_Development'],
    ],
  );
  assert.deepEqual(missingAssignments([user('cleo', { permissionSets: [SALES] })], [SALES]), []);
});
