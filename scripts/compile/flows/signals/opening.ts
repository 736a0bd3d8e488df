/** What an opportunity is like that automation opens for an account and a solution: its name, its key, when it closes and whose it is. */
import type { OpportunityType } from '../../../model/waterfall.ts';
import { byCase, merge, quoted } from '../formula-text.ts';

/** Opportunity.Name holds 120 characters (Object Reference, Opportunity). */
export const OPPORTUNITY_NAME_LENGTH = 120;
/** Of a text field, so of the key (Help, "Custom Field Attributes"). */
const KEY_LENGTH = 255;

/** Resources that the formulas below read, as a flow refers to them. */
export interface Opened {
  readonly accountId: string;
  readonly accountName: string;
  /** Formula text: a literal or a reference. */
  readonly solution: string;
}

/** Account and solution, both 18 characters and as they are: what is open for these two is open once. */
export const openKey = ({ accountId, solution }: Pick<Opened, 'accountId' | 'solution'>): string =>
  `LEFT(CASESAFEID(${merge(accountId)}) & ":" & ${solution}, ${String(KEY_LENGTH)})`;

/** `Acme Acquisition Analytics`: account and what it is, as a renewal is named, and what it is about. */
export const openedName = ({ accountName, solution }: Omit<Opened, 'accountId'>, typeLabel: string): string => {
  const rest = `" " & ${typeLabel} & " " & ${solution}`;
  return `LEFT(LEFT(${merge(accountName)}, MAX(0, ${String(OPPORTUNITY_NAME_LENGTH)} - LEN(${rest}))) & ${rest}, ${String(OPPORTUNITY_NAME_LENGTH)})`;
};

/** Nothing is known yet of when it will close, so that the model's number of days stands in. */
export const closeDate = (days: string): string => `${merge('$Flow.CurrentDate')} + ${days}`;

/** A value per type as formula text: as it stands where all types agree. */
export const perType = (
  types: readonly OpportunityType[],
  typeKey: string,
  value: (type: OpportunityType) => string,
): string =>
  byCase(
    merge(typeKey),
    types.map((type) => ({ token: quoted(type.key), value: value(type) })),
  );
