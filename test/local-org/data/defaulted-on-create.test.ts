import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOrg, type Values } from './open-test-org.ts';

const USER: Values = {
  Username: 'rep@example.org',
  LastName: 'Rep',
  Email: 'rep@example.org',
  Alias: 'rep',
  TimeZoneSidKey: 'America/New_York',
  LocaleSidKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
  LanguageLocaleKey: 'en_US',
};

test('a field that is defaulted on create may be left out of a new record, and has its documented default', () => {
  const { org, save, one, insert } = openTestOrg();
  const profile = one("SELECT Id FROM Profile WHERE Name = 'Standard User'").Id as string;
  const id = insert('User', { ...USER, ProfileId: profile });
  const user = one(`SELECT DigestFrequency, DefaultGroupNotificationFrequency, IsActive FROM User WHERE Id = '${id}'`);
  assert.deepEqual({ ...user }, { DigestFrequency: 'D', DefaultGroupNotificationFrequency: 'N', IsActive: true });
  const [emptied] = save('update', 'User', [{ Id: id, DigestFrequency: null }]);
  assert.equal(emptied?.errors[0]?.statusCode, 'REQUIRED_FIELD_MISSING');
  org.close();
});

test('a required field that is not defaulted must be given', () => {
  const { org, save } = openTestOrg();
  const { TimeZoneSidKey: _left, ...rest } = USER;
  const [result] = save('insert', 'User', [rest]);
  assert.equal(result?.errors[0]?.message, 'Required fields are missing: [ProfileId, TimeZoneSidKey]');
  org.close();
});

test('a stage of the Most Likely forecast category can be used where that is switched on', () => {
  const { org, put, insert, one, save } = openTestOrg();
  put('StandardValueSet', 'OpportunityStage', {
    sorted: false,
    standardValue: [
      { fullName: 'Sure', default: false, closed: false, won: false, probability: 70, forecastCategory: 'MostLikely' },
    ],
  });
  org.reload();
  const deals = { Name: 'Deal', StageName: 'Sure', CloseDate: '2026-12-31' };
  assert.deepEqual(
    save('insert', 'Opportunity', [deals])[0]!.errors.map(({ statusCode, fields }) => [statusCode, fields]),
    [['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', ['ForecastCategoryName']]],
  );
  const names = ['Omitted', 'Pipeline', 'Best Case', 'Most Likely', 'Commit', 'Closed'];
  put('StandardValueSet', 'ForecastCategoryName', {
    sorted: false,
    standardValue: names.map((fullName) => ({ fullName, default: false, label: fullName })),
  });
  org.reload();
  const id = insert('Opportunity', deals);
  const deal = one(`SELECT ForecastCategory, ForecastCategoryName FROM Opportunity WHERE Id = '${id}'`);
  assert.deepEqual({ ...deal }, { ForecastCategory: 'MostLikely', ForecastCategoryName: 'Most Likely' });
  org.close();
});
