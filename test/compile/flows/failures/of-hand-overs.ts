/** Handshakes and service levels. */
import { FIELD, HANDSHAKE, HANDSHAKE_FIELD } from '../../../../scripts/compile/names.ts';
import { nothing } from './loss.ts';
import type { Loss } from './loss.ts';
import { LOCKED, OWN_RULE } from './world.ts';
import type { FailureWorld, Ids } from './world.ts';

const engaged = (world: FailureWorld): Ids => ({
  opportunity: world.opportunity(world.account(), { StageName: 'Engaged' }),
});
const handOver = (world: FailureWorld, ids: Ids): void =>
  world.set('Opportunity', ids['opportunity']!, { StageName: 'Prioritized' });
const asked = async (world: FailureWorld): Promise<Ids> => {
  const ids = engaged(world);
  handOver(world, ids);
  const [row] = await world.lab.query(`SELECT Id FROM ${handshakes(ids)}`);
  return { ...ids, handshake: String(row!.Id) };
};
/** As the task says: back and into the stage again. */
const handOverAgain = (world: FailureWorld, ids: Ids): void => {
  world.set('Opportunity', ids['opportunity']!, { StageName: 'Engaged' });
  // Entries into a stage are told apart by the second.
  world.minutes(1);
  handOver(world, ids);
};
const accept = (world: FailureWorld, ids: Ids): void =>
  world.set(HANDSHAKE, ids['handshake']!, { [HANDSHAKE_FIELD.outcome]: 'Accepted' });

const late = (world: FailureWorld): Ids => ({
  opportunity: world.opportunity(world.account(), { Name: 'Late', StageName: 'Prioritized' }),
});

const here = (condition: string) => (ids: Ids) => `Opportunity WHERE Id = '${ids['opportunity']!}' AND ${condition}`;
const handshakes = (ids: Ids) => `${HANDSHAKE} WHERE ${HANDSHAKE_FIELD.opportunity} = '${ids['opportunity']!}'`;
const pending = (ids: Ids) => `${handshakes(ids)} AND ${HANDSHAKE_FIELD.outcome} = 'Pending'`;
const accepted = (ids: Ids) => `${handshakes(ids)} AND ${HANDSHAKE_FIELD.outcome} = 'Accepted'`;
const shows = (outcome: string) => here(`${FIELD.handshakeStatus} = '${outcome}'`);
const moved = here("StageName = 'Prioritized'");

