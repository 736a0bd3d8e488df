import assert from 'node:assert/strict';
import test from 'node:test';
import {
  convertLeads,
  type LeadConvert,
  type LeadConvertResult,
} from '../../../local-org/lead-conversion/convert-leads.ts';
import { openTestOrg, type TestOrg, type Values } from '../data/open-test-org.ts';

const STATUS = 'Closed - Converted';
const LEAD: Values = { LastName: 'Fry', FirstName: 'Phil', Company: 'Planet Express', Email: 'fry@px.example' };

const convert = (org: TestOrg, ...requests: readonly Partial<LeadConvert>[]): readonly LeadConvertResult[] =>
  org.run((tx) =>
    convertLeads(
      tx,
      org.org.metadata,
      requests.map((request) => ({ leadId: '', convertedStatus: STATUS, ...request })),
    ),
  );

/** Converts one lead and expects success. */
function converted(org: TestOrg, request: Partial<LeadConvert>) {
  const [result] = convert(org, request);
  assert.deepEqual(result?.errors, []);
  return result;
}

const codeOf = (org: TestOrg, request: Partial<LeadConvert>): string | undefined =>
  convert(org, request)[0]?.errors[0]?.statusCode;

const user = (org: TestOrg, name: string): string => {
  const [profile] = org.query("SELECT Id FROM Profile WHERE Name = 'Standard User'").records;
  return org.insert('User', {
    Username: `${name}@test.example`,
    LastName: name,
    Email: `${name}@test.example`,
    ProfileId: profile?.id ?? null,
    IsActive: true,
    Alias: name,
    TimeZoneSidKey: 'America/New_York',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
  });
};

test('a lead becomes account, contact, opportunity and primary contact role', () => {
  const org = openTestOrg();
  const leadId = org.insert('Lead', {
    ...LEAD,
    Phone: '1',
    Street: 'Pier 1',
    City: 'New York',
    LeadSource: 'Web',
    AnnualRevenue: 5,
    Title: 'Delivery Boy',
    HasOptedOutOfEmail: true,
  });
  const result = converted(org, { leadId: leadId.slice(0, 15) });
  assert.equal(result.leadId, leadId);
  const account = org.one(
    'SELECT Id, Name, Phone, BillingStreet, BillingCity, AnnualRevenue, AccountSource FROM Account',
  );
  assert.deepEqual(
    [account['Name'], account['Phone'], account['BillingStreet'], account['BillingCity'], account['AnnualRevenue']],
    ['Planet Express', '1', 'Pier 1', 'New York', 5],
  );
  assert.equal(account['AccountSource'], 'Web');
  const contact = org.one(
    'SELECT Name, Email, Title, MailingCity, AccountId, LeadSource, HasOptedOutOfEmail FROM Contact',
  );
  assert.deepEqual(Object.values(contact), [
    'Phil Fry',
    'fry@px.example',
    'Delivery Boy',
    'New York',
    result.accountId,
    'Web',
    true,
  ]);
  const deal = org.one('SELECT Name, StageName, CloseDate, LeadSource, AccountId FROM Opportunity');
  assert.deepEqual(Object.values(deal), ['Planet Express', 'Prospecting', '2026-03-31', 'Web', result.accountId]);
  const role = org.one('SELECT OpportunityId, ContactId, IsPrimary, Role FROM OpportunityContactRole');
  assert.deepEqual(Object.values(role), [result.opportunityId, result.contactId, true, null]);
  const lead = org.one(
    'SELECT IsConverted, Status, ConvertedDate, ConvertedAccountId, ConvertedContactId, ConvertedOpportunityId FROM Lead',
  );
  assert.deepEqual(Object.values(lead), [
    true,
    STATUS,
    '2026-03-15',
    result.accountId,
    result.contactId,
    result.opportunityId,
  ]);
  assert.equal(codeOf(org, { leadId }), 'CANNOT_UPDATE_CONVERTED_LEAD');
});

test('existing records keep what they have; only blanks are filled, the lead source on request', () => {
  const org = openTestOrg();
  const accountId = org.insert('Account', { Name: 'PX', Phone: '9' });
  const contactId = org.insert('Contact', { LastName: 'Fry', AccountId: accountId, LeadSource: 'Other', Title: 'CEO' });
  const opportunityId = org.insert('Opportunity', {
    Name: 'Old',
    StageName: 'Prospecting',
    CloseDate: '2026-12-31',
    AccountId: accountId,
  });
  const values = { ...LEAD, Phone: '1', Fax: '2', LeadSource: 'Web', Title: 'Boy', HasOptedOutOfFax: true };
  const first = org.insert('Lead', values);
  converted(org, { leadId: first, accountId, contactId, opportunityId });
  const { records } = org.query('SELECT Name, Phone, Fax FROM Account');
  assert.deepEqual(Object.values(records[0]?.values ?? {}), ['PX', '9', '2']);
  const contact = org.one('SELECT FirstName, Title, Phone, LeadSource, HasOptedOutOfFax FROM Contact');
  assert.deepEqual(Object.values(contact), ['Phil', 'CEO', '1', 'Other', false]);
  assert.deepEqual(Object.values(org.one('SELECT Name, LeadSource FROM Opportunity')), ['Old', 'Web']);
  assert.equal(org.one('SELECT IsPrimary FROM OpportunityContactRole')['IsPrimary'], true);
  const second = org.insert('Lead', values);
  converted(org, { leadId: second, accountId, contactId, opportunityId, overwriteLeadSource: true });
  assert.equal(org.one('SELECT LeadSource FROM Contact')['LeadSource'], 'Web');
  assert.equal(org.query('SELECT Id FROM OpportunityContactRole').records.length, 1);
});

