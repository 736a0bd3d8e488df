/** A local org with the default model, and the people, campaigns and accounts that signals are about. */
import assert from 'node:assert/strict';
import { CAMPAIGN_FIELD, FIELD } from '../../../../scripts/compile/names.ts';
import type { Waterfall } from '../../../../scripts/model/waterfall.ts';
import { defaultModel } from '../default-model.ts';
import { openLab } from '../org-lab.ts';
import type { Lab, Values } from '../org-lab.ts';

/** What belongs to other parts of the model is left out where it only takes time. */
export const openSignalLab = async (change: (standard: Waterfall) => Waterfall = (standard) => standard) => {
  const lab = await openLab(change({ ...(await defaultModel()), handshakes: [], leads: null, promotions: [] }));
  const account = (name = 'Acme', more: Values = {}): string => lab.createOne('Account', { Name: name, ...more });
  const campaign = (solution: string | null, name = 'Webinar'): string =>
    lab.createOne('Campaign', { Name: name, [CAMPAIGN_FIELD.solution]: solution });
  const contact = (accountId: string | null, more: Values = {}): string =>
    lab.createOne('Contact', { LastName: 'Doe', AccountId: accountId, ...more });
  const responses = (pairs: readonly (readonly [campaignId: string, contactId: string])[]): readonly Values[] =>
    pairs.map(([CampaignId, ContactId]) => ({ CampaignId, ContactId, Status: 'Responded' }));
  const respond = (...pairs: readonly (readonly [campaignId: string, contactId: string])[]): readonly string[] =>
    lab.create('CampaignMember', responses(pairs));
  const opportunities = (accountId: string) =>
    lab.query(
      `SELECT Id, Name, StageName, Type, CloseDate, OwnerId, CampaignId, RecordType.DeveloperName, IsClosed, ${FIELD.solution}, ` +
        `${FIELD.openKey}, ${FIELD.signalCount}, ${FIELD.lastSignalAt}, ${FIELD.groupSize} FROM Opportunity ` +
        `WHERE AccountId = '${accountId}' ORDER BY ${FIELD.solution}, CreatedDate, Id`,
    );
  const members = (opportunityId: unknown) =>
    lab.query(
      'SELECT Id, ContactId, Role, Member_Status__c, Member_Source__c, Last_Engagement_At__c, Signal_Count__c ' +
        `FROM OpportunityContactRole WHERE OpportunityId = '${String(opportunityId)}' ORDER BY Id`,
    );
  const tasks = () => lab.query('SELECT Id, Subject, Description, OwnerId, WhoId, WhatId FROM Task ORDER BY Id');
  const win = async (accountId: string, solution: string): Promise<string> =>
    lab.createOne('Opportunity', {
      Name: 'Won',
      AccountId: accountId,
      StageName: 'Closed Won',
      CloseDate: '2026-01-31',
      RecordTypeId: await lab.recordType('Acquisition'),
      [FIELD.solution]: solution,
      [FIELD.contractTermMonths]: 12,
      Amount: 1000,
    });
  /** The only one, or an assertion that says how many there are. */
  const only = <T>(rows: readonly T[]): T => {
    assert.equal(rows.length, 1);
    return rows[0]!;
  };
  return { ...lab, account, campaign, contact, respond, responses, opportunities, members, tasks, win, only };
};

export type SignalLab = Awaited<ReturnType<typeof openSignalLab>>;
export type { Lab };
