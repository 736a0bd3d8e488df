/** Buying groups and the promotions that follow from them. */
import { FIELD, MEMBER_FIELD } from '../../../../scripts/compile/names.ts';
import { nothing } from './loss.ts';
import type { Loss } from './loss.ts';
import { LOCKED, OWN_RULE } from './world.ts';
import type { FailureWorld, Ids } from './world.ts';

/** An opportunity in marketing, with two members. */
const engaged = (world: FailureWorld): Ids => {
  const account = world.account();
  const opportunity = world.opportunity(account, { StageName: 'Engaged', [FIELD.solution]: 'Analytics' });
  const [anna, berta] = [world.contact(account), world.contact(account)];
  const member = world.member(opportunity, anna);
  return { account, opportunity, anna, berta, member, other: world.member(opportunity, berta) };
};

const here = (condition: string) => (ids: Ids) => `Opportunity WHERE Id = '${ids['opportunity']!}' AND ${condition}`;
const score = (world: FailureWorld, ids: Ids): void => world.set('Contact', ids['anna']!, { Lead_Score__c: 120 });
const scored = (ids: Ids) => `Contact WHERE Id = '${ids['anna']!}' AND Lead_Score__c = 120`;
const handshakes = (ids: Ids) => `Handshake__c WHERE Opportunity__c = '${ids['opportunity']!}'`;
/** As the task says. */
const countAgain = (world: FailureWorld, ids: Ids): void =>
  world.set('OpportunityContactRole', ids['member']!, { [MEMBER_FIELD.change]: null });
const confirm = (world: FailureWorld, ids: Ids): void =>
  world.set('OpportunityContactRole', ids['member']!, { [MEMBER_FIELD.status]: 'Confirmed' });
const confirmed = (ids: Ids) =>
  `OpportunityContactRole WHERE Id = '${ids['member']!}' AND ${MEMBER_FIELD.status} = 'Confirmed'`;

export const LOST_GROUPS: readonly Loss[] = [
  {
    failure: 'own rule',
    flow: 'promotion: the score stands, the opportunity moves on when it is counted again',
    given: engaged,
    fail: (world) => world.rule('Opportunity', 'ISPICKVAL(StageName, "Prioritized")'),
    act: score,
    again: countAgain,
    counts: {
      scored: { of: scored, are: [0, 1, 1] },
      promoted: { of: here("StageName = 'Prioritized'"), are: [0, 0, 1] },
      counted: { of: here(`${FIELD.highestScore} = 120`), are: [0, 0, 1] },
      handshakes: { of: handshakes, are: [0, 0, 1] },
    },
    told: [['Buying group not counted', OWN_RULE]],
  },
  {
    failure: 'locked row',
    flow: 'roll-up and promotion: the member stands, the group is counted later; the task stands alone, since it cannot be put on the opportunity',
    given: engaged,
    fail: (world, ids) => world.hold(ids['opportunity']!),
    act: (world, ids) => {
      score(world, ids);
      confirm(world, ids);
    },
    again: countAgain,
    counts: {
      confirmed: { of: confirmed, are: [0, 1, 1] },
      counted: { of: here(`${FIELD.groupConfirmed} = 1`), are: [0, 0, 1] },
      promoted: { of: here("StageName = 'Prioritized'"), are: [0, 0, 1] },
      handshakes: { of: handshakes, are: [0, 0, 1] },
    },
    told: [
      ['Buying group not counted', LOCKED],
      ['Buying group not counted', LOCKED],
    ],
  },
  {
    failure: 'locked row',
    flow: 'lead score: the score stands when a membership cannot be asked for a new count',
    given: engaged,
    fail: (world, ids) => world.hold(ids['member']!),
    act: score,
    again: countAgain,
    counts: {
      scored: { of: scored, are: [0, 1, 1] },
      promoted: { of: here("StageName = 'Prioritized'"), are: [0, 0, 1] },
    },
    told: [['Lead score not counted in the buying groups of a contact', LOCKED]],
  },
  {
    failure: 'deleted contact',
    flow: 'roll-up: the group counts itself without the person',
    given: engaged,
    fail: nothing,
    act: (world, ids) => void world.lab.remove('Contact', [ids['berta']!]),
    again: countAgain,
    counts: {
      members: { of: (ids) => `OpportunityContactRole WHERE OpportunityId = '${ids['opportunity']!}'`, are: [2, 1, 1] },
      counted: { of: here(`${FIELD.groupSize} = 1`), are: [0, 1, 1] },
    },
    told: [],
  },
  {
    failure: 'locked row',
    flow: 'a deleted contact whose opportunity is locked: deleted, and counted without the person later',
    given: engaged,
    fail: (world, ids) => world.hold(ids['opportunity']!),
    act: (world, ids) => void world.lab.remove('Contact', [ids['berta']!]),
    again: countAgain,
    counts: {
      members: { of: (ids) => `OpportunityContactRole WHERE OpportunityId = '${ids['opportunity']!}'`, are: [2, 1, 1] },
      counted: { of: here(`${FIELD.groupSize} = 1`), are: [0, 0, 1] },
    },
    told: [['Buying group not counted', LOCKED]],
  },
  {
    failure: 'limit reached',
    flow: 'roll-up: the save of the member is refused as a whole',
    given: engaged,
    fail: nothing,
    act: (world, ids) =>
      world.beyond('dmlStatements', 0, 'OpportunityContactRole', [
        { Id: ids['member']!, [MEMBER_FIELD.status]: 'Confirmed' },
      ]),
    again: confirm,
    counts: {
      confirmed: { of: confirmed, are: [0, 0, 1] },
      counted: { of: here(`${FIELD.groupConfirmed} = 1`), are: [0, 0, 1] },
    },
    told: [],
  },
];
