/** A lead that names a solution is a signal, as a response to a campaign about it is; the two are not counted twice. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { CAMPAIGN_FIELD, FIELD, LEAD_FIELD, MEMBER_FIELD } from '../../../../scripts/compile/names.ts';
import { defaultModel } from '../default-model.ts';
import { openLeadOrg } from './lead-org.ts';
import type { LeadOrg } from './lead-org.ts';

let leads: LeadOrg;
before(async () => {
  const standard = await defaultModel();
  const acquisition = standard.opportunityTypes.slice(0, 1);
  leads = await openLeadOrg({
    ...standard,
    ...{ opportunityTypes: acquisition, handshakes: [], closedWon: [], lostRenewal: null },
  });
});
after(() => leads.close());

let number = 0;

/** The signals of one person after leads that came by these campaigns, by none where there is none. */
const signalsOf = async (campaigns: readonly (string | undefined)[]): Promise<unknown> => {
  const domain = `signal${String(++number)}.example`;
  const account = await leads.create('Account', { Name: `Account ${String(number)}`, Website: domain });
  for (const CampaignId of campaigns) {
    const LeadId = await leads.create('Lead', { LastName: 'Doe', Company: 'x', [LEAD_FIELD.solution]: 'Analytics' });
    if (CampaignId !== undefined) await leads.create('CampaignMember', { CampaignId, LeadId, Status: 'Responded' });
    await leads.update('Lead', { Id: LeadId, Email: `doe@${domain}` });
    leads.settle();
  }
  const [member, ...more] = await leads.query(
    `SELECT OpportunityId, ${MEMBER_FIELD.signalCount} FROM OpportunityContactRole WHERE Opportunity.AccountId = '${account}'`,
  );
  assert.equal(more.length, 0);
  const opportunity = await leads.one(
    `SELECT ${FIELD.signalCount} FROM Opportunity WHERE Id = '${String(member!.OpportunityId)}'`,
  );
  assert.equal(
    opportunity[FIELD.signalCount],
    member![MEMBER_FIELD.signalCount],
    'the opportunity has what its member has',
  );
  return member![MEMBER_FIELD.signalCount];
};

it('counts a lead about a solution as a response of its own, but not beside the response to its campaign', async () => {
  const [about, other] = await leads.createAll('Campaign', [
    { Name: 'About it', IsActive: true, [CAMPAIGN_FIELD.solution]: 'Analytics' },
    { Name: 'About nothing', IsActive: true },
  ]);
  assert.equal(await signalsOf([undefined]), 1);
  assert.equal(await signalsOf([undefined, undefined]), 2, 'two leads of one person');
  assert.equal(await signalsOf([other]), 1, 'a campaign about no solution');
  assert.equal(await signalsOf([about]), 1, 'a campaign about the solution');
  assert.equal(await signalsOf([about, undefined]), 2, 'one by a campaign, one without');
});

it('counts two hundred leads at once, each once', async () => {
  const account = await leads.create('Account', { Name: 'Many', Website: 'many.example' });
  await leads.createAll(
    'Lead',
    Array.from({ length: 200 }, (_, at) => ({
      LastName: `Doe ${String(at)}`,
      Company: 'x',
      Email: `doe${String(at)}@many.example`,
      [LEAD_FIELD.solution]: 'Analytics',
    })),
  );
  leads.settle();
  assert.deepEqual(
    await leads.query(
      `SELECT ${FIELD.groupSize}, ${FIELD.signalCount} FROM Opportunity WHERE AccountId = '${account}'`,
    ),
    [{ [FIELD.groupSize]: 200, [FIELD.signalCount]: 200 }],
  );
});
