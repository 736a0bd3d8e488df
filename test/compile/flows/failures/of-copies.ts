/** What goes along from the won opportunity. */
import { FIELD } from '../../../../scripts/compile/names.ts';
import { createdBy, idOfFollowUp, isWon, ofRenewal, once, toBeWon, win, winAgain, withMembers } from './loss.ts';
import type { Loss } from './loss.ts';
import { LOCKED, OWN_RULE } from './world.ts';

export const LOST_COPIES: readonly Loss[] = [
  {
    failure: 'own rule',
    flow: 'the buying group in the renewal and the upsell',
    given: withMembers,
    fail: (world) => world.rule('OpportunityContactRole', `NOT(ISBLANK(Opportunity.${FIELD.key}))`),
    act: win,
    again: once(async (world, ids) => {
      for (const key of ['renewal', 'upsell'])
        for (const person of ['anna', 'berta']) world.member(await idOfFollowUp(world, ids, key), ids[person]!);
    }, ofRenewal('OpportunityContactRole')),
    counts: {
      won: { of: isWon, are: [0, 1, 1] },
      renewals: { of: createdBy('renewal'), are: [0, 1, 1] },
      members: { of: ofRenewal('OpportunityContactRole'), are: [0, 0, 2] },
    },
    told: [
      ['Buying group not copied completely: Failing', OWN_RULE],
      ['Buying group not copied completely: Failing', OWN_RULE],
    ],
  },
  {
    failure: 'locked row',
    flow: 'one member of the buying group: the others are copied',
    given: withMembers,
    fail: (world, ids) => world.hold(ids['berta']!),
    act: win,
    again: once(
      async (world, ids) => {
        for (const key of ['renewal', 'upsell']) world.member(await idOfFollowUp(world, ids, key), ids['berta']!);
      },
      (ids) => `${ofRenewal('OpportunityContactRole')(ids)} AND ContactId = '${ids['berta']!}'`,
    ),
    counts: {
      won: { of: isWon, are: [0, 1, 1] },
      members: { of: ofRenewal('OpportunityContactRole'), are: [0, 1, 2] },
    },
    told: [
      ['Buying group not copied completely: Failing', LOCKED],
      ['Buying group not copied completely: Failing', LOCKED],
    ],
  },
  {
    failure: 'deleted contact',
    flow: 'the buying group in the renewal: who is left',
    given: withMembers,
    fail: (world, ids) => {
      world.lab.remove('Contact', [ids['berta']!]);
      return () => undefined;
    },
    act: win,
    again: winAgain,
    counts: {
      won: { of: isWon, are: [0, 1, 1] },
      members: { of: ofRenewal('OpportunityContactRole'), are: [0, 1, 1] },
      counted: {
        of: (ids) => `Opportunity WHERE ${FIELD.key} = 'renewal:${ids['won']!}' AND ${FIELD.groupSize} = 1`,
        are: [0, 1, 1],
      },
    },
    told: [],
  },
  {
    failure: 'missing price',
    flow: 'the products of the renewal, whose price was taken out of the price book',
    given: (world) => {
      const ids = toBeWon(world);
      const { entry } = world.line(ids['won']!);
      return { ...ids, entry: entry! };
    },
    fail: (world, ids) => {
      world.set('PricebookEntry', ids['entry']!, { IsActive: false });
      return () => world.set('PricebookEntry', ids['entry']!, { IsActive: true });
    },
    act: win,
    again: once(async (world, ids) => {
      world.lab.createOne('OpportunityLineItem', {
        OpportunityId: await idOfFollowUp(world, ids, 'renewal'),
        PricebookEntryId: ids['entry']!,
        Quantity: 2,
        UnitPrice: 100,
      });
    }, ofRenewal('OpportunityLineItem')),
    counts: {
      won: { of: isWon, are: [0, 1, 1] },
      renewals: { of: createdBy('renewal'), are: [0, 1, 1] },
      products: { of: ofRenewal('OpportunityLineItem'), are: [0, 0, 1] },
    },
    told: [['Products not copied completely: Failing', 'Licence']],
  },
];
