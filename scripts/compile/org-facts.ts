/**
 * What compiling must know of the org that it is for, where orgs differ in what they take: a field that only some have, a formula that
 * depends on a field's type. The project itself is compiled for any org; a plan compiles once more for the org it has read.
 */
export interface OrgFacts {
  /** Opportunity has a currency of its own (object reference, Opportunity, CurrencyIsoCode: only with multicurrency). */
  readonly multiCurrency: boolean;
  /** How a formula tests whether a field of Opportunity is filled, by API name; standard fields that are left out are known. */
  readonly fieldKinds: Readonly<Record<string, FieldKind>>;
  /** Record type -> stages that it keeps beside the model's, because the org's own record type was adopted. */
  readonly keptStages: Readonly<Record<string, readonly string[]>>;
}

export type FieldKind = 'picklist' | 'checkbox' | 'other';

export const CURRENCY = 'CurrencyIsoCode';

/** Nothing is known: only what every org takes. */
export const ANY_ORG: OrgFacts = { multiCurrency: false, fieldKinds: {}, keptStages: {} };
