/** A row of the table of failures. */
import { FIELD } from '../../../../scripts/compile/names.ts';
import type { Ending, FailureWorld, Ids } from './world.ts';

type Moments = readonly [before: number, whileItFails: number, after: number];

export interface Loss {
  readonly failure:
    'own rule' | 'locked row' | 'inactive owner' | 'deleted contact' | 'missing price' | 'limit reached';
  /** The flow, and what becomes of it. */
  readonly flow: string;
  given(world: FailureWorld): Ids | Promise<Ids>;
  fail(world: FailureWorld, ids: Ids): Ending | Promise<Ending>;
  act(world: FailureWorld, ids: Ids): void | Promise<void>;
  /** What the task says is to be done, or what people do who were refused. Called twice: the second time changes nothing. */
  again(world: FailureWorld, ids: Ids): void | Promise<void>;
  /** What is counted: `FROM` of a query, and how many. */
  readonly counts: Readonly<Record<string, { readonly of: (ids: Ids) => string; readonly are: Moments }>>;
  /** Beginning of the subject, and a part of the reason, of every task that is created. */
  readonly told: readonly (readonly [subject: string, reason: string])[];
}

export const nothing = (): Ending => () => undefined;

/** Made by hand, where the task asks for that; the second time there is nothing left to do. */
export const once =
  (work: (world: FailureWorld, ids: Ids) => Promise<void> | void, done: (ids: Ids) => string) =>
  async (world: FailureWorld, ids: Ids): Promise<void> => {
    if ((await world.count(done(ids))) === 0) await work(world, ids);
  };

export const createdBy = (type: string) => (ids: Ids) =>
  `Opportunity WHERE ${FIELD.key} LIKE '${type}:${ids['won']!}%'`;
export const isWon = (ids: Ids) => `Opportunity WHERE Id = '${ids['won']!}' AND StageName = 'Closed Won'`;
export const ofRenewal = (object: string) => (ids: Ids) =>
  `${object} WHERE Opportunity.${FIELD.key} = 'renewal:${ids['won']!}'`;
export const idOfFollowUp = async (world: FailureWorld, ids: Ids, type: string): Promise<string> =>
  String((await world.lab.query(`SELECT Id FROM ${createdBy(type)(ids)}`))[0]!.Id);

export const toBeWon = (world: FailureWorld): Ids => {
  const account = world.account();
  return { account, won: world.opportunity(account) };
};
export const withMembers = (world: FailureWorld): Ids => {
  const ids = toBeWon(world);
  const [anna, berta] = [world.contact(ids['account']!), world.contact(ids['account']!)];
  world.member(ids['won']!, anna);
  world.member(ids['won']!, berta);
  return { ...ids, anna, berta };
};
export const win = (world: FailureWorld, ids: Ids): void =>
  world.set('Opportunity', ids['won']!, { StageName: 'Closed Won' });
/** As the task says. */
export const winAgain = (world: FailureWorld, ids: Ids): void => {
  world.set('Opportunity', ids['won']!, { StageName: 'Negotiation' });
  win(world, ids);
};
