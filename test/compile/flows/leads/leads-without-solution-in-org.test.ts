/** Converted leads that name no solution: one, 200 at once, and what the model may say of them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FIELD, FLOW, LEAD_FIELD, MEMBER_FIELD } from '../../../../scripts/compile/names.ts';
import type { Leads, Waterfall } from '../../../../scripts/model/waterfall.ts';
import type { OrgRecord } from '../../../../scripts/org/types.ts';
import { defaultModel } from '../default-model.ts';
import { budgetOf, openLeadOrg } from './lead-org.ts';
import type { LeadOrg } from './lead-org.ts';

/** All types, so that there are renewals; nothing that a won or handed-over opportunity does. */
const leadModel = (standard: Waterfall, change: Partial<Leads> = {}): Waterfall => ({
  ...standard,
  handshakes: [],
  closedWon: [],
  lostRenewal: null,
  leads: { ...standard.leads!, ...change },
});

const labOf = (leads: LeadOrg) => {
  let number = 0;
  const typeOf = async (label: string): Promise<OrgRecord> => {
    const [found] = await leads.query(
      `SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName = '${label.replaceAll(' ', '_')}'`,
    );
    return found ? { RecordTypeId: String(found.Id) } : { Type: label === 'Acquisition' ? 'New Business' : label };
  };
  const lab = {
    account: (): Promise<string> => leads.create('Account', { Name: `Account ${String(++number)}` }),
    open: async (account: string, label: string, stage: string, more: OrgRecord = {}): Promise<string> =>
      leads.create('Opportunity', {
        Name: label,
        AccountId: account,
        StageName: stage,
        CloseDate: '2030-01-01',
        ...(await typeOf(label)),
        ...more,
      }),
    /** The lead is converted on arrival, since it has its account. */
    arrive: async (account: string, more: OrgRecord = {}): Promise<string> => {
      const id = await leads.create('Lead', {
        LastName: `Doe ${String(++number)}`,
        Company: 'x',
        [LEAD_FIELD.matchedAccount]: account,
        ...more,
      });
      leads.settle();
      return id;
    },
    contactOf: async (lead: string): Promise<string> => {
      const row = await leads.one(`SELECT IsConverted, ConvertedContactId FROM Lead WHERE Id = '${lead}'`);
      assert.equal(row.IsConverted, true);
      return String(row.ConvertedContactId);
    },
    /** Opportunities whose buying group the person of a lead is in. */
    groupsOf: async (lead: string): Promise<readonly unknown[]> => {
      const rows = await leads.query(
        `SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId = '${await lab.contactOf(lead)}'`,
      );
      return rows.map(({ OpportunityId }) => OpportunityId);
    },
    /** The conversion brings tasks of the lead along: that no account was found, say. */
    tasksOf: async (lead: string) => {
      const tasks = await leads.tasksOf(await lab.contactOf(lead));
      return tasks.filter(({ Subject }) => String(Subject).startsWith('Converted lead'));
    },
  };
  return lab;
};
type LeadLab = ReturnType<typeof labOf>;

const assertAsked = async (lab: LeadLab, lead: string, says: RegExp): Promise<void> => {
  assert.deepEqual(await lab.groupsOf(lead), []);
  const [task, ...more] = await lab.tasksOf(lead);
  assert.equal(more.length, 0);
  assert.match(String(task!.Subject), /^Converted lead without a solution: Doe \d+, Account \d+$/);
  assert.match(String(task!.Description), says);
};

/** Of the last transaction in which leads joined, with telling RevOps and with what the members set off, which counts the group. */
const assertCost = (leads: LeadOrg, mostQueries: number, mostDml: number): void => {
  const [joining] = leads.pathsOf(FLOW.leadJoining, 1);
  const { queries, dml } = budgetOf(joining!);
  assert.ok(queries <= mostQueries && dml <= mostDml, `${String(queries)} queries, ${String(dml)} DML`);
};

