import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEAL, openTestOrg } from './open-test-org.ts';

test('a change of a tracked lookup makes two history rows: ids and names', () => {
  const { org, put, insert, save, query } = openTestOrg();
  put('CustomField', 'Opportunity.Partner__c', {
    type: 'Lookup',
    referenceTo: 'Account',
    label: 'Partner',
    trackHistory: true,
  });
  put('CustomField', 'Opportunity.Notes__c', {
    type: 'LongTextArea',
    length: 5000,
    label: 'Notes',
    trackHistory: true,
  });
  org.reload();
  const [one, two] = [insert('Account', { Name: 'One' }), insert('Account', { Name: 'Two' })];
  const deal = insert('Opportunity', { ...DEAL, Partner__c: one });
  save('update', 'Opportunity', [{ Id: deal, Partner__c: two, Notes__c: 'x' }]);
  const { records } = query('SELECT Field, DataType, OldValue, NewValue FROM OpportunityFieldHistory ORDER BY Id');
  assert.deepEqual(
    records.map(({ values }) => Object.values(values)),
    [
      ['created', null, null, null],
      ['Notes__c', 'TextArea', null, null],
      ['Partner__c', 'EntityId', one, two],
      ['Partner__c', 'Text', 'One', 'Two'],
    ],
  );
  org.close();
});

test('an upsert matches by a field that the reference marks idLookup, and by no other', () => {
  const { org, insert, save, one } = openTestOrg();
  const id = insert('Contact', { LastName: 'Buyer', Email: 'buyer@example.org' });
  const records = [
    { Email: 'buyer@example.org', LastName: 'Changed' },
    { Email: 'new@example.org', LastName: 'New' },
  ];
  const results = save('upsert', 'Contact', records, { externalIdField: 'Email' });
  assert.deepEqual(
    results.map(({ created, success }) => [created, success]),
    [
      [false, true],
      [true, true],
    ],
  );
  assert.equal(one(`SELECT LastName FROM Contact WHERE Id = '${id}'`).LastName, 'Changed');
  assert.throws(() => save('upsert', 'Contact', records, { externalIdField: 'Phone' }), { code: 'INVALID_FIELD' });
  org.close();
});

test('a task is closed by the statuses that the value set says close it', () => {
  const { org, put, insert, one } = openTestOrg();
  const status = (fullName: string, closed: boolean) => ({ fullName, closed, default: fullName === 'Open' });
  put('StandardValueSet', 'TaskStatus', {
    sorted: false,
    standardValue: [status('Open', false), status('Done', true)],
  });
  org.reload();
  const read = (id: string) => ({ ...one(`SELECT Status, IsClosed FROM Task WHERE Id = '${id}'`) });
  assert.deepEqual(read(insert('Task', { Subject: 'a' })), { Status: 'Open', IsClosed: false });
  assert.deepEqual(read(insert('Task', { Subject: 'b', Status: 'Done' })), { Status: 'Done', IsClosed: true });
  org.close();
});

test("an event's end follows from its start and duration, and the other way round", () => {
  const { org, insert, save, one } = openTestOrg();
  const ActivityDateTime = '2026-04-01T10:00:00.000Z';
  const timed = insert('Event', { Subject: 'a', ActivityDateTime, DurationInMinutes: 90 });
  const read = (id: string) =>
    one(`SELECT StartDateTime, EndDateTime, DurationInMinutes FROM Event WHERE Id = '${id}'`);
  assert.equal(read(timed).EndDateTime, '2026-04-01T11:30:00.000Z');
  save('update', 'Event', [{ Id: timed, EndDateTime: '2026-04-01T10:30:00Z' }]);
  assert.equal(read(timed).DurationInMinutes, 30);
  const allDay = insert('Event', { Subject: 'b', IsAllDayEvent: true, ActivityDate: '2026-04-02' });
  assert.deepEqual(
    { ...read(allDay) },
    { StartDateTime: '2026-04-02T00:00:00.000Z', EndDateTime: '2026-04-02T00:00:00.000Z', DurationInMinutes: 1440 },
  );
  const [refused] = save('insert', 'Event', [{ Subject: 'c' }]);
  assert.equal(refused?.errors[0]?.message, 'Required fields are missing: [DurationInMinutes, ActivityDateTime]');
  org.close();
});

test('a campaign counts its members, responses and opportunities', () => {
  const { org, insert, save, one } = openTestOrg();
  const campaign = insert('Campaign', { Name: 'Fair' });
  const LeadId = insert('Lead', { LastName: 'L', Company: 'C' });
  const ContactId = insert('Contact', { LastName: 'C' });
  save('insert', 'CampaignMember', [
    { CampaignId: campaign, LeadId },
    { CampaignId: campaign, ContactId, Status: 'Responded' },
  ]);
  const deal = insert('Opportunity', { ...DEAL, CampaignId: campaign, Amount: 100 });
  insert('Opportunity', { ...DEAL, CampaignId: campaign, Amount: 50 });
  save('update', 'Opportunity', [{ Id: deal, StageName: 'Closed Won' }]);
  const fields =
    'NumberOfLeads, NumberOfContacts, NumberOfResponses, NumberOfOpportunities, NumberOfWonOpportunities, AmountAllOpportunities, AmountWonOpportunities';
  const totals = () => Object.values(one(`SELECT ${fields} FROM Campaign`));
  assert.deepEqual(totals(), [1, 1, 1, 2, 1, 150, 100]);
  save('delete', 'Opportunity', [{ Id: deal }]);
  assert.deepEqual(totals(), [1, 1, 1, 1, 0, 50, 0]);
  save('undelete', 'Opportunity', [{ Id: deal }]);
  assert.deepEqual(totals(), [1, 1, 1, 2, 1, 150, 100]);
  org.close();
});

test('audit fields can be set on create by whoever has the permission, in user mode', () => {
  const { org, user } = openTestOrg();
  const CreatedDate = '2020-01-01T00:00:00.000Z';
  const save = (operation: 'insert' | 'update', record: Record<string, string>) =>
    org.transact(user, (tx) => tx.save({ operation, object: 'Account', records: [record], allOrNone: false })[0]!, {
      mode: 'user',
    });
  const made = save('insert', { Name: 'Old', CreatedDate });
  assert.equal(made.success, true, JSON.stringify(made.errors));
  const row = org.transact(user, (tx) => tx.byIds('Account', [made.id!]).get(made.id!));
  assert.equal(row?.['CreatedDate'], CreatedDate);
  assert.equal(save('update', { Id: made.id!, CreatedDate }).errors[0]?.statusCode, 'INVALID_FIELD_FOR_INSERT_UPDATE');
  org.close();
});
