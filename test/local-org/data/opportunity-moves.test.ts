import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEAL, openTestOrg } from './open-test-org.ts';

test('LastStageChangeDate moves with the stage alone', () => {
  const t = openTestOrg();
  const id = t.insert('Opportunity', { ...DEAL, StageName: 'Prospecting' });
  const moved = () => t.one(`SELECT LastStageChangeDate FROM Opportunity WHERE Id = '${id}'`).LastStageChangeDate;
  t.save('update', 'Opportunity', [{ Id: id, NextStep: 'Call' }]);
  assert.equal(moved(), null);
  t.save('update', 'Opportunity', [{ Id: id, StageName: 'Qualification' }]);
  assert.notEqual(moved(), null);
  t.org.close();
});

test('of two contact roles marked primary in one save one keeps the mark', () => {
  const t = openTestOrg();
  const OpportunityId = t.insert('Opportunity', DEAL);
  const contacts = ['A', 'B'].map((LastName) => t.insert('Contact', { LastName }));
  t.save(
    'insert',
    'OpportunityContactRole',
    contacts.map((ContactId) => ({ OpportunityId, ContactId, IsPrimary: true })),
  );
  const roles = t.query('SELECT ContactId FROM OpportunityContactRole WHERE IsPrimary = true').records;
  assert.deepEqual(
    roles.map(({ values }) => values.ContactId),
    [contacts[1]],
  );
  t.org.close();
});