test('no opportunity, an opportunity with a name, an owner for what a queue holds', () => {
  const org = openTestOrg();
  const owner = user(org, 'leela');
  const queue = org.insert('Group', { Name: 'Leads', Type: 'Queue' });
  org.insert('QueueSobject', { QueueId: queue, SobjectType: 'Lead' });
  const held = org.insert('Lead', { ...LEAD, OwnerId: queue });
  assert.equal(codeOf(org, { leadId: held }), 'UNKNOWN_EXCEPTION');
  const result = converted(org, { leadId: held, ownerId: owner, doNotCreateOpportunity: true });
  assert.equal(result.opportunityId, null);
  assert.equal(org.query('SELECT Id FROM Opportunity').records.length, 0);
  assert.equal(org.one('SELECT OwnerId FROM Account')['OwnerId'], owner);
  assert.equal(org.one('SELECT OwnerId FROM Contact')['OwnerId'], owner);
  const named = org.insert('Lead', LEAD);
  converted(org, { leadId: named, opportunityName: 'Delivery' });
  assert.equal(org.one('SELECT Name FROM Opportunity')['Name'], 'Delivery');
});

test('each wrong argument has its own error, and nothing is made', () => {
  const org = openTestOrg();
  const leadId = org.insert('Lead', LEAD);
  const accountId = org.insert('Account', { Name: 'A' });
  const contactId = org.insert('Contact', { LastName: 'C' });
  const cases: readonly [Partial<LeadConvert>, string][] = [
    [{ leadId: '' }, 'MISSING_ARGUMENT'],
    [{ leadId: '00Q000000000999AAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
    [{ leadId, convertedStatus: 'Open - Not Contacted' }, 'INVALID_STATUS'],
    [{ leadId, contactId }, 'MISSING_ARGUMENT'],
    [{ leadId, contactId, accountId }, 'INVALID_CROSS_REFERENCE_KEY'],
    [{ leadId, accountId: '001000000000999AAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
    [{ leadId, overwriteLeadSource: true }, 'MISSING_ARGUMENT'],
    [{ leadId, doNotCreateOpportunity: true, opportunityName: 'x' }, 'INVALID_OPERATION'],
    [{ leadId, opportunityId: '006000000000001AAA', opportunityName: 'x' }, 'INVALID_OPERATION'],
    [{ leadId, opportunityName: 'x'.repeat(81) }, 'STRING_TOO_LONG'],
    [{ leadId, ownerId: accountId }, 'INVALID_CROSS_REFERENCE_KEY'],
  ];
  for (const [request, code] of cases) assert.equal(codeOf(org, request), code, JSON.stringify(request));
  assert.equal(convert(org, { leadId }, { leadId })[1]?.errors[0]?.statusCode, 'DUPLICATE_VALUE');
  assert.throws(() => convert(org, ...Array.from({ length: 101 }, () => ({ leadId }))), { code: 'EXCEEDED_ID_LIMIT' });
});

test('a lead that a validation rule refuses stays whole, the others are converted; without enforcement it passes', () => {
  const org = openTestOrg();
  org.put('ValidationRule', 'Account.No_Bad', {
    active: true,
    errorConditionFormula: 'CONTAINS(Name, "Bad")',
    errorMessage: 'not this one',
  });
  org.org.reload();
  const good = org.insert('Lead', LEAD);
  const bad = org.insert('Lead', { ...LEAD, Company: 'Bad Inc' });
  const results = convert(org, { leadId: good }, { leadId: bad });
  assert.deepEqual(
    results.map(({ success }) => success),
    [true, false],
  );
  assert.equal(results[1]?.errors[0]?.statusCode, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
  assert.equal(results[1].errors[0].message, 'not this one');
  assert.equal(org.query('SELECT Id FROM Account').records.length, 1);
  assert.equal(org.query('SELECT Id FROM Lead WHERE IsConverted = false').records.length, 1);
  const config = org.org.metadata.get('Settings', 'LeadConfig')?.metadata;
  org.put('Settings', 'LeadConfig', { ...config, shouldLeadConvertRequireValidation: false });
  org.org.reload();
  converted(org, { leadId: bad });
});

test('custom fields go where the mapping says, a formula field with its value', () => {
  const org = openTestOrg();
  for (const name of ['Lead.Score__c', 'Contact.Lead_Score__c'])
    org.put('CustomField', name, { label: 'Score', type: 'Number', precision: 18, scale: 0 });
  org.put('CustomField', 'Lead.Double__c', {
    label: 'Double',
    type: 'Number',
    precision: 18,
    scale: 0,
    formula: 'Score__c * 2',
  });
  org.put('CustomField', 'Opportunity.Double__c', { label: 'Double', type: 'Number', precision: 18, scale: 0 });
  const mapping = (outputObject: string, inputField: string, outputField: string) => ({
    inputObject: 'Lead',
    outputObject,
    mappingFields: [{ inputField, outputField }],
  });
  org.put('LeadConvertSettings', 'LeadConvertSettings', {
    allowOwnerChange: true,
    objectMapping: [mapping('Contact', 'Score__c', 'Lead_Score__c'), mapping('Opportunity', 'Double__c', 'Double__c')],
  });
  org.org.reload();
  converted(org, { leadId: org.insert('Lead', { ...LEAD, Score__c: 21 }) });
  assert.equal(org.one('SELECT Lead_Score__c FROM Contact')['Lead_Score__c'], 21);
  assert.equal(org.one('SELECT Double__c FROM Opportunity')['Double__c'], 42);
});

test('new records get the default record type of their owner', () => {
  const org = openTestOrg();
  org.put('BusinessProcess', 'Opportunity.Sales', { isActive: true, values: [{ fullName: 'Qualification' }] });
  org.put('RecordType', 'Opportunity.Deal', { label: 'Deal', active: true, businessProcess: 'Sales' });
  org.put('Profile', 'Standard', {
    ...org.org.metadata.get('Profile', 'Standard')?.metadata,
    recordTypeVisibilities: [{ recordType: 'Opportunity.Deal', visible: true, default: true }],
  });
  org.org.reload();
  const ownerId = user(org, 'leela');
  converted(org, { leadId: org.insert('Lead', LEAD), ownerId });
  const deal = org.one('SELECT RecordType.DeveloperName, StageName FROM Opportunity');
  assert.equal(deal['StageName'], 'Qualification');
  assert.equal((deal['RecordType'] as { values: Values }).values['DeveloperName'], 'Deal');
});

test('campaign members and tasks go with the contact', () => {
  const org = openTestOrg();
  const ownerId = user(org, 'leela');
  const older = org.insert('Campaign', { Name: 'Older' });
  const newer = org.insert('Campaign', { Name: 'Newer' });
  const accountId = org.insert('Account', { Name: 'PX' });
  const contactId = org.insert('Contact', { LastName: 'Fry', AccountId: accountId });
  const leadId = org.insert('Lead', LEAD);
  org.insert('CampaignMember', { CampaignId: older, LeadId: leadId, Status: 'Responded' });
  org.insert('CampaignMember', { CampaignId: newer, LeadId: leadId });
  org.insert('CampaignMember', { CampaignId: older, ContactId: contactId });
  const open = org.insert('Task', { Subject: 'Call', WhoId: leadId });
  const closed = org.insert('Task', { Subject: 'Done', WhoId: leadId, Status: 'Completed' });
  const result = converted(org, { leadId, accountId, contactId, ownerId });
  assert.equal(org.one('SELECT CampaignId FROM Opportunity')['CampaignId'], newer);
  const members = org.query('SELECT CampaignId, ContactId, Status FROM CampaignMember ORDER BY Campaign.Name DESC');
  assert.deepEqual(
    members.records.map(({ values }) => Object.values(values)),
    [
      [older, contactId, 'Responded'],
      [newer, contactId, 'Sent'],
    ],
  );
  const tasks = org.query('SELECT Id, WhoId, WhatId, OwnerId FROM Task ORDER BY Subject');
  assert.deepEqual(
    tasks.records.map(({ values }) => Object.values(values)),
    [
      [open, contactId, result.opportunityId, ownerId],
      [closed, contactId, result.opportunityId, org.user.id],
    ],
  );
});

test('active duplicate rules are refused by name, unless they do not matter', () => {
  const org = openTestOrg();
  org.put('DuplicateRule', 'Account.Same_Name', { isActive: true, masterLabel: 'Same Name' });
  org.org.reload();
  const leadId = org.insert('Lead', LEAD);
  const [refused] = convert(org, { leadId });
  assert.match(refused?.errors[0]?.message ?? '', /Account\.Same_Name/);
  const accountId = org.insert('Account', { Name: 'PX' });
  converted(org, { leadId, accountId });
});

test('100 leads at once', () => {
  const org = openTestOrg();
  const leads = org.save(
    'insert',
    'Lead',
    Array.from({ length: 100 }, (_, n) => ({ LastName: `L${n}`, Company: `C${n % 50}` })),
  );
  const results = convert(org, ...leads.map(({ id }) => ({ leadId: id ?? '' })));
  assert.equal(results.filter(({ success }) => success).length, 100);
  assert.equal(org.query('SELECT Id FROM OpportunityContactRole WHERE IsPrimary = true').records.length, 100);
});
