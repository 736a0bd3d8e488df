import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowOf, saved, opportunity } from '../test-org.ts';
import { evaluate, formulaOrg } from './evaluate.ts';

test('a blank picklist, date and number are blank, a percent is a fraction', () => {
  assert.equal(evaluate('ISPICKVAL(StageName, "")', { row: { StageName: null } }), true);
  assert.equal(evaluate('TEXT(StageName) & "!"', { row: { StageName: 'Prospecting' } }), 'Prospecting!');
  assert.equal(
    evaluate('CASE(StageName, "Prospecting", 1, "Closed Won", 2, 0)', { row: { StageName: 'Closed Won' } }),
    2,
  );
  assert.equal(evaluate('ISBLANK(CloseDate)', { row: { CloseDate: null } }), true);
  assert.equal(evaluate('Number__c + 1', { row: {} }), null);
  assert.equal(evaluate('BLANKVALUE(Number__c, 0) + 1', { row: {} }), 1);
  assert.equal(evaluate('Percent__c', { row: { Percent__c: 50 } }), 0.5);
});

test('multi-select picklists', () => {
  assert.equal(evaluate('INCLUDES(Multi__c, "b")', { row: { Multi__c: 'a;b' } }), true);
  assert.equal(evaluate('PICKLISTCOUNT(Multi__c)', { row: { Multi__c: 'a;b' } }), 2);
  assert.equal(evaluate('PICKLISTCOUNT(Multi__c)', { row: {} }), 0);
});

test('what a save changes', () => {
  const row = { StageName: 'Closed Won', Amount: 5, Text__c: 'a\nb' };
  const before = { StageName: 'Prospecting', Amount: 5, Text__c: 'a\r\nb' };
  assert.equal(evaluate('ISNEW()', { row }), true);
  assert.equal(evaluate('ISNEW()', { row, before }), false);
  assert.equal(evaluate('ISCHANGED(StageName)', { row }), false, 'nothing has changed on a new record');
  assert.equal(evaluate('ISCHANGED(StageName)', { row, before }), true);
  assert.equal(evaluate('ISCHANGED(Amount)', { row, before }), false);
  assert.equal(evaluate('ISCHANGED(Text__c)', { row, before }), false, 'line ends do not count');
  assert.equal(evaluate('ISPICKVAL(PRIORVALUE(StageName), "Prospecting")', { row, before }), true);
  assert.equal(evaluate('ISPICKVAL(PRIORVALUE(StageName), "")', { row }), true);
  assert.equal(evaluate('ISCLONE()', { row }), false);
});

test("the user's time zone decides what today is, and which date a moment has", () => {
  const sydney = { timeZone: 'Australia/Sydney' };
  assert.equal(evaluate('TODAY()', { user: sydney }), '2026-03-16');
  assert.equal(
    evaluate('DATEVALUE(DateTime__c)', { user: sydney, row: { DateTime__c: '2026-01-31T14:00:00.000Z' } }),
    '2026-02-01',
  );
  assert.equal(
    evaluate('DATEVALUE(DateTime__c)', { row: { DateTime__c: '2026-01-31T14:00:00.000Z' }, user: { timeZone: 'UTC' } }),
    '2026-01-31',
  );
});

test('globals', () => {
  assert.equal(evaluate('$Permission.Bypass'), false);
  assert.equal(evaluate('$Permission.Bypass', { user: { customPermissions: new Set(['Bypass']) } }), true);
  assert.equal(evaluate('$Profile.Name'), 'System Administrator');
  assert.equal(evaluate('$User.IsActive'), true);
  assert.equal(evaluate('TEXT($System.OriginDateTime)'), '1900-01-01 00:00:00Z');
});

test('formula fields: blanks as zero, percent, rounding, and one formula in another', () => {
  formulaOrg.run((tx) => {
    const [filled, blank] = saved(
      tx,
      'insert',
      'Opportunity',
      opportunity({ Number__c: 1.255, Amount: 3 }),
      opportunity(),
    );
    const rows = [rowOf(tx, 'Opportunity', filled!), rowOf(tx, 'Opportunity', blank!)];
    assert.deepEqual(
      formulaOrg.automation
        .formulaFields(tx, 'Opportunity', rows)
        .map(({ Double__c, Share__c }) => [Double__c, Share__c]),
      [
        [2.51, 41.8],
        [0, 0],
      ],
    );
  });
  assert.equal(evaluate('Double__c + 1', { row: { Number__c: 2 } }), 5);
});

test('parents are read over several hops, and loaded once for many rows', () => {
  formulaOrg.run((tx) => {
    const [account] = saved(tx, 'insert', 'Account', { Name: 'Acme' });
    const row = rowOf(tx, 'Opportunity', saved(tx, 'insert', 'Opportunity', opportunity({ AccountId: account! }))[0]!);
    assert.equal(String(evaluate('Account.Name & " " & Account.Owner.Username', { row })).startsWith('Acme '), true);
    assert.equal(evaluate('Owner.IsActive', { row }), true);
    assert.equal(evaluate('ISBLANK(Account.Name)', { row: { ...row, AccountId: null } }), true);
  });
});
