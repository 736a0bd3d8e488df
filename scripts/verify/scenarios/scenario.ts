/** A scenario as data: what is done to a record, step by step, and what must be seen after each step. */
import type { FieldValue } from '../../org/types.ts';
import type { OpportunityType, OpportunityTypeKey, Sla } from '../../model/waterfall.ts';

/** A field's value, or what the org has to be asked for first. */
export type StepValue =
  | FieldValue
  /** The record type (or the value of Type) that carries an opportunity type. */
  | { readonly typeOf: OpportunityTypeKey }
  /** Something that fills the field, whatever type it is of. */
  | { readonly anythingFor: string }
  /** A day so many days after today. */
  | { readonly daysAfterToday: number }
  /** A key that no other record has. */
  | { readonly ownKey: true };

export type Values = Readonly<Record<string, StepValue>>;

/** What a field of the record must hold after a step. */
export type Expected =
  | { readonly is: FieldValue }
  /** The day of the save, in the running user's time zone. */
  | { readonly today: true }
  /** The moment of the save, give or take clocks. */
  | { readonly now: true }
  /** What it held before the step. */
  | { readonly unchanged: true }
  /** Stage-entered-at plus the SLA; blank for none. */
  | { readonly due: Sla | null }
  | { readonly typeOf: OpportunityTypeKey }
  /** Days after the day of the save. */
  | { readonly daysAfterToday: number };

/** What a renewal must hold; besides the above, what it takes from the opportunity it came from. */
export type ExpectedOfRenewal = Expected | { readonly sourceField: string } | { readonly renewalKey: true };

export type Expectation =
  | { readonly kind: 'field'; readonly field: string; readonly value: Expected }
  /** Refused by this very rule: a refusal for another reason shows nothing. */
  | { readonly kind: 'refusal'; readonly message: string }
  | { readonly kind: 'renewals'; readonly count: number; readonly values: Readonly<Record<string, ExpectedOfRenewal>> };

export type Action =
  | { readonly do: 'create'; readonly values: Values }
  | { readonly do: 'update'; readonly values: Values }
  /** Creates a record with every value of the present one, as the Clone button does; later steps are about the copy. */
  | { readonly do: 'copy' };

export interface Step {
  /** The stage it puts the record into. */
  readonly trigger: string;
  readonly action: Action;
  readonly expect: readonly Expectation[];
}

export interface Scenario {
  readonly name: string;
  /** What scenarios of other types and stages that try the same have in common; a line of the report's summary. */
  readonly family: string;
  readonly type: OpportunityType;
  readonly steps: readonly Step[];
  /** How many records go through it together, in one save each. */
  readonly records: number;
}

export const field = (name: string, value: Expected): Expectation => ({ kind: 'field', field: name, value });
export const BLANK: Expected = { is: null };
export const TODAY: Expected = { today: true };
export const NOW: Expected = { now: true };
export const UNCHANGED: Expected = { unchanged: true };
export const refusedWith = (message: string): Expectation => ({ kind: 'refusal', message });
