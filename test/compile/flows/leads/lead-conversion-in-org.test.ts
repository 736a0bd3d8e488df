/** Leads becoming contacts and members of buying groups: one, 200 at once, and those that the org refuses. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  FIELD,
  FLOW,
  LEAD_CONVERSION_PERMISSION_SET,
  LEAD_FIELD,
  MEMBER_FIELD,
} from '../../../../scripts/compile/names.ts';
import type { Leads, Waterfall } from '../../../../scripts/model/waterfall.ts';
import type { OrgRecord } from '../../../../scripts/org/types.ts';
import { defaultModel } from '../default-model.ts';
import { budgetOf, openLeadOrg } from './lead-org.ts';
import type { LeadOrg } from './lead-org.ts';

/** Acquisitions and leads alone: nothing that a won or handed-over opportunity does. */
const leadModel = (standard: Waterfall, change: Partial<Leads> = {}): Waterfall => ({
  ...standard,
  opportunityTypes: standard.opportunityTypes.slice(0, 1),
  handshakes: [],
  closedWon: [],
  lostRenewal: null,
  leads: { ...standard.leads!, ...change },
});

const LOST = { StageName: 'Closed Lost', [FIELD.stageReason]: 'Price' };

const STATE = `Id, IsConverted, ConvertedContactId, ConvertedAccountId, ConvertedOpportunityId, Status, ${LEAD_FIELD.matchStatus}, ${LEAD_FIELD.conversionProblem}`;
const stateOf = (leads: LeadOrg, id: string) => leads.one(`SELECT ${STATE} FROM Lead WHERE Id = '${id}'`);

const membersOf = (leads: LeadOrg, account: string) =>
  leads.query(
    `SELECT ContactId, OpportunityId, ${MEMBER_FIELD.source}, ${MEMBER_FIELD.status}, ${MEMBER_FIELD.lastEngagementAt} FROM OpportunityContactRole WHERE Opportunity.AccountId = '${account}'`,
  );