export const LOST_HAND_OVERS: readonly Loss[] = [
  {
    failure: 'own rule',
    flow: 'handshake request: the stage stands, and nothing keeps the opportunity there',
    given: engaged,
    fail: (world) => world.rule(HANDSHAKE, 'ISNEW()'),
    act: handOver,
    again: handOverAgain,
    counts: {
      moved: { of: moved, are: [0, 1, 1] },
      pending: { of: pending, are: [0, 0, 1] },
      shows: { of: shows('Pending'), are: [0, 0, 1] },
    },
    told: [['Handshake not opened: Deal', OWN_RULE]],
  },
  {
    failure: 'inactive owner',
    flow: 'handshake request: nobody active receives it, so the owner is asked, and RevOps told',
    given: engaged,
    fail: (world) => world.inactive(world.rep),
    act: handOver,
    again: handOverAgain,
    counts: {
      moved: { of: moved, are: [0, 1, 1] },
      pending: { of: (ids) => `${pending(ids)} AND ${HANDSHAKE_FIELD.toUser} != NULL`, are: [0, 1, 1] },
    },
    told: [['Handshake', 'no active user in the queue']],
  },
  {
    failure: 'limit reached',
    flow: 'handshake request: the move is refused as a whole',
    given: engaged,
    fail: nothing,
    act: (world, ids) =>
      world.beyond('dmlStatements', 0, 'Opportunity', [{ Id: ids['opportunity']!, StageName: 'Prioritized' }]),
    again: handOverAgain,
    counts: { moved: { of: moved, are: [0, 0, 1] }, pending: { of: pending, are: [0, 0, 1] } },
    told: [],
  },
  {
    failure: 'locked row',
    flow: 'handshake answer: the answer stands, the opportunity is changed by hand',
    given: asked,
    fail: (world, ids) => world.hold(ids['opportunity']!),
    act: accept,
    again: (world, ids) =>
      world.set('Opportunity', ids['opportunity']!, { [FIELD.handshakeStatus]: 'Accepted', OwnerId: world.rep }),
    counts: {
      accepted: { of: accepted, are: [0, 1, 1] },
      shows: { of: shows('Accepted'), are: [0, 0, 1] },
    },
    told: [
      ['Handshake', LOCKED],
      ['Handshake', LOCKED],
    ],
  },
  {
    failure: 'own rule',
    flow: 'handshake answer: the answer stands and shows, the owner is changed by hand',
    given: asked,
    fail: (world) => world.rule('Opportunity', 'ISCHANGED(OwnerId)'),
    act: accept,
    again: (world, ids) => world.set('Opportunity', ids['opportunity']!, { OwnerId: world.rep }),
    counts: {
      accepted: { of: accepted, are: [0, 1, 1] },
      shows: { of: shows('Accepted'), are: [0, 1, 1] },
      owned: {
        of: (ids) => `Opportunity WHERE Id = '${ids['opportunity']!}' AND Owner.LastName = 'rep'`,
        are: [0, 0, 1],
      },
    },
    told: [['Handshake', OWN_RULE]],
  },
  {
    failure: 'locked row',
    flow: 'handshake reminder: the handshake is locked when its time is over, and is answered later',
    given: asked,
    fail: (world, ids) => world.hold(ids['handshake']!),
    act: (world) => world.days(1),
    again: accept,
    counts: {
      pending: { of: pending, are: [1, 1, 0] },
      accepted: { of: accepted, are: [0, 0, 1] },
    },
    told: [['Handshake', LOCKED]],
  },
  {
    failure: 'own rule',
    flow: 'stage SLA: the breach cannot be marked',
    given: late,
    fail: (world) => world.rule('Opportunity', `${FIELD.slaBreached} && Name = "Late"`),
    act: (world) => world.days(7),
    again: (world, ids) => world.set('Opportunity', ids['opportunity']!, { [FIELD.slaBreached]: true }),
    counts: {
      there: { of: moved, are: [1, 1, 1] },
      breached: { of: here(`${FIELD.slaBreached} = TRUE`), are: [0, 0, 1] },
    },
    told: [['Stage SLA not followed up: Late', OWN_RULE]],
  },
  {
    failure: 'locked row',
    flow: 'stage SLA: the opportunity is locked when it falls due',
    given: late,
    fail: (world, ids) => world.hold(ids['opportunity']!),
    act: (world) => world.days(7),
    again: (world, ids) => world.set('Opportunity', ids['opportunity']!, { [FIELD.slaBreached]: true }),
    counts: {
      there: { of: moved, are: [1, 1, 1] },
      breached: { of: here(`${FIELD.slaBreached} = TRUE`), are: [0, 0, 1] },
    },
    told: [['Stage SLA not followed up: Late', LOCKED]],
  },
  {
    failure: 'inactive owner',
    flow: 'handshake rejected: who gave it is gone, so the opportunity goes back to its owner of today',
    given: async (world) => {
      const gone = await world.user('left');
      const opportunity = world.opportunity(world.account(), { StageName: 'Engaged', OwnerId: gone });
      const ids = { opportunity, gone };
      handOver(world, ids);
      world.set('Opportunity', opportunity, { OwnerId: world.head });
      const [row] = await world.lab.query(`SELECT Id FROM ${handshakes(ids)}`);
      return { ...ids, handshake: String(row!.Id) };
    },
    fail: (world, ids) => world.inactive(ids['gone']!),
    act: (world, ids) =>
      world.set(HANDSHAKE, ids['handshake']!, {
        [HANDSHAKE_FIELD.outcome]: 'Rejected',
        [HANDSHAKE_FIELD.reason]: world.rejection,
      }),
    again: () => undefined,
    counts: {
      back: { of: here("StageName = 'Engaged' AND Owner.LastName = 'head'"), are: [0, 1, 1] },
      tasks: {
        of: (ids) =>
          `Task WHERE WhatId = '${ids['opportunity']!}' AND Subject LIKE 'Rejected: %' AND Owner.Name = 'head'`,
        are: [0, 1, 1],
      },
    },
    told: [],
  },
  {
    failure: 'inactive owner',
    flow: 'stage SLA: the breach is marked, RevOps has the task that the owner cannot have',
    given: async (world) => {
      const gone = await world.user('left');
      return { gone, opportunity: world.opportunity(world.account(), { StageName: 'Prioritized', OwnerId: gone }) };
    },
    fail: (world, ids) => world.inactive(ids['gone']!),
    act: (world) => world.days(7),
    again: () => undefined,
    counts: { breached: { of: here(`${FIELD.slaBreached} = TRUE`), are: [0, 1, 1] } },
    told: [['Stage SLA not followed up: Deal', '']],
  },
];