describe('a lead without a solution, where RevOps is told', () => {
  let leads: LeadOrg;
  let lab: LeadLab;
  before(async () => {
    leads = await openLeadOrg(leadModel(await defaultModel()));
    lab = labOf(leads);
  });
  after(() => leads.close());

  it('joins the only opportunity that its account has open, with its campaign', async () => {
    const account = await lab.account();
    const opportunity = await lab.open(account, 'Acquisition', 'Targeted');
    await lab.open(account, 'Renewal', 'Renewal Scheduled');
    await lab.open(account, 'Acquisition', 'Disqualified', { [FIELD.stageReason]: 'No fit' });
    await lab.open(await lab.account(), 'Acquisition', 'Targeted');
    const campaign = await leads.create('Campaign', { Name: 'Webinar', IsActive: true });
    const id = await leads.create('Lead', { LastName: 'Doe', Company: 'x', Title: 'Chief Executive Officer' });
    await leads.create('CampaignMember', { CampaignId: campaign, LeadId: id, Status: 'Responded' });
    await leads.update('Lead', { Id: id, [LEAD_FIELD.matchedAccount]: account });
    leads.settle();
    const members = await leads.query(
      `SELECT OpportunityId, Role, ${MEMBER_FIELD.source}, Opportunity.CampaignId FROM OpportunityContactRole WHERE ContactId = '${await lab.contactOf(id)}'`,
    );
    assert.deepEqual(members, [
      {
        OpportunityId: opportunity,
        Role: 'Decision Maker',
        [MEMBER_FIELD.source]: 'Inbound',
        Opportunity: { CampaignId: campaign },
      },
    ]);
    assert.deepEqual(await lab.tasksOf(id), []);
  });

  it('is noted as an engagement when the person is in that group already', async () => {
    const account = await lab.account();
    const opportunity = await lab.open(account, 'Acquisition', 'Targeted', { [FIELD.solution]: 'Analytics' });
    const address = { Email: 'again@example.com' };
    const first = await lab.arrive(account, address);
    const second = await lab.arrive(account, { ...address, [LEAD_FIELD.solution]: 'Analytics' });
    const third = await lab.arrive(account, address);
    assert.equal(new Set(await Promise.all([first, second, third].map(lab.contactOf))).size, 1);
    assert.deepEqual(await lab.groupsOf(first), [opportunity]);
    assert.deepEqual(await lab.tasksOf(first), []);
  });

  it('is told to RevOps, once, where its account has none open, or nothing but a renewal', async () => {
    const account = await lab.account();
    await assertAsked(lab, await lab.arrive(account), /its account has no open opportunity that the contact could/);
    await lab.open(account, 'Renewal', 'Renewal Scheduled');
    const id = await lab.arrive(account);
    leads.settle();
    await assertAsked(lab, id, /has no open opportunity that the contact could/);
  });

  it('is told to RevOps where its account has several open', async () => {
    const account = await lab.account();
    await lab.open(account, 'Acquisition', 'Targeted', { [FIELD.solution]: 'Analytics' });
    await lab.open(account, 'Cross Sell', 'Cross Sell Identified', { [FIELD.solution]: 'Automation' });
    await assertAsked(lab, await lab.arrive(account), /has 2 open opportunities that the contact could belong to/);
  });

  it('is told to RevOps when the org refuses the person', async () => {
    const account = await lab.account();
    await lab.open(account, 'Acquisition', 'Targeted');
    await leads.deployRule('OpportunityContactRole', 'NOT(ISBLANK(ContactId))', true, 'Nobody joins today.');
    const id = await lab.arrive(account);
    await leads.deployRule('OpportunityContactRole', 'FALSE', false, 'Nobody joins today.');
    await assertAsked(lab, id, /Reason: .*Nobody joins today/);
  });

  it('is brought there or told whoever converts it, and left alone where the conversion made an opportunity', async () => {
    const account = await lab.account();
    const waiting = () => leads.create('Lead', { LastName: 'Doe 0', Company: 'Nobody knows' });
    const [asked, brought, own] = [await waiting(), await waiting(), await waiting()];
    leads.settle();
    leads.convertByHand(account, [asked]);
    leads.settle();
    await assertAsked(lab, asked, /has no open opportunity/);
    const opportunity = await lab.open(account, 'Acquisition', 'Targeted');
    leads.convertByHand(account, [brought]);
    leads.settle();
    assert.deepEqual([await lab.groupsOf(brought), await lab.tasksOf(brought)], [[opportunity], []]);
    leads.convertByHand(account, [own], { opportunityName: 'Made by hand' });
    leads.settle();
    const made = await leads.one("SELECT Id FROM Opportunity WHERE Name = 'Made by hand'");
    assert.deepEqual([await lab.groupsOf(own), await lab.tasksOf(own)], [[made.Id], []]);
  });

  it('200 at once each find their place, or are told, within a quarter of what a transaction may cost', async () => {
    const accounts = await leads.createAll(
      'Account',
      Array.from({ length: 40 }, (_, n) => ({ Name: `Many ${String(n)}` })),
    );
    // A quarter of the accounts each: none open, one, two, one and leads that name a solution beside those that do not.
    await lab.open(accounts[0]!, 'Renewal', 'Renewal Scheduled');
    for (const [n, account] of accounts.entries())
      for (let count = 0; count < [0, 1, 2, 1][n % 4]!; count++)
        await lab.open(account, 'Acquisition', 'Targeted', {
          [FIELD.solution]: ['Analytics', 'Automation'][count]!,
        });
    const ids = await leads.createAll(
      'Lead',
      Array.from({ length: 200 }, (_, n) => ({
        LastName: `Many ${String(n)}`,
        Company: 'Many',
        // Five leads for each account; the fourth and the fifth are one person.
        Email: `p${String(Math.min(Math.floor(n / 40), 3))}@many${String(n % 40)}.example`,
        [LEAD_FIELD.matchedAccount]: accounts[n % 40]!,
        ...(n % 4 === 3 && n < 80 && { [LEAD_FIELD.solution]: 'Analytics' }),
      })),
    );
    leads.settle();
    const rows = await leads.query("SELECT Id, IsConverted, ConvertedContactId FROM Lead WHERE Company = 'Many'");
    assert.equal(rows.length, ids.length);
    assert.ok(rows.every(({ IsConverted }) => IsConverted === true));
    assert.equal(new Set(rows.map(({ ConvertedContactId }) => ConvertedContactId)).size, 160);
    const members = await leads.query(
      "SELECT ContactId, OpportunityId FROM OpportunityContactRole WHERE Opportunity.Account.Name LIKE 'Many %'",
    );
    assert.equal(members.length, 80);
    assert.equal(new Set(members.map(({ ContactId }) => ContactId)).size, 80);
    const tasks = await leads.query(
      "SELECT WhoId, Description FROM Task WHERE Subject LIKE 'Converted lead without a solution: Many %'",
    );
    assert.equal(tasks.length, 80);
    assert.equal(new Set(tasks.map(({ WhoId }) => WhoId)).size, 80);
    assert.equal(tasks.filter(({ Description }) => String(Description).includes('has no open')).length, 40);
    assert.equal(tasks.filter(({ Description }) => String(Description).includes('has 2 open')).length, 40);
    const opportunities = await leads.query("SELECT Id FROM Opportunity WHERE Account.Name LIKE 'Many %'");
    assert.equal(opportunities.length, 41);
    assertCost(leads, 25, 5);
  });

  it('200 of one account cost what one does', async () => {
    const account = await lab.account();
    const opportunity = await lab.open(account, 'Acquisition', 'Targeted');
    await leads.createAll(
      'Lead',
      Array.from({ length: 200 }, (_, n) => ({
        LastName: `Crowd ${String(n)}`,
        Company: 'x',
        [LEAD_FIELD.matchedAccount]: account,
      })),
    );
    leads.settle();
    const members = await leads.query(`SELECT Id FROM OpportunityContactRole WHERE OpportunityId = '${opportunity}'`);
    assert.equal(members.length, 200);
    assertCost(leads, 12, 2);
  });
});