describe('lead conversion on arrival in a local org', () => {
  let leads: LeadOrg;
  let number = 0;
  before(async () => (leads = await openLeadOrg(leadModel(await defaultModel()))));
  after(() => leads.close());

  const account = (): Promise<string> =>
    leads.create('Account', { Name: `Account ${String(++number)}`, Website: `a${String(number)}.example` });
  const email = (name: string): string => `${name}@a${String(number)}.example`;
  const lead = async (record: OrgRecord): Promise<string> => {
    const id = await leads.create('Lead', { LastName: 'Doe', Company: 'x', ...record });
    leads.settle();
    return id;
  };

  it('makes a contact of the account, and brings it to the opportunity for the solution with its campaign', async () => {
    const target = await account();
    const campaign = await leads.create('Campaign', { Name: 'Webinar', IsActive: true });
    const id = await leads.create('Lead', {
      LastName: 'Doe',
      Company: 'x',
      Title: 'Chief Executive Officer',
      [LEAD_FIELD.solution]: 'Analytics',
    });
    await leads.create('CampaignMember', { CampaignId: campaign, LeadId: id, Status: 'Responded' });
    await leads.update('Lead', { Id: id, Email: email('jane') });
    leads.settle();
    const state = await stateOf(leads, id);
    assert.equal(state.IsConverted, true);
    assert.equal(state.ConvertedAccountId, target);
    assert.equal(state.ConvertedOpportunityId, null);
    assert.equal(state[LEAD_FIELD.matchStatus], 'Converted');
    assert.equal(state[LEAD_FIELD.conversionProblem], null);
    const [member, ...more] = await membersOf(leads, target);
    assert.equal(more.length, 0);
    assert.equal(member!.ContactId, state.ConvertedContactId);
    assert.equal(member![MEMBER_FIELD.source], 'Inbound');
    const opportunity = await leads.one(
      `SELECT ${FIELD.solution}, CampaignId FROM Opportunity WHERE Id = '${String(member!.OpportunityId)}'`,
    );
    assert.deepEqual(opportunity, { [FIELD.solution]: 'Analytics', CampaignId: campaign });
    const [task] = await leads.query(`SELECT Id FROM Task WHERE WhoId = '${String(state.ConvertedContactId)}'`);
    assert.equal(task, undefined);
  });

  it('reuses the contact with the same e-mail of that account, and only of that one', async () => {
    const elsewhere = await account();
    const target = await account();
    const address = email('same');
    const [there, here] = await leads.createAll('Contact', [
      { LastName: 'Doe', Email: address.toUpperCase(), AccountId: elsewhere },
      { LastName: 'Doe', Email: address, AccountId: target },
    ]);
    const id = await lead({ Email: address, [LEAD_FIELD.matchedAccount]: target });
    assert.equal((await stateOf(leads, id)).ConvertedContactId, here);
    assert.notEqual(there, here);
    assert.equal((await leads.query(`SELECT Id FROM Contact WHERE AccountId = '${target}'`)).length, 1);
  });

  it('makes one contact and one member of several leads of one person', async () => {
    const target = await account();
    const address = email('twin');
    const ids = await leads.createAll(
      'Lead',
      Array.from({ length: 30 }, (_, n) => ({
        LastName: `Twin${String(n)}`,
        Company: 'x',
        Email: n % 2 === 0 ? address : address.toUpperCase(),
        [LEAD_FIELD.solution]: 'Automation',
      })),
    );
    leads.settle();
    const states = await Promise.all(ids.map((id) => stateOf(leads, id)));
    assert.ok(states.every(({ IsConverted }) => IsConverted === true));
    assert.equal(new Set(states.map(({ ConvertedContactId }) => ConvertedContactId)).size, 1);
    assert.equal((await membersOf(leads, target)).length, 1);
  });

  it('has a lead join later whose person has another lead, which came after it and was converted before it', async () => {
    const target = await account();
    const wants = { [LEAD_FIELD.solution]: 'Automation' };
    const first = await lead(wants);
    const second = await lead({ ...wants, Email: email('person') });
    const [before, ...more] = await membersOf(leads, target);
    assert.equal(more.length, 0);
    await leads.update('Opportunity', { Id: String(before!.OpportunityId), ...LOST });
    leads.later();
    await leads.update('Lead', { Id: first, Email: email('person') });
    leads.settle();
    const [one, other] = [await stateOf(leads, first), await stateOf(leads, second)];
    assert.ok(first < second);
    assert.deepEqual([one.IsConverted, one.ConvertedContactId], [true, other.ConvertedContactId]);
    const opportunities = (await membersOf(leads, target)).map(({ OpportunityId }) => OpportunityId);
    assert.equal(new Set(opportunities).size, 2, 'the lost one, and one that is open');
  });

  it('leaves a lead that a rule of the org refuses, says why, and tries again when it changes', async () => {
    const target = await account();
    await leads.deployRule('Contact', 'ISBLANK(Phone)', true, 'A phone number, please.');
    const id = await lead({ Email: email('rule') });
    const refused = await stateOf(leads, id);
    assert.equal(refused.IsConverted, false);
    assert.equal(refused[LEAD_FIELD.matchStatus], 'Not Converted');
    assert.match(
      String(refused[LEAD_FIELD.conversionProblem]),
      /FIELD_CUSTOM_VALIDATION_EXCEPTION: A phone number, please\./,
    );

    leads.later();
    await leads.update('Lead', { Id: id, Title: 'CEO' });
    leads.settle();
    assert.equal((await stateOf(leads, id)).IsConverted, false);
    leads.later();
    await leads.update('Lead', { Id: id, Phone: '+49 30 1' });
    leads.settle();
    const converted = await stateOf(leads, id);
    assert.equal(converted.IsConverted, true);
    assert.equal(converted.ConvertedAccountId, target);
    assert.equal(converted[LEAD_FIELD.matchStatus], 'Converted');
    await leads.deployRule('Contact', 'FALSE', false, 'A phone number, please.');
    assert.equal(converted[LEAD_FIELD.conversionProblem], null);
  });

  it('says while a refused lead is tried again that it is matched, and that it was refused for the same reason once more', async () => {
    await account();
    await leads.deployRule('Contact', 'ISBLANK(Phone)', true, 'A phone number, please.');
    const id = await lead({ Email: email('again') });
    const refused = await stateOf(leads, id);
    leads.later();
    await leads.update('Lead', { Id: id, Title: 'CEO' });
    const waiting = await stateOf(leads, id);
    assert.deepEqual([waiting[LEAD_FIELD.matchStatus], waiting[LEAD_FIELD.conversionProblem]], ['Matched', null]);
    await leads.update('Lead', { Id: id, Title: 'CFO' });
    leads.settle();
    await leads.deployRule('Contact', 'FALSE', false, 'A phone number, please.');
    assert.deepEqual(await stateOf(leads, id), refused);
  });

  // The change of the company brings the lead into the flow whatever else the save changes.
  it('takes a save that itself says whether and why the lead could not be converted for no correction', async () => {
    const target = await account();
    const parked = await lead({ LastName: 'Parked' });
    await leads.deployRule('Contact', 'ISBLANK(Phone)', true, 'A phone number, please.');
    const id = await lead({ Email: email('note') });
    leads.later();
    await leads.update('Lead', {
      Id: id,
      Company: 'y',
      [LEAD_FIELD.conversionProblem]: 'Ask for the phone number.',
    });
    // As an import or the org's own automation may: it has its account and is not to become a contact.
    await leads.update('Lead', {
      Id: parked,
      Company: 'y',
      [LEAD_FIELD.matchedAccount]: target,
      [LEAD_FIELD.matchStatus]: 'Not Converted',
    });
    leads.settle();
    await leads.deployRule('Contact', 'FALSE', false, 'A phone number, please.');
    const noted = await stateOf(leads, id);
    assert.deepEqual(
      [noted[LEAD_FIELD.matchStatus], noted[LEAD_FIELD.conversionProblem]],
      ['Not Converted', 'Ask for the phone number.'],
    );
    const left = await stateOf(leads, parked);
    assert.deepEqual([left[LEAD_FIELD.matchStatus], left[LEAD_FIELD.conversionProblem]], ['Not Converted', null]);
  });

  it('tries a refused lead again with another account', async () => {
    const first = await account();
    const id = await leads.create('Lead', { LastName: 'Doe', Company: 'x', Email: email('other') });
    await leads.deployRule('Contact', 'BEGINS(Account.Website, "a")', true, 'Not there.');
    leads.settle();
    assert.equal((await stateOf(leads, id))[LEAD_FIELD.matchStatus], 'Not Converted');
    const other = await leads.create('Account', { Name: 'Another one', Website: 'other.example' });
    await leads.update('Lead', { Id: id, [LEAD_FIELD.matchedAccount]: other });
    leads.settle();
    await leads.deployRule('Contact', 'FALSE', false, 'Not there.');
    const converted = await stateOf(leads, id);
    assert.deepEqual([converted.IsConverted, converted.ConvertedAccountId], [true, other]);
    assert.notEqual(first, other);
  });

  it('converts into the account that the lead has when its turn comes, once', async () => {
    const [before, after] = [await account(), await account()];
    const id = await leads.create('Lead', { LastName: 'Doe', Company: 'x', [LEAD_FIELD.matchedAccount]: before });
    await leads.update('Lead', { Id: id, [LEAD_FIELD.matchedAccount]: after });
    await leads.update('Lead', { Id: id, [LEAD_FIELD.matchedAccount]: null });
    await leads.update('Lead', { Id: id, [LEAD_FIELD.matchedAccount]: after });
    leads.settle();
    const state = await stateOf(leads, id);
    assert.deepEqual([state.IsConverted, state.ConvertedAccountId], [true, after]);
    assert.equal((await leads.query(`SELECT Id FROM Contact WHERE AccountId = '${after}'`)).length, 1);
  });

  it('asks the org once for a lead that it refuses, however often its account was chosen meanwhile', async () => {
    const target = await account();
    await leads.deployRule('Contact', 'ISBLANK(Phone)', true, 'A phone number, please.');
    const id = await leads.create('Lead', { LastName: 'Doe', Company: 'x', [LEAD_FIELD.matchedAccount]: target });
    await leads.update('Lead', { Id: id, [LEAD_FIELD.matchedAccount]: null });
    await leads.update('Lead', { Id: id, [LEAD_FIELD.matchedAccount]: target });
    leads.settle();
    await leads.deployRule('Contact', 'FALSE', false, 'A phone number, please.');
    assert.equal((await stateOf(leads, id))[LEAD_FIELD.matchStatus], 'Not Converted');
    const [second, first] = leads
      .pathsOf(FLOW.leadConversion, 2)
      .map((run) => run.entries.map(({ detail }) => detail).join(' '));
    assert.match(first!, /Refused/);
    assert.doesNotMatch(second!, /Refused/);
  });

  it('needs the permission set of lead conversions, and says so', async () => {
    await account();
    const profile = await leads.one("SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'");
    const user = await leads.create('User', {
      Username: 'platform@leads.example',
      LastName: 'Platform',
      Alias: 'platform',
      Email: 'platform@leads.example',
      ProfileId: String(profile.Id),
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      DigestFrequency: 'N',
      DefaultGroupNotificationFrequency: 'N',
      IsActive: true,
    });
    const { org } = leads.running;
    const save = (operation: 'insert' | 'update', record: OrgRecord): string =>
      org.transact(org.user(user), (tx) => {
        const [saved] = tx.save({ operation, object: 'Lead', records: [record], allOrNone: true });
        return saved!.id!;
      });
    const id = save('insert', { LastName: 'Doe', Company: 'x', Email: email('platform') });
    leads.settle();
    assert.match(String((await stateOf(leads, id))[LEAD_FIELD.conversionProblem]), /Convert Leads/);
    const set = await leads.one(`SELECT Id FROM PermissionSet WHERE Name = '${LEAD_CONVERSION_PERMISSION_SET}'`);
    await leads.create('PermissionSetAssignment', { AssigneeId: user, PermissionSetId: String(set.Id) });
    leads.later();
    save('update', { Id: id, Title: 'CEO' });
    leads.settle();
    assert.equal((await stateOf(leads, id)).IsConverted, true);
  });

  it('gives a lead of a queue to the owner of the account', async () => {
    const queue = await leads.create('Group', { Name: 'Leads', DeveloperName: 'Leads_Queue', Type: 'Queue' });
    await leads.create('QueueSobject', { QueueId: queue, SobjectType: 'Lead' });
    const target = await account();
    const id = await lead({ Email: email('queue'), OwnerId: queue });
    const state = await stateOf(leads, id);
    assert.equal(state.IsConverted, true, String(state[LEAD_FIELD.conversionProblem]));
    const contact = await leads.one(
      `SELECT OwnerId, AccountId FROM Contact WHERE Id = '${String(state.ConvertedContactId)}'`,
    );
    assert.deepEqual(contact, { OwnerId: leads.org.identity.userId, AccountId: target });
  });

  it('converts 200 leads at once, half a hundred of whom the org refuses, and loses and doubles nobody', async () => {
    const accounts = await leads.createAll(
      'Account',
      Array.from({ length: 20 }, (_, n) => ({ Name: `Many ${String(n)}`, Website: `many${String(n)}.example` })),
    );
    await leads.deployRule('Contact', 'BEGINS(LastName, "Refused")', true, 'Nobody of that name.');
    const started = performance.now();
    const ids = await leads.createAll(
      'Lead',
      Array.from({ length: 200 }, (_, n) => ({
        LastName: n % 4 === 3 ? `Refused${String(n)}` : `Many${String(n)}`,
        Company: 'x',
        Email: `p${String(n)}@many${String(n % 20)}.example`,
        [LEAD_FIELD.solution]: n % 2 === 0 ? 'Analytics' : 'Core Platform',
      })),
    );
    leads.settle();
    const seconds = (performance.now() - started) / 1000;
    await leads.deployRule('Contact', 'FALSE', false, 'Nobody of that name.');
    const rows = await leads.query(`SELECT ${STATE} FROM Lead WHERE Company = 'x' AND Email LIKE 'p%@many%'`);
    assert.equal(rows.length, ids.length);
    const refused = rows.filter(({ IsConverted }) => IsConverted !== true);
    assert.equal(refused.length, 50);
    assert.ok(refused.every((row) => String(row[LEAD_FIELD.conversionProblem]).includes('Nobody of that name')));
    const contacts = await leads.query("SELECT Id FROM Contact WHERE Email LIKE 'p%@many%'");
    assert.equal(contacts.length, 150);
    const members = (await Promise.all(accounts.map((id) => membersOf(leads, id)))).flat();
    assert.equal(members.length, 150);
    assert.equal(new Set(members.map(({ ContactId }) => ContactId)).size, 150);
    const opportunities = await leads.query("SELECT Id FROM Opportunity WHERE Account.Name LIKE 'Many %'");
    // A quarter of the accounts has none but refused leads; the others have one opportunity for all of theirs.
    assert.equal(opportunities.length, 15);
    assert.ok(seconds < 20, `${seconds.toFixed(1)} s`);

    const [conversion] = leads.conversions(1);
    const { queries, dml } = budgetOf(conversion!);
    assert.ok(queries <= 6 && dml <= 4, `${String(queries)} queries, ${String(dml)} DML`);
  });
});

