import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { defaultModel } from '../default-model.ts';
import { openLab } from '../org-lab.ts';
import type { Lab } from '../org-lab.ts';

describe('a response', () => {
  let lab: Lab;
  before(async () => {
    lab = await openLab({ ...(await defaultModel()), handshakes: [], leads: null });
  });
  after(() => lab.close());

  it('opens an opportunity', async () => {
    const account = lab.createOne('Account', { Name: 'Acme' });
    const contact = lab.createOne('Contact', { LastName: 'Doe', Title: 'Managing Director, EMEA', AccountId: account });
    const campaign = lab.createOne('Campaign', { Name: 'Webinar', Solution__c: 'Analytics' });
    const member = lab.createOne('CampaignMember', { CampaignId: campaign, ContactId: contact, Status: 'Responded' });
    console.log(await lab.query(`SELECT Id, Name, StageName, Type, CloseDate, OwnerId, CampaignId, Solution__c, Open_Opportunity_Key__c, Signal_Count__c, Last_Signal_At__c, Buying_Group_Size__c FROM Opportunity`));
    console.log(await lab.query(`SELECT ContactId, Role, Member_Status__c, Member_Source__c, Last_Engagement_At__c, Signal_Count__c, Buying_Group_Key__c FROM OpportunityContactRole`));
    console.log(await lab.query(`SELECT Subject, Description FROM Task`));
  });
});
