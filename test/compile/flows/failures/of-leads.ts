/** Leads becoming contacts. What is refused stands on the lead, for whoever opens it, and in list views. */
import { LEAD_FIELD, MEMBER_FIELD } from '../../../../scripts/compile/names.ts';
import type { Values } from '../org-lab.ts';
import { nothing, once } from './loss.ts';
import type { Loss } from './loss.ts';
import { LOCKED, OWN_RULE } from './world.ts';
import type { FailureWorld, Ids } from './world.ts';

const arriving = async (world: FailureWorld, ids: Ids): Promise<Values> => {
  const [row] = await world.lab.query(`SELECT Website FROM Account WHERE Id = '${ids['account']!}'`);
  return {
    LastName: 'Doe',
    // Nothing like the account's name.
    Company: `For ${ids['account']!}`,
    Email: `doe@${String(row!.Website)}`,
    [LEAD_FIELD.solution]: 'Analytics',
  };
};
const arrive = async (world: FailureWorld, ids: Ids): Promise<void> =>
  void world.lab.createOne('Lead', await arriving(world, ids));
const lead = (ids: Ids) => `Lead WHERE Company = 'For ${ids['account']!}'`;
const people = (ids: Ids) => `Contact WHERE AccountId = '${ids['account']!}' AND LastName = 'Doe'`;
const members = (ids: Ids) => `OpportunityContactRole WHERE Contact.AccountId = '${ids['account']!}'`;
const saying = (reason: string) => (ids: Ids) =>
  `${lead(ids)} AND ${LEAD_FIELD.matchStatus} = 'Not Converted' AND ${LEAD_FIELD.conversionProblem} LIKE '%${reason}%'`;
/** A converted one is left alone. */
const open = async (world: FailureWorld, ids: Ids): Promise<string | null> => {
  const [row] = await world.lab.query(`SELECT Id FROM ${lead(ids)} AND IsConverted = FALSE`);
  return row ? String(row.Id) : null;
};
/** Anything about the lead, later: it is tried again. */
const touch = async (world: FailureWorld, ids: Ids): Promise<void> => {
  const id = await open(world, ids);
  world.minutes(2);
  if (id) world.set('Lead', id, { Title: 'Head of Sales' });
};
/** Held from its save to the end of what the save has begun. */
const arriveLocked = async (world: FailureWorld, record: Values): Promise<void> => {
  const end = world.hold(world.lab.createOne('Lead', record));
  world.settle();
  await end();
};

const refused = (failure: Loss['failure'], flow: string, reason: string, fail: Loss['fail']): Loss => ({
  failure,
  flow,
  given: (world) => ({ account: world.account() }),
  fail,
  act: arrive,
  again: touch,
  counts: {
    leads: { of: lead, are: [0, 1, 1] },
    converted: { of: (ids) => `${lead(ids)} AND IsConverted = TRUE`, are: [0, 0, 1] },
    people: { of: people, are: [0, 0, 1] },
    members: { of: members, are: [0, 0, 1] },
    saying: { of: saying(reason), are: [0, 1, 0] },
  },
  told: [],
});

export const LOST_LEADS: readonly Loss[] = [
  refused('own rule', 'lead conversion: the lead stays and says why', OWN_RULE, (world) =>
    world.rule('Contact', 'LastName = "Doe"'),
  ),
  refused('locked row', 'lead conversion: the account is locked, the lead stays and says why', LOCKED, (world, ids) =>
    world.hold(ids['account']!),
  ),
  {
    failure: 'inactive owner',
    flow: 'lead conversion: whoever is next owns the contact and the opportunity',
    given: async (world) => {
      const gone = await world.user('left');
      return { gone, account: world.account({ OwnerId: gone }) };
    },
    fail: (world, ids) => world.inactive(ids['gone']!),
    act: arrive,
    again: touch,
    counts: {
      converted: { of: (ids) => `${lead(ids)} AND IsConverted = TRUE`, are: [0, 1, 1] },
      people: { of: (ids) => `${people(ids)} AND Owner.IsActive = TRUE`, are: [0, 1, 1] },
      members: { of: (ids) => `${members(ids)} AND Opportunity.Owner.IsActive = TRUE`, are: [0, 1, 1] },
    },
    told: [],
  },
  {
    failure: 'own rule',
    flow: 'joining after a conversion: the contact stands',
    given: (world) => ({ account: world.account() }),
    fail: (world) => world.rule('OpportunityContactRole', `ISPICKVAL(${MEMBER_FIELD.source}, "Inbound")`),
    act: arrive,
    again: once(async (world, ids) => {
      const [contact] = await world.lab.query(`SELECT Id FROM ${people(ids)}`);
      const [opportunity] = await world.lab.query(`SELECT Id FROM Opportunity WHERE AccountId = '${ids['account']!}'`);
      world.member(String(opportunity!.Id), String(contact!.Id));
    }, members),
    counts: {
      converted: { of: (ids) => `${lead(ids)} AND IsConverted = TRUE`, are: [0, 1, 1] },
      people: { of: people, are: [0, 1, 1] },
      members: { of: members, are: [0, 0, 1] },
    },
    told: [['', OWN_RULE]],
  },
  {
    failure: 'locked row',
    flow: 'lead matching: the lead itself is locked, so that it can say nothing, and RevOps has a task',
    given: (world) => ({ account: world.account() }),
    fail: nothing,
    act: async (world, ids) => arriveLocked(world, await arriving(world, ids)),
    // As the task says.
    async again(world, ids) {
      const id = await open(world, ids);
      if (id) world.set('Lead', id, { [LEAD_FIELD.matchedAccount]: ids['account']! });
    },
    counts: {
      leads: { of: lead, are: [0, 1, 1] },
      converted: { of: (ids) => `${lead(ids)} AND IsConverted = TRUE`, are: [0, 0, 1] },
      people: { of: people, are: [0, 0, 1] },
    },
    told: [['Lead without an account: Doe', LOCKED]],
  },
  {
    failure: 'locked row',
    flow: 'lead conversion: the lead itself is locked, so that it can say nothing, and RevOps has a task',
    given: (world) => ({ account: world.account() }),
    fail: nothing,
    act: async (world, ids) =>
      arriveLocked(world, { ...(await arriving(world, ids)), [LEAD_FIELD.matchedAccount]: ids['account']! }),
    // As the task says.
    async again(world, ids) {
      const id = await open(world, ids);
      if (!id) return;
      world.set('Lead', id, { [LEAD_FIELD.matchedAccount]: null });
      world.set('Lead', id, { [LEAD_FIELD.matchedAccount]: ids['account']! });
    },
    counts: {
      leads: { of: lead, are: [0, 1, 1] },
      converted: { of: (ids) => `${lead(ids)} AND IsConverted = TRUE`, are: [0, 0, 1] },
      people: { of: people, are: [0, 0, 1] },
    },
    told: [['Lead', LOCKED]],
  },
];
