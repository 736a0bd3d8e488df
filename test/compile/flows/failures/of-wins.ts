/** What a win creates. */
import { FIELD } from '../../../../scripts/compile/names.ts';
import { createdBy, idOfFollowUp, isWon, nothing, toBeWon, win, winAgain } from './loss.ts';
import type { Loss } from './loss.ts';
import { LOCKED, OWN_RULE } from './world.ts';

export const LOST_WINS: readonly Loss[] = [
  ...(['Renewal', 'Upsell', 'Cross_Sell'] as const).map((type): Loss => {
    const key = { Renewal: 'renewal', Upsell: 'upsell', Cross_Sell: 'crossSell' }[type];
    const each = type === 'Cross_Sell' ? 2 : 1;
    return {
      failure: 'own rule',
      flow: `${type} of a win`,
      given: toBeWon,
      fail: (world) => world.rule('Opportunity', `RecordType.DeveloperName = "${type}"`),
      act: win,
      again: winAgain,
      counts: { won: { of: isWon, are: [0, 1, 1] }, [type]: { of: createdBy(key), are: [0, 0, each] } },
      told: [[`${type.replace('_', ' ')} not created: Deal`, OWN_RULE]],
    };
  }),
  {
    failure: 'locked row',
    flow: 'everything that a win creates at its account',
    given: toBeWon,
    fail: (world, ids) => world.hold(ids['account']!),
    act: win,
    again: winAgain,
    counts: {
      won: { of: isWon, are: [0, 1, 1] },
      renewals: { of: createdBy('renewal'), are: [0, 0, 1] },
      upsells: { of: createdBy('upsell'), are: [0, 0, 1] },
      crossSells: { of: createdBy('crossSell'), are: [0, 0, 2] },
    },
    told: [
      ['Renewal not created: Deal', LOCKED],
      ['Upsell not created: Deal', LOCKED],
      ['Cross Sell not created: Deal', LOCKED],
    ],
  },
  {
    failure: 'inactive owner',
    flow: 'everything that a win creates: it goes to whoever is next',
    given: async (world) => {
      const gone = await world.user('gone');
      const account = world.account({ Customer_Success_Owner__c: gone });
      return { account, gone, won: world.opportunity(account, { OwnerId: gone }) };
    },
    fail: (world, ids) => world.inactive(ids['gone']!),
    act: win,
    again: winAgain,
    counts: {
      owned: {
        of: (ids) => `Opportunity WHERE ${FIELD.sourceOpportunity} = '${ids['won']!}' AND Owner.IsActive = TRUE`,
        are: [0, 4, 4],
      },
      all: { of: (ids) => `Opportunity WHERE ${FIELD.sourceOpportunity} = '${ids['won']!}'`, are: [0, 4, 4] },
    },
    told: [],
  },
  {
    failure: 'limit reached',
    flow: 'a win, in a transaction that has used up its statements: refused as a whole, fault paths or not',
    given: toBeWon,
    fail: nothing,
    act: (world, ids) =>
      world.beyond('dmlStatements', 2, 'Opportunity', [{ Id: ids['won']!, StageName: 'Closed Won' }]),
    again: winAgain,
    counts: {
      won: { of: isWon, are: [0, 0, 1] },
      created: { of: (ids) => `Opportunity WHERE ${FIELD.sourceOpportunity} = '${ids['won']!}'`, are: [0, 0, 4] },
    },
    told: [],
  },
  {
    failure: 'limit reached',
    flow: 'a win, in a transaction that has used up its queries',
    given: toBeWon,
    fail: nothing,
    act: (world, ids) => world.beyond('queries', 3, 'Opportunity', [{ Id: ids['won']!, StageName: 'Closed Won' }]),
    again: winAgain,
    counts: {
      won: { of: isWon, are: [0, 0, 1] },
      created: { of: (ids) => `Opportunity WHERE ${FIELD.sourceOpportunity} = '${ids['won']!}'`, are: [0, 0, 4] },
    },
    told: [],
  },
  {
    failure: 'own rule',
    flow: 'a lost renewal: the customer is marked as churned, what cannot be ended stays open',
    given: async (world) => {
      const ids = toBeWon(world);
      win(world, ids);
      return { ...ids, renewal: await idOfFollowUp(world, ids, 'renewal') };
    },
    fail: (world) => world.rule('Opportunity', 'RecordType.DeveloperName = "Upsell" && IsClosed'),
    act: (world, ids) =>
      world.set('Opportunity', ids['renewal']!, { StageName: 'Closed Lost', [FIELD.stageReason]: 'Price' }),
    again: async (world, ids) =>
      world.set('Opportunity', await idOfFollowUp(world, ids, 'upsell'), {
        StageName: 'Closed Lost',
        [FIELD.stageReason]: 'Customer churned',
      }),
    counts: {
      lost: {
        of: (ids) => `Opportunity WHERE Id = '${ids['renewal']!}' AND StageName = 'Closed Lost'`,
        are: [0, 1, 1],
      },
      churned: { of: (ids) => `Account WHERE Id = '${ids['account']!}' AND Churned__c = TRUE`, are: [0, 1, 1] },
      crossSells: { of: (ids) => `${createdBy('crossSell')(ids)} AND IsClosed = TRUE`, are: [0, 2, 2] },
      upsells: { of: (ids) => `${createdBy('upsell')(ids)} AND IsClosed = TRUE`, are: [0, 0, 1] },
    },
    told: [['Lost renewal not carried through', OWN_RULE]],
  },
  {
    failure: 'locked row',
    flow: 'a lost renewal: the account is locked, what is open ends all the same',
    given: async (world) => {
      const ids = toBeWon(world);
      win(world, ids);
      return { ...ids, renewal: await idOfFollowUp(world, ids, 'renewal') };
    },
    fail: (world, ids) => world.hold(ids['account']!),
    act: (world, ids) =>
      world.set('Opportunity', ids['renewal']!, { StageName: 'Closed Lost', [FIELD.stageReason]: 'Price' }),
    again: (world, ids) => world.set('Account', ids['account']!, { Churned__c: true }),
    counts: {
      lost: {
        of: (ids) => `Opportunity WHERE Id = '${ids['renewal']!}' AND StageName = 'Closed Lost'`,
        are: [0, 1, 1],
      },
      churned: { of: (ids) => `Account WHERE Id = '${ids['account']!}' AND Churned__c = TRUE`, are: [0, 0, 1] },
      ended: { of: (ids) => `${createdBy('upsell')(ids)} AND IsClosed = TRUE`, are: [0, 1, 1] },
    },
    told: [['Lost renewal not carried through', LOCKED]],
  },
];
