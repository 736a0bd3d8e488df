import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FormulaEvaluationError } from '../../../../local-org/automation/formula/formula-error.ts';
import { field, testOrg } from '../test-org.ts';
import { beforeSave, assign, set } from '../flow/flow-fixtures.ts';
import { evaluate } from './evaluate.ts';

const FROM_TO = 'GEOLOCATION(37.775, -122.418), GEOLOCATION(40.7128, -74.006)';

test('a distance is that on a sphere of the earth, in miles or kilometres', () => {
  assert.equal(evaluate(`ROUND(DISTANCE(${FROM_TO}, "mi"), 1)`), 2565.6);
  assert.equal(evaluate(`ROUND(DISTANCE(${FROM_TO}, "km"), 1)`), 4129);
  /** Half way round: pi times the mean radius. */
  assert.equal(evaluate('ROUND(DISTANCE(GEOLOCATION(90, 0), GEOLOCATION(-90, 0), "km"), 2)'), 20015.12);
  assert.equal(evaluate('DISTANCE(GEOLOCATION(1, 2), GEOLOCATION(1, 2), "km")'), 0);
  assert.equal(evaluate('DISTANCE(GEOLOCATION(Number__c, Number__c), GEOLOCATION(1, 2), "km")'), null);
});

test('latitude and longitude have their bounds and come together', () => {
  for (const location of ['GEOLOCATION(Number__c, 0)', 'GEOLOCATION(0, Number__c * 2)'])
    assert.throws(
      () => evaluate(`DISTANCE(${location}, GEOLOCATION(0, 0), "mi") > 1`, { row: { Number__c: 91 } }),
      FormulaEvaluationError,
    );
  assert.throws(() => evaluate('DISTANCE(GEOLOCATION(1, Number__c), GEOLOCATION(0, 0), "mi") > 1'), {
    message: 'Longitude can be null if and only if latitude is null',
  });
});

test('only validation rules know distances', () => {
  const formula = `DISTANCE(${FROM_TO}, "mi")`;
  const refusal = /Function (GEOLOCATION|DISTANCE) may not be used in this type of formula/;
  const problems = (...components: Parameters<typeof testOrg>[0] & object) =>
    testOrg(components).problems.map(({ problem }) => problem);
  assert.match(problems(field('Account', 'Far__c', 'Number', { precision: 18, scale: 2, formula }))[0]!, refusal);
  const flow = beforeSave('Far', 'Set', {
    assignments: [assign('Set', [set('$Record.Amount', { formulaExpression: formula, formulaDataType: 'Number' })])],
  });
  assert.match(problems(flow)[0]!, refusal);
  const rule = { active: true, errorConditionFormula: `${formula} > 9999`, errorMessage: 'Too far' };
  assert.deepEqual(problems({ type: 'ValidationRule', fullName: 'Account.Far', metadata: rule }), []);
});

test('the session is that of the request, and blank without one', () => {
  const user = { session: { id: '00D000000000001!secret', url: 'http://127.0.0.1:4646' } };
  assert.equal(evaluate('GETSESSIONID()', { user }), '00D000000000001!secret');
  assert.equal(evaluate('$Api.Session_ID', { user }), '00D000000000001!secret');
  assert.match(
    String(evaluate('$Api.Partner_Server_URL_260', { user })),
    /^http:\/\/127\.0\.0\.1:4646\/services\/Soap\/u\/26\.0\/00D\w{12}$/,
  );
  assert.match(String(evaluate('$Api.Enterprise_Server_URL_660', { user })), /\/services\/Soap\/c\/66\.0\/00D\w{12}$/);
  assert.equal(evaluate('GETSESSIONID() & $Api.Session_ID & $Api.Partner_Server_URL_260'), '');
});
