/** Responses and targeted accounts. */
import { FIELD, MEMBER_FIELD } from '../../../../scripts/compile/names.ts';
import { nothing } from './loss.ts';
import type { Loss } from './loss.ts';
import { LOCKED, OWN_RULE } from './world.ts';
import type { FailureWorld, Ids } from './world.ts';

const person = (world: FailureWorld): Ids => {
  const account = world.account();
  return { account, anna: world.contact(account) };
};
const withOpen = (world: FailureWorld): Ids => {
  const ids = person(world);
  return {
    ...ids,
    opportunity: world.opportunity(ids['account']!, { StageName: 'Engaged', [FIELD.solution]: 'Automation' }),
  };
};

const respond = (world: FailureWorld, ids: Ids): void =>
  void world.lab.createOne('CampaignMember', {
    CampaignId: world.campaign,
    ContactId: ids['anna']!,
    Status: 'Responded',
  });
/** As the task says: the response is set back and again. */
const respondAgain = async (world: FailureWorld, ids: Ids): Promise<void> => {
  const [row] = await world.lab.query(`SELECT Id FROM ${response(ids)}`);
  if (!row) {
    respond(world, ids);
    return;
  }
  world.set('CampaignMember', String(row.Id), { Status: 'Sent' });
  world.set('CampaignMember', String(row.Id), { Status: 'Responded' });
};
const response = (ids: Ids) => `CampaignMember WHERE ContactId = '${ids['anna']!}'`;
const opened = (ids: Ids) => `Opportunity WHERE AccountId = '${ids['account']!}' AND ${FIELD.solution} = 'Automation'`;
const members = (ids: Ids) =>
  `OpportunityContactRole WHERE ContactId = '${ids['anna']!}' AND Opportunity.${FIELD.solution} = 'Automation'`;
const counted = (ids: Ids) => `${opened(ids)} AND ${FIELD.signalCount} = 1`;

const target = (world: FailureWorld, ids: Ids): void =>
  world.set('Account', ids['account']!, { Targeted_Solutions__c: 'Automation' });

export const LOST_SIGNALS: readonly Loss[] = [
  {
    failure: 'own rule',
    flow: 'signal: no opportunity can be opened, the response stands',
    given: person,
    fail: (world) => world.rule('Opportunity', `ISNEW() && NOT(ISBLANK(${FIELD.openKey}))`),
    act: respond,
    again: respondAgain,
    counts: {
      responses: { of: response, are: [0, 1, 1] },
      opportunities: { of: opened, are: [0, 0, 1] },
      members: { of: members, are: [0, 0, 1] },
      signals: { of: counted, are: [0, 0, 1] },
    },
    told: [['Response not taken up', OWN_RULE]],
  },
  {
    failure: 'own rule',
    flow: 'signal: the person cannot be added, the response and the opportunity stand',
    given: withOpen,
    fail: (world) => world.rule('OpportunityContactRole', `ISPICKVAL(${MEMBER_FIELD.source}, "Inbound")`),
    act: respond,
    again: respondAgain,
    counts: {
      responses: { of: response, are: [0, 1, 1] },
      opportunities: { of: opened, are: [1, 1, 1] },
      members: { of: members, are: [0, 0, 1] },
      signals: { of: counted, are: [0, 0, 1] },
    },
    told: [['Response not taken up', OWN_RULE]],
  },
  {
    failure: 'locked row',
    flow: 'signal: the opportunity is locked, the response stands',
    given: withOpen,
    fail: (world, ids) => world.hold(ids['opportunity']!),
    act: respond,
    again: respondAgain,
    counts: {
      responses: { of: response, are: [0, 1, 1] },
      members: { of: members, are: [0, 0, 1] },
      signals: { of: counted, are: [0, 0, 1] },
    },
    told: [['Response not taken up', LOCKED]],
  },
  {
    failure: 'inactive owner',
    flow: 'signal: whoever is next owns what is opened',
    given: async (world) => {
      const gone = await world.user('left');
      const account = world.account({ OwnerId: gone });
      return { account, gone, anna: world.contact(account) };
    },
    fail: (world, ids) => world.inactive(ids['gone']!),
    act: respond,
    again: respondAgain,
    counts: {
      responses: { of: response, are: [0, 1, 1] },
      owned: { of: (ids) => `${opened(ids)} AND Owner.IsActive = TRUE`, are: [0, 1, 1] },
      opportunities: { of: opened, are: [0, 1, 1] },
      members: { of: members, are: [0, 1, 1] },
    },
    told: [],
  },
  {
    failure: 'limit reached',
    flow: 'signal: the response is refused as a whole',
    given: async (world) => {
      const ids = person(world);
      const id = world.lab.createOne('CampaignMember', {
        CampaignId: world.campaign,
        ContactId: ids['anna']!,
        Status: 'Sent',
      });
      return Promise.resolve({ ...ids, response: id });
    },
    fail: nothing,
    act: (world, ids) =>
      world.beyond('dmlStatements', 1, 'CampaignMember', [{ Id: ids['response']!, Status: 'Responded' }]),
    again: respondAgain,
    counts: {
      responses: { of: (ids) => `${response(ids)} AND HasResponded = TRUE`, are: [0, 0, 1] },
      opportunities: { of: opened, are: [0, 0, 1] },
      members: { of: members, are: [0, 0, 1] },
    },
    told: [],
  },
  {
    failure: 'own rule',
    flow: 'targeted account: the account stands',
    given: person,
    fail: (world) => world.rule('Opportunity', 'ISPICKVAL(StageName, "Targeted")'),
    act: target,
    again: (world, ids) => {
      world.set('Account', ids['account']!, { Targeted_Solutions__c: null });
      target(world, ids);
    },
    counts: {
      targeted: {
        of: (ids) => `Account WHERE Id = '${ids['account']!}' AND Targeted_Solutions__c INCLUDES ('Automation')`,
        are: [0, 1, 1],
      },
      opportunities: { of: opened, are: [0, 0, 1] },
    },
    told: [['Acquisition not created: Failing', OWN_RULE]],
  },
];
