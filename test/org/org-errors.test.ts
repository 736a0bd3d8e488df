import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orgError } from '../../scripts/org/org-errors.ts';
import { OrgError } from '../../scripts/org/types.ts';

const of = (error: object): OrgError => orgError(Object.assign(new Error('said by the org'), error), 'deploying');

test('trouble that is known gets its own code and says what to do', () => {
  assert.equal(of({ errorCode: 'INVALID_SESSION_ID' }).code, 'ORG_SESSION_EXPIRED');
  assert.match(of({ errorCode: 'INVALID_SESSION_ID' }).action, /Log in again/);
  assert.equal(of({ errorCode: 'INSUFFICIENT_ACCESS' }).code, 'ORG_PERMISSION');
  assert.match(of({ errorCode: 'INSUFFICIENT_ACCESS' }).action, /Modify Metadata/);
  assert.equal(of({ errorCode: 'INVALID_TYPE' }).code, 'ORG_FEATURE_MISSING');
  assert.equal(of({ errorCode: 'API_DISABLED_FOR_ORG' }).code, 'ORG_API_DISABLED');
  assert.equal(of({ errorCode: 'REQUEST_LIMIT_EXCEEDED' }).code, 'ORG_LIMIT');
});

test('a network that is cut is recognised however deep it lies', () => {
  assert.equal(of({ code: 'ECONNRESET' }).code, 'ORG_UNREACHABLE');
  assert.equal(of({ cause: { cause: { code: 'ENOTFOUND' } } }).code, 'ORG_UNREACHABLE');
  assert.match(of({ code: 'ECONNREFUSED' }).message, /while deploying \(ECONNREFUSED\)/);
});

test('anything else keeps the words of the org, and an OrgError stays what it is', () => {
  const other = of({ errorCode: 'SOMETHING_NEW' });
  assert.equal(other.code, 'SOMETHING_NEW');
  assert.match(other.message, /said by the org/);
  const mine = new OrgError('A', 'b', 'c');
  assert.equal(orgError(mine, 'deploying'), mine);
});
