/** What becomes of a response: one at a time, 200 at once, again, and when the org refuses something. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BYPASS_PERMISSION_SET, FIELD } from '../../../../scripts/compile/names.ts';
import { ownRule } from '../org-lab.ts';
import { openSignalLab } from './signal-lab.ts';
import type { SignalLab } from './signal-lab.ts';

describe('a response of a contact', () => {
  let lab: SignalLab;
  before(async () => {
    lab = await openSignalLab();
  });
  after(() => lab.close());

  it('opens an opportunity at the creation stage, with the person as potential member', async () => {
    const account = lab.account();
    const person = lab.contact(account, { Title: 'Managing Director, EMEA' });
    const campaign = lab.campaign('Analytics');
    lab.respond([campaign, person]);
    const opportunity = lab.only(await lab.opportunities(account));
    const today = lab.local.clock.now();
    const closes = new Date(today.getTime() + 180 * 86_400_000).toISOString().slice(0, 10);
    assert.equal(opportunity.Name, 'Acme Acquisition Analytics');
    assert.equal(opportunity.StageName, 'Targeted');
    assert.equal(opportunity.Type, 'New Business');
    assert.deepEqual((opportunity.RecordType as { DeveloperName: string }).DeveloperName, 'Acquisition');
    assert.equal(opportunity.CloseDate, closes);
    assert.equal(opportunity.OwnerId, lab.userId);
    assert.equal(opportunity.CampaignId, campaign);
    assert.equal(opportunity[FIELD.solution], 'Analytics');
    assert.equal(opportunity[FIELD.openKey], `${account}:Analytics`);
    assert.equal(opportunity[FIELD.signalCount], 1);
    assert.equal(opportunity[FIELD.groupSize], 1);
    const member = lab.only(await lab.members(opportunity.Id));
    assert.equal(member.ContactId, person);
    assert.equal(member.Role, 'Decision Maker');
    assert.equal(member.Member_Status__c, 'Potential');
    assert.equal(member.Member_Source__c, 'Inbound');
    assert.equal(opportunity[FIELD.lastSignalAt], member.Last_Engagement_At__c);
  });

  it('counts when the status becomes one of a response, and only then', async () => {
    const account = lab.account();
    const person = lab.contact(account);
    const campaign = lab.campaign('Analytics');
    const [member] = lab.create('CampaignMember', [{ CampaignId: campaign, ContactId: person, Status: 'Sent' }]);
    assert.deepEqual(await lab.opportunities(account), []);
    lab.update('CampaignMember', [{ Id: member!, Status: 'Responded' }]);
    const opportunity = lab.only(await lab.opportunities(account));
    assert.equal(lab.only(await lab.members(opportunity.Id)).Role, null);
    lab.update('CampaignMember', [{ Id: member!, Status: 'Responded' }]);
    assert.equal(lab.only(await lab.opportunities(account))[FIELD.signalCount], 1);
  });

  it('joins the open opportunity that was changed last, of whatever type, and links the campaign if it has none', async () => {
    const account = lab.account();
    const [older, newer] = lab.create(
      'Opportunity',
      ['Older', 'Newer'].map((Name) => ({
        Name,
        AccountId: account,
        StageName: 'Renewal Scheduled',
        CloseDate: '2027-01-31',
        [FIELD.solution]: 'Analytics',
      })),
    );
    lab.local.clock.moveTo(new Date(lab.local.clock.now().getTime() + 60_000));
    lab.update('Opportunity', [{ Id: older!, NextStep: 'Call' }]);
    const first = lab.campaign('Analytics', 'First');
    const second = lab.campaign('Analytics', 'Second');
    const person = lab.contact(account);
    lab.respond([first, person]);
    lab.local.clock.moveTo(new Date(lab.local.clock.now().getTime() + 60_000));
    lab.respond([second, person]);
    const rows = await lab.opportunities(account);
    assert.equal(rows.length, 2);
    const joined = rows.find(({ Id }) => Id === older)!;
    assert.equal(joined.CampaignId, first);
    assert.equal(joined[FIELD.signalCount], 2);
    assert.equal(joined[FIELD.openKey], null);
    const member = lab.only(await lab.members(older));
    assert.equal(member.Signal_Count__c, 2);
    assert.equal(joined[FIELD.lastSignalAt], member.Last_Engagement_At__c);
    assert.deepEqual(await lab.members(newer), []);
  });

  it('counts two responses of one second both', async () => {
    const account = lab.account();
    const person = lab.contact(account);
    lab.local.clock.moveTo(new Date('2027-03-01T10:00:00.100Z'));
    lab.respond([lab.campaign('Analytics', 'One'), person]);
    lab.local.clock.moveTo(new Date('2027-03-01T10:00:00.900Z'));
    lab.respond([lab.campaign('Analytics', 'Two'), person]);
    assert.equal(lab.only(await lab.opportunities(account))[FIELD.signalCount], 2);
  });

  it('counts what responded before and is saved again in the same second as another', async () => {
    const account = lab.account();
    const person = lab.contact(account);
    const [low, high] = lab.create(
      'CampaignMember',
      ['Low', 'High'].map((name) => ({
        CampaignId: lab.campaign('Analytics', name),
        ContactId: person,
        Status: 'Sent',
      })),
    );
    lab.local.clock.moveTo(new Date('2027-03-01T11:00:00.100Z'));
    lab.update('CampaignMember', [{ Id: high!, Status: 'Responded' }]);
    lab.update('CampaignMember', [{ Id: low!, Status: 'Responded' }]);
    assert.equal(lab.only(await lab.opportunities(account))[FIELD.signalCount], 2);
  });

  it('makes three opportunities of three solutions of interest', async () => {
    const account = lab.account();
    const person = lab.contact(account);
    lab.respond(
      [lab.campaign('Analytics'), person],
      [lab.campaign('Automation'), person],
      [lab.campaign('Core Platform'), person],
    );
    const rows = await lab.opportunities(account);
    assert.deepEqual(rows.map((row) => row[FIELD.solution]).toSorted(), ['Analytics', 'Automation', 'Core Platform']);
    for (const row of rows) assert.equal((await lab.members(row.Id)).length, 1);
  });

  it('is an upsell of what the account has won, a cross-sell of something else', async () => {
    const account = lab.account('Customer');
    await lab.win(account, 'Analytics');
    // The renewal that the win creates is about the solution, too, and would be joined.
    const renewals = (await lab.opportunities(account)).filter(({ Type }) => Type === 'Renewal');
    lab.remove(
      'Opportunity',
      renewals.map(({ Id }) => String(Id)),
    );
    const person = lab.contact(account);
    lab.respond([lab.campaign('Analytics'), person], [lab.campaign('Automation'), person]);
    const open = (await lab.opportunities(account)).filter(({ IsClosed }) => IsClosed === false);
    assert.deepEqual(
      open.map((row) => [row[FIELD.solution], row.Type, row.StageName, row.Name]),
      [
        ['Analytics', 'Upsell', 'Upsell Identified', 'Customer Upsell Analytics'],
        ['Automation', 'Cross Sell', 'Cross Sell Identified', 'Customer Cross Sell Automation'],
      ],
    );
  });

  it('loses no signal of before the person joined', async () => {
    const account = lab.account();
    const person = lab.contact(null);
    lab.respond([lab.campaign('Analytics', 'Early'), person], [lab.campaign('Analytics', 'Too'), person]);
    assert.deepEqual(await lab.opportunities(account), []);
    lab.update('Contact', [{ Id: person, AccountId: account }]);
    lab.respond([lab.campaign('Analytics', 'Late'), person]);
    const opportunity = lab.only(await lab.opportunities(account));
    assert.equal(opportunity[FIELD.signalCount], 3);
  });

  it('does nothing for a campaign without a solution, a contact without an account, or a lead', async () => {
    const account = lab.account();
    const before = (await lab.tasks()).length;
    lab.respond([lab.campaign(null), lab.contact(account)], [lab.campaign('Analytics'), lab.contact(null)]);
    const lead = lab.createOne('Lead', { LastName: 'Roe', Company: 'Acme' });
    lab.create('CampaignMember', [{ CampaignId: lab.campaign('Analytics'), LeadId: lead, Status: 'Responded' }]);
    assert.deepEqual(await lab.opportunities(account), []);
    assert.equal((await lab.tasks()).length, before);
  });

  it('opens a new opportunity when the last one is closed, and reopening that one is never refused', async () => {
    const account = lab.account();
    const person = lab.contact(account);
    lab.respond([lab.campaign('Analytics'), person]);
    const first = lab.only(await lab.opportunities(account));
    lab.update('Opportunity', [{ Id: String(first.Id), StageName: 'Disqualified', Stage_Reason__c: 'No need' }]);
    assert.equal(lab.only(await lab.opportunities(account))[FIELD.openKey], null);
    lab.respond([lab.campaign('Analytics'), person]);
    const open = (await lab.opportunities(account)).filter(({ IsClosed }) => IsClosed === false);
    const second = lab.only(open);
    assert.notEqual(second.Id, first.Id);
    lab.update('Opportunity', [{ Id: String(first.Id), StageName: 'Engaged' }]);
    const both = await lab.opportunities(account);
    assert.deepEqual(both.map((row) => row[FIELD.openKey]).toSorted(), [null, `${account}:Analytics`].toSorted());
  });

  it('gives the key back when the opportunity turns to another solution', async () => {
    const account = lab.account();
    const person = lab.contact(account);
    lab.respond([lab.campaign('Analytics'), person]);
    const first = lab.only(await lab.opportunities(account));
    lab.update('Opportunity', [{ Id: String(first.Id), [FIELD.solution]: 'Automation' }]);
    assert.equal(lab.only(await lab.opportunities(account))[FIELD.openKey], null);
    lab.respond([lab.campaign('Analytics'), person]);
    assert.equal((await lab.opportunities(account)).length, 2);
  });

  it('does not carry the key into a copy', async () => {
    const account = lab.account();
    lab.respond([lab.campaign('Analytics'), lab.contact(account)]);
    const { Id } = lab.only(await lab.opportunities(account));
    const fields =
      'Name, AccountId, StageName, CloseDate, RecordTypeId, Open_Opportunity_Key__c, Stage_Stamped_At__c, Solution__c';
    const [original] = await lab.query(`SELECT ${fields} FROM Opportunity WHERE Id = '${String(Id)}'`);
    lab.createOne('Opportunity', original as Record<string, string>);
    const keys = (await lab.opportunities(account)).map((row) => row[FIELD.openKey]);
    assert.deepEqual(keys.toSorted(), [null, `${account}:Analytics`].toSorted());
  });

  it('goes to the owner of the account, or to whoever is saving where that user is inactive', async () => {
    const owner = await lab.createUser('keeper');
    const account = lab.account('Kept', { OwnerId: owner });
    lab.respond([lab.campaign('Analytics'), lab.contact(account)]);
    assert.equal(lab.only(await lab.opportunities(account)).OwnerId, owner);
    lab.update('User', [{ Id: owner, IsActive: false }]);
    lab.respond([lab.campaign('Automation'), lab.contact(account)]);
    const owners = (await lab.opportunities(account)).map(({ OwnerId }) => OwnerId);
    assert.deepEqual(owners.toSorted(), [owner, lab.userId].toSorted());
  });

  it('lets the response stand when the org refuses the opportunity, and tells RevOps why', async () => {
    await ownRule(lab, 'ISPICKVAL(Solution__c, "Services")', 'Services are not sold.');
    const account = lab.account('Refused');
    const person = lab.contact(account);
    const before = (await lab.tasks()).length;
    const [response] = lab.respond([lab.campaign('Services', 'Care'), person]);
    assert.ok(response);
    assert.deepEqual(await lab.opportunities(account), []);
    const told = (await lab.tasks()).slice(before);
    const task = lab.only(told);
    assert.equal(task.Subject, 'Response not taken up: Doe, Care');
    assert.match(String(task.Description), /Services are not sold\./);
    assert.equal(task.WhoId, person);
    await ownRule(lab, 'FALSE', 'none', false);
    // What RevOps is told to do: set it back and again.
    lab.update('CampaignMember', [{ Id: response, Status: 'Sent' }]);
    lab.update('CampaignMember', [{ Id: response, Status: 'Responded' }]);
    assert.equal(lab.only(await lab.opportunities(account))[FIELD.signalCount], 1);
  });

  it('names the closed opportunity that kept its key, until that is saved once more', async () => {
    const account = lab.account('Migrated');
    const person = lab.contact(account);
    lab.respond([lab.campaign('Analytics'), person]);
    const first = lab.only(await lab.opportunities(account));
    // Closed by a migration that has the automation turned off.
    const bypass = lab.only(await lab.query(`SELECT Id FROM PermissionSet WHERE Name = '${BYPASS_PERMISSION_SET}'`));
    const assigned = lab.createOne('PermissionSetAssignment', {
      AssigneeId: lab.userId,
      PermissionSetId: String(bypass.Id),
    });
    lab.update('Opportunity', [{ Id: String(first.Id), StageName: 'Closed Lost' }]);
    lab.remove('PermissionSetAssignment', [assigned]);
    const before = (await lab.tasks()).length;
    const [response] = lab.respond([lab.campaign('Analytics', 'Refused'), person]);
    const task = lab.only((await lab.tasks()).slice(before));
    assert.match(String(task.Description), new RegExp(`DUPLICATE_VALUE[^]*${String(first.Id).slice(0, 15)}`));
    lab.update('Opportunity', [{ Id: String(first.Id), NextStep: 'Put right', Stage_Reason__c: 'Price' }]);
    lab.update('CampaignMember', [{ Id: response!, Status: 'Sent' }]);
    lab.update('CampaignMember', [{ Id: response!, Status: 'Responded' }]);
    const open = (await lab.opportunities(account)).filter(({ IsClosed }) => IsClosed === false);
    assert.equal(lab.only(open)[FIELD.signalCount], 2);
  });

  it('takes a key that says something else than the opportunity away with the next save', async () => {
    const account = lab.account('Stale');
    const id = lab.createOne('Opportunity', {
      Name: 'Open',
      AccountId: account,
      StageName: 'Targeted',
      CloseDate: '2027-01-31',
      [FIELD.solution]: 'Automation',
      [FIELD.openKey]: `${account}:Automation`,
    });
    assert.equal(lab.only(await lab.opportunities(account))[FIELD.openKey], `${account}:Automation`);
    lab.update('Opportunity', [{ Id: id, [FIELD.solution]: null }]);
    assert.equal(lab.only(await lab.opportunities(account))[FIELD.openKey], null);
  });
});
