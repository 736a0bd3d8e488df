/** 200 responses at once: what comes out of them, twice over, and what they cost. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compileFlows } from '../../../../scripts/compile/flows/index.ts';
import { FLOW_BUDGET, flowCost } from '../../../../scripts/compile/flows/flow-cost.ts';
import { FIELD, FLOW } from '../../../../scripts/compile/names.ts';
import { defaultModel } from '../default-model.ts';
import { ownRule, within } from '../org-lab.ts';
import type { Used } from '../org-lab.ts';
import { openSignalLab } from './signal-lab.ts';
import type { SignalLab } from './signal-lab.ts';

const BATCH = 200;
const SOLUTIONS = ['Analytics', 'Automation', 'Core Platform'] as const;
const batch = Array.from({ length: BATCH }, (_, index) => index);

/** Half of what a transaction may use (Apex Developer Guide, "Per-Transaction Apex Limits"), member flows and counting included. */
const HALF = { queries: 50, dmlStatements: 75 } as const;

describe('200 responses at once', () => {
  let lab: SignalLab;
  before(async () => {
    lab = await openSignalLab();
  });
  after(() => lab.close());

  const respond = (pairs: readonly (readonly [string, string])[]): Used =>
    lab.used((tx) => {
      const saved = tx.save({
        operation: 'insert',
        object: 'CampaignMember',
        records: lab.responses(pairs),
        allOrNone: true,
      });
      for (const { errors } of saved) assert.deepEqual(errors, []);
    });
  const count = async (from: string): Promise<number> => (await lab.query(`SELECT Id FROM ${from}`)).length;
  const people = (accounts: readonly string[], name: string): readonly string[] =>
    lab.create(
      'Contact',
      batch.map((index) => ({ LastName: `${name} ${String(index)}`, AccountId: accounts[index % accounts.length]! })),
    );
  const accountsNamed = (name: string): readonly string[] =>
    lab.create(
      'Account',
      batch.map((index) => ({ Name: `${name} ${String(index)}` })),
    );

  it('opens 200 opportunities at 200 accounts, and none with the same batch again', async () => {
    const accounts = accountsNamed('Fresh');
    const contacts = people(accounts, 'Fresh');
    const first = lab.campaign('Analytics', 'Fresh 1');
    const used = respond(contacts.map((contact) => [first, contact]));
    const open = `Opportunity WHERE Account.Name LIKE 'Fresh %'`;
    assert.equal(await count(open), BATCH);
    assert.equal(await count(`OpportunityContactRole WHERE Opportunity.Account.Name LIKE 'Fresh %'`), BATCH);
    assert.equal(await count(`${open} AND ${FIELD.signalCount} = 1`), BATCH);
    within(used, HALF);

    const second = lab.campaign('Analytics', 'Fresh 2');
    within(respond(contacts.map((contact) => [second, contact])), HALF);
    assert.equal(await count(open), BATCH);
    assert.equal(await count(`OpportunityContactRole WHERE Opportunity.Account.Name LIKE 'Fresh %'`), BATCH);
    assert.equal(await count(`${open} AND ${FIELD.signalCount} = 2 AND CampaignId = '${first}'`), BATCH);
    assert.equal(await count("Task WHERE Subject LIKE 'Response not taken up%'"), 0);
  });

  it('makes three opportunities of 200 people of one account and three solutions', async () => {
    const account = lab.account('Crowded');
    const contacts = people([account], 'Crowd');
    const campaigns = SOLUTIONS.map((name) => lab.campaign(name, `Crowd ${name}`));
    const used = respond(contacts.map((contact, index) => [campaigns[index % campaigns.length]!, contact]));
    const rows = await lab.opportunities(account);
    assert.deepEqual(rows.map((row) => row[FIELD.solution]).toSorted(), [...SOLUTIONS]);
    assert.deepEqual(
      rows.map((row) => Number(row[FIELD.groupSize])).toSorted((left, right) => left - right),
      [66, 67, 67],
    );
    assert.deepEqual(
      rows.map((row) => row[FIELD.signalCount]),
      rows.map((row) => row[FIELD.groupSize]),
    );
    assert.equal(await count("Task WHERE Subject LIKE 'Response not taken up%'"), 0);
    within(used, HALF);
  });

  it('writes an opportunity once that 200 people join, and links the campaign', async () => {
    const account = lab.account('Open already');
    const id = lab.createOne('Opportunity', {
      Name: 'By hand',
      AccountId: account,
      StageName: 'Targeted',
      CloseDate: '2027-01-31',
      [FIELD.solution]: 'Analytics',
    });
    const campaign = lab.campaign('Analytics', 'Everybody');
    within(respond(people([account], 'Joiner').map((contact) => [campaign, contact])), HALF);
    const opportunity = lab.only(await lab.opportunities(account));
    assert.equal(opportunity.Id, id);
    assert.equal(opportunity.CampaignId, campaign);
    assert.equal(opportunity[FIELD.groupSize], BATCH);
    assert.equal(opportunity[FIELD.signalCount], BATCH);
  });

  it('joins once with 200 responses of one person', async () => {
    const account = lab.account('Eager');
    const person = lab.contact(account);
    const campaigns = lab.create(
      'Campaign',
      batch.map((index) => ({ Name: `Mail ${String(index)}`, Solution__c: 'Analytics' })),
    );
    within(respond(campaigns.map((campaign) => [campaign, person])), HALF);
    const opportunity = lab.only(await lab.opportunities(account));
    assert.equal(opportunity[FIELD.signalCount], BATCH);
    assert.equal((await lab.members(opportunity.Id)).length, 1);
    // Again, as a member that is there: the one record is written once.
    const later = lab.create(
      'Campaign',
      batch.map((index) => ({ Name: `Later mail ${String(index)}`, Solution__c: 'Analytics' })),
    );
    lab.local.clock.moveTo(new Date(lab.local.clock.now().getTime() + 60_000));
    within(respond(later.map((campaign) => [campaign, person])), HALF);
    assert.equal(lab.only(await lab.opportunities(account))[FIELD.signalCount], 2 * BATCH);
  });

  it('does each what is right for it in a batch of all kinds', async () => {
    const quarter = batch.slice(0, BATCH / 4);
    const fresh = lab.create(
      'Account',
      quarter.map((index) => ({ Name: `All kinds ${String(index)}` })),
    );
    const [customer, without, known] = [lab.account('Customer'), lab.account('Without'), lab.account('Known')];
    await lab.win(customer, 'Core Platform');
    for (const AccountId of [without, known])
      lab.createOne('Opportunity', {
        Name: 'By hand',
        AccountId,
        StageName: 'Targeted',
        CloseDate: '2027-01-31',
        [FIELD.solution]: 'Analytics',
      });
    const peopleOf = (accounts: readonly string[]): readonly string[] => people(accounts, 'Kind').slice(0, BATCH / 4);
    const members = peopleOf([known]);
    const early = lab.campaign('Analytics', 'Early');
    lab.respond(...members.map((contact) => [early, contact] as const));
    const late = lab.campaign('Analytics', 'Late');
    const all = [...peopleOf(fresh), ...peopleOf([customer]), ...peopleOf([without]), ...members];
    within(respond(all.map((contact) => [late, contact])), HALF);
    const of = async (account: string) => {
      const rows = (await lab.opportunities(account)).filter((row) => row[FIELD.solution] === 'Analytics');
      const row = lab.only(rows);
      return [row.Type, row[FIELD.groupSize], row[FIELD.signalCount], row.CampaignId];
    };
    assert.deepEqual(await of(customer), ['Cross Sell', 50, 50, late]);
    assert.deepEqual(await of(without), [null, 50, 50, late]);
    assert.deepEqual(await of(known), [null, 50, 100, early]);
    assert.equal(await count(`Opportunity WHERE Account.Name LIKE 'All kinds %' AND ${FIELD.signalCount} = 1`), 50);
    assert.equal(await count("Task WHERE Subject LIKE 'Response not taken up%'"), 0);
  });

  it('keeps what is good of a batch when the org refuses some of it, and tells RevOps of each', async () => {
    await ownRule(lab, 'AND(CONTAINS(Account.Name, "Mixed"), CONTAINS(Account.Name, "7"))', 'Not with a 7.');
    const accounts = accountsNamed('Mixed');
    const refused = batch.filter((index) => String(index).includes('7')).length;
    const campaign = lab.campaign('Analytics', 'Mixed');
    const contacts = people(accounts, 'Mixed');
    within(respond(contacts.map((contact) => [campaign, contact])), HALF);
    assert.equal(await count(`Opportunity WHERE Account.Name LIKE 'Mixed %'`), BATCH - refused);
    assert.equal(await count(`CampaignMember WHERE CampaignId = '${campaign}'`), BATCH);
    assert.equal(await count("Task WHERE Subject LIKE 'Response not taken up%Mixed'"), refused);
    await ownRule(lab, 'FALSE', 'none', false);
  });
});

describe('the budget of the flows for signals', () => {
  it('is kept with all that they call', async () => {
    const flows = new Map(compileFlows(await defaultModel()).map(({ fullName, metadata }) => [fullName, metadata]));
    for (const name of [FLOW.response, FLOW.joinGroup, FLOW.openOpportunity, FLOW.targetedAccount, FLOW.releaseKey]) {
      const cost = flowCost(flows.get(name)!, flows);
      assert.ok(cost.queries <= FLOW_BUDGET.queries && cost.dml <= FLOW_BUDGET.dml, `${name}: ${JSON.stringify(cost)}`);
    }
    assert.deepEqual(flowCost(flows.get(FLOW.releaseKey)!, flows), { queries: 0, dml: 0 });
  });
});