describe('lead conversion on a status in a local org', () => {
  let leads: LeadOrg;
  before(async () => {
    const statuses = ['Open', 'MQL', 'SQL'].map((name) => ({
      name,
      converted: name === 'SQL',
      source: 'leads.statuses',
    }));
    leads = await openLeadOrg(
      leadModel(await defaultModel(), { convert: { when: 'status', status: 'MQL' }, statuses }),
    );
  });
  after(() => leads.close());

  it('waits for the status and for the account, whichever comes last', async () => {
    await leads.create('Account', { Name: 'Status', Website: 'status.example' });
    const matched = await leads.create('Lead', {
      LastName: 'A',
      Company: 'x',
      Email: 'a@status.example',
      Status: 'Open',
    });
    const reached = await leads.create('Lead', { LastName: 'B', Company: 'x', Status: 'MQL' });
    leads.settle();
    assert.deepEqual(
      [(await stateOf(leads, matched)).IsConverted, (await stateOf(leads, reached)).IsConverted],
      [false, false],
    );
    await leads.update('Lead', { Id: matched, Status: 'MQL' });
    await leads.update('Lead', { Id: reached, Email: 'b@status.example' });
    leads.settle();
    for (const id of [matched, reached]) {
      const state = await stateOf(leads, id);
      assert.deepEqual([state.IsConverted, state.Status], [true, 'SQL'], String(state[LEAD_FIELD.conversionProblem]));
    }
  });
});
