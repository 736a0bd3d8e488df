import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseRecordValues } from '../../scripts/verify/record-values.ts';

it('reads values for test records', () => {
  assert.deepEqual(
    parseRecordValues([
      'Opportunity.Region__c=EMEA',
      'Opportunity.Score__c=12.5',
      'Account.Checked__c=true',
      'Account.Code__c="12"',
    ]),
    { Opportunity: { Region__c: 'EMEA', Score__c: 12.5 }, Account: { Checked__c: true, Code__c: '12' } },
  );
  assert.deepEqual(parseRecordValues(['Opportunity.Formula__c=a=b']).Opportunity, { Formula__c: 'a=b' });
});

it('refuses anything else by name', () => {
  for (const text of ['Region__c=EMEA', 'Lead.Region__c=EMEA', 'Opportunity.Region__c']) {
    assert.throws(() => parseRecordValues([text]), { code: 'VERIFY_VALUE' });
  }
});
