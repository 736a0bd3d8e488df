/** What the integrity checks read and say. Reading only: nothing in this folder writes to an org. */
import type { Waterfall } from '../../model/waterfall.ts';
import type { OrgIdentity } from '../../org/types.ts';

/** A record as a query answers it: fields by API name, parents nested. */
export type Row = Readonly<Record<string, unknown>>;

/** One thing that is wrong, and the records that it is wrong about. */
export interface Damage {
  readonly problem: string;
  /** Whoever puts it right opens the first one. */
  readonly ids: readonly string[];
}

/** What the checks look at. A list is empty where the org has nothing of the kind, be it that the model leaves it out. */
export interface IntegrityData {
  /** Every opportunity that is not deleted, whatever its type. */
  readonly opportunities: readonly Row[];
  /** Opportunities that are in a stage of their type without its date, although the automation has seen them. */
  readonly undated: readonly Row[];
  /** Contact roles of opportunities. */
  readonly members: readonly Row[];
  /** Leads that count for an opportunity and are no contacts yet. */
  readonly openLeads: readonly Row[];
  /** Leads whose match has not begun or was broken off. */
  readonly leadsToMatch: readonly Row[];
  /** Leads with their account, at the moment of the model, whose conversion has not begun or was broken off. */
  readonly leadsToConvert: readonly Row[];
  readonly convertedLeads: readonly Row[];
  readonly handshakes: readonly Row[];
  /** Tasks that say what automation could not do, open or done. */
  readonly tasks: readonly Row[];
  /** Days after a win -> ids of won opportunities whose win is longer ago than that, by the org's own clock. */
  readonly wonLongerAgo: ReadonlyMap<number, ReadonlySet<string>>;
}

export interface IntegrityCheck {
  readonly name: string;
  /** What holds in an org that is whole. */
  readonly rule: string;
  /** How many records it looks at. */
  readonly looksAt: (data: IntegrityData, waterfall: Waterfall) => number;
  readonly find: (data: IntegrityData, waterfall: Waterfall) => readonly Damage[];
}

export interface IntegrityResult {
  readonly check: string;
  readonly rule: string;
  readonly lookedAt: number;
  readonly damages: readonly Damage[];
}

/** What RevOps was told, one line for each kind of thing and reason. */
export interface ToldReason {
  /** What could not be done, without the record it was about: `Renewal not created`. */
  readonly what: string;
  readonly reason: string;
  readonly count: number;
  readonly open: number;
  /** Ids of the tasks. */
  readonly ids: readonly string[];
}

export interface IntegrityReport {
  readonly org: Pick<OrgIdentity, 'orgId' | 'name' | 'username' | 'kind'>;
  readonly results: readonly IntegrityResult[];
  /** No damage: automation has told people of these, who settle them. */
  readonly told: readonly ToldReason[];
  /** Milliseconds. */
  readonly durations: { readonly reading: number; readonly checking: number };
  /** Nothing is wrong. */
  readonly ok: boolean;
}