describe('a lead without a solution, where the model ignores it', () => {
  let leads: LeadOrg;
  let lab: LeadLab;
  before(async () => {
    const standard = await defaultModel();
    leads = await openLeadOrg({
      ...leadModel(standard, { noSolution: { then: 'ignore' } }),
      typeCarrier: 'typeField',
    });
    lab = labOf(leads);
  });
  after(() => leads.close());

  it('joins the only opportunity that its account has open, and nobody is told of the others', async () => {
    const account = await lab.account();
    const alone = await lab.arrive(account);
    assert.deepEqual([await lab.groupsOf(alone), await lab.tasksOf(alone)], [[], []]);
    await lab.open(account, 'Renewal', 'Renewal Scheduled');
    const opportunity = await lab.open(account, 'Acquisition', 'Targeted');
    const joins = await lab.arrive(account);
    assert.deepEqual([await lab.groupsOf(joins), await lab.tasksOf(joins)], [[opportunity], []]);
    await lab.open(account, 'Acquisition', 'Targeted');
    const several = await lab.arrive(account);
    assert.deepEqual([await lab.groupsOf(several), await lab.tasksOf(several)], [[], []]);
  });
});

describe('a lead without a solution, where the model names one', () => {
  let leads: LeadOrg;
  let lab: LeadLab;
  before(async () => {
    const standard = await defaultModel();
    leads = await openLeadOrg(leadModel(standard, { noSolution: { then: 'solution', solution: 'Analytics' } }));
    lab = labOf(leads);
  });
  after(() => leads.close());

  it('is taken to want that, whatever is open, and what a lead says itself stands', async () => {
    const account = await lab.account();
    await lab.open(account, 'Acquisition', 'Targeted', { [FIELD.solution]: 'Automation' });
    const id = await lab.arrive(account);
    const other = await lab.arrive(account, { [LEAD_FIELD.solution]: 'Automation' });
    const solutionsOf = async (lead: string) => {
      const rows = await leads.query(
        `SELECT Opportunity.${FIELD.solution} FROM OpportunityContactRole WHERE ContactId = '${await lab.contactOf(lead)}'`,
      );
      return rows.map(({ Opportunity }) => Opportunity);
    };
    assert.deepEqual(await solutionsOf(id), [{ [FIELD.solution]: 'Analytics' }]);
    assert.deepEqual(await solutionsOf(other), [{ [FIELD.solution]: 'Automation' }]);
    assert.deepEqual(await lab.tasksOf(id), []);
  });
});
