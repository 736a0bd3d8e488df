/** Saves marked records of any object and looks at what the org's automation made of them, also of what it does after the commit. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Org, OrgRecord, SaveOutcome } from '../../org/types.ts';
import { addDays, dayIn } from '../dates.ts';
import type { OpportunityType } from '../../model/waterfall.ts';
import type { Ground } from '../ground.ts';
import { namePrefix } from '../marks.ts';
import { adviceFor } from '../refusal-advice.ts';
import type { VerifyOptions } from '../types.ts';

/** Asynchronous paths run when the org finds the time, as a rule within seconds. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 250;

/** The org kept a test record out. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly action: string;
  constructor(message: string, action: string) {
    super(message);
    this.action = action;
  }
}

export interface Lab {
  readonly ground: Ground;
  /** A name that the clean-up knows: `Waterfall verify <run> <name>`. */
  name(name: string): string;
  /** A day, so many days after today. */
  day(daysAfterToday: number): string;
  /** A domain of this run alone, at which nobody can be written to (RFC 2606). */
  readonly domain: string;
  account(name: string, values?: OrgRecord): Promise<string>;
  contact(accountId: string, name: string, values?: OrgRecord): Promise<string>;
  opportunity(accountId: string, values: OrgRecord): Promise<string>;
  /** Ids, in order. Throws Refused when one is. */
  create(object: string, records: readonly OrgRecord[]): Promise<readonly string[]>;
  update(object: string, id: string, values: OrgRecord): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Why the org refuses the change; null when it does not. */
  refusal(object: string, id: string, values: OrgRecord): Promise<string | null>;
  rows<Row>(soql: string): Promise<readonly Row[]>;
  /** The rows once `good` holds, or what there is when patience ends. */
  eventually<Row>(soql: string, good: (rows: readonly Row[]) => boolean): Promise<readonly Row[]>;
}

export const openLab = (
  org: Org,
  ground: Ground,
  { values = {}, patience = PATIENCE_MS, signal }: Pick<VerifyOptions, 'values' | 'patience' | 'signal'>,
): Lab => {
  const today = dayIn(new Date().toISOString(), ground.timeZone);
  const name = (text: string): string => `${namePrefix(ground.run)} ${text}`;
  const create: Lab['create'] = async (object, records) => idsOf(await org.create(object, records));
  const one = async (object: string, record: OrgRecord): Promise<string> => (await create(object, [record]))[0] ?? '';
  return {
    ground,
    name,
    day: (days) => addDays(today, days),
    domain: `verify-${ground.run}.example.com`,
    account: (text, more) => one('Account', { Name: name(text), ...values.Account, ...more }),
    contact: (AccountId, text, more) => one('Contact', { AccountId, LastName: name(text), ...more }),
    opportunity: (AccountId, more) =>
      one('Opportunity', { Name: name('process'), ...ground.defaults, AccountId, ...more }),
    create,
    async update(object, id, more) {
      idsOf(await org.update(object, [{ Id: id, ...more }]));
    },
    async remove(ids) {
      idsOf(await org.remove(ids));
    },
    async refusal(object, id, more) {
      const [outcome] = await org.update(object, [{ Id: id, ...more }]);
      return outcome?.success === true ? null : (outcome?.errors ?? []).map(({ message }) => message).join('; ');
    },
    rows: (soql) => org.query(soql),
    async eventually<Row>(soql: string, good: (rows: readonly Row[]) => boolean) {
      const until = Date.now() + patience;
      for (;;) {
        const rows = await org.query<Row>(soql);
        if (good(rows) || signal?.aborted || Date.now() > until) return rows;
        await wait(LOOK_AGAIN_MS);
      }
    },
  };
};

/** The field that makes an opportunity one of the type. */
export const typeOf = (lab: Lab, type: OpportunityType): Readonly<Record<string, string>> => {
  const value = lab.ground.typeValues.get(type.key);
  return value === undefined ? {} : { [lab.ground.typeField]: value };
};

const idsOf = (outcomes: readonly SaveOutcome[]): readonly string[] => {
  const refused = outcomes.find(({ success }) => !success);
  if (refused) throw new Refused(refused.errors.map(({ message }) => message).join('; '), adviceFor(refused.errors));
  return outcomes.map(({ id }) => id ?? '');
};
