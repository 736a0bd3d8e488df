/** Pieces of Salesforce formula text, with a flow's merge syntax (`{!$Record.StageName}`). */
import { BYPASS_PERMISSION, recordTypeName } from '../names.ts';
import type { OpportunityType, Waterfall } from '../../model/waterfall.ts';

/** A text literal. Formula text escapes quotation marks and backslashes with a backslash. */
export const quoted = (value: string): string => `"${value.replaceAll(/["\\]/g, '\\$&')}"`;

export const merge = (resource: string): string => `{!${resource}}`;
export const record = (field: string): string => merge(`$Record.${field}`);
/** The value before this save. Only for records that are not new: see `newOrNot`. */
export const prior = (field: string): string => merge(`$Record__Prior.${field}`);

const call =
  (name: 'AND' | 'OR') =>
  (first: string, ...more: readonly string[]): string =>
    more.length === 0 ? first : `${name}(${[first, ...more].join(', ')})`;

/** One term stays as it is. */
export const or = call('OR');
export const and = call('AND');

/** `or` over a list that is known to hold something; an empty one is never true. */
export const anyOf = ([first, ...more]: readonly string[]): string =>
  first === undefined ? 'FALSE' : or(first, ...more);

/** A value by what `of` is, all formula text: as it stands where all agree, otherwise the last for everything else. */
export const byCase = (of: string, cases: readonly { readonly token: string; readonly value: string }[]): string => {
  const last = cases.at(-1)?.value ?? 'NULL';
  if (cases.every(({ value }) => value === last)) return last;
  return `CASE(${[of, ...cases.slice(0, -1).map(({ token, value }) => `${token}, ${value}`), last].join(', ')})`;
};

export const stageIs = (name: string): string => `ISPICKVAL(${record('StageName')}, ${quoted(name)})`;
export const stageIsOneOf = (names: readonly string[]): string => anyOf(names.map(stageIs));

/**
 * A moment for texts, `2027-01-31 14:05 GMT`: TEXT gives `YYYY-MM-DD HH:MM:SSZ`, in GMT (help: "Using Date, Date/Time, and Time Values in
 * Formulas"), while one that is merged as it stands comes in the language and time zone of whoever happens to save.
 */
export const momentText = (field: string): string => `LEFT(TEXT(${record(field)}), 16) & " GMT"`;

/** What the stage is called, as text. */
export const STAGE_TEXT = `TEXT(${record('StageName')})`;

/** Whether the record is being created; formula resources of record-triggered flows have ISNEW (help: "ISNEW"). */
export const IS_NEW = 'ISNEW()';

/**
 * A value that may read the prior record. A new record has none, and what `$Record__Prior` gives then is not documented: no result
 * rests on it.
 */
export const newOrNot = (whenNew: string, otherwise: string): string => `IF(${IS_NEW}, ${whenNew}, ${otherwise})`;

/** True when this save puts the record into its stage: on create, and on a change of stage. */
export const ENTERED_A_STAGE = newOrNot('TRUE', `${STAGE_TEXT} <> TEXT(${prior('StageName')})`);

/** True when this save gives the field a value of its own: on create any value, on update a new one. */
export const setInThisSave = (field: string): string =>
  and(
    `NOT(ISBLANK(${record(field)}))`,
    newOrNot('TRUE', or(`ISBLANK(${prior(field)})`, `${record(field)} <> ${prior(field)}`)),
  );

/**
 * A value behind a lookup of the record, asked for only when the lookup is filled: a reference through an empty one ends the flow ("failed to
 * access the value … because it hasn't been set or assigned"; help 000382782), and IF alone is known not to look at what it does not take.
 */
export const through = (lookup: string, value: string, otherwise: string): string =>
  `IF(ISBLANK(${record(lookup)}), ${otherwise}, ${value})`;

/** `Customer_Success_Owner__c` -> `Customer_Success_Owner__r`, `OwnerId` -> `Owner`. */
export const relationship = (lookup: string): string => lookup.replace(/__c$/, '__r').replace(/Id$/, '');

const isActive = (user: string): string => through(user, record(`${relationship(user)}.IsActive`), 'FALSE');

/** The user in a field of the record while active. */
export const activeUser = (user: string, otherwise: string): string =>
  `IF(${isActive(user)}, ${record(user)}, ${otherwise})`;

/** The user in a field of the account while active. `account` is the record's way to it: `AccountId`, `Opportunity__r.AccountId`. */
export const accountUser = (account: string, field: string, otherwise: string): string => {
  const user = `${relationship(account)}.${field}`;
  return `IF(${through(account, isActive(user), 'FALSE')}, ${record(user)}, ${otherwise})`;
};

/** The field that tells an opportunity's type, as text: its record type's developer name (none in an org's own master type) or the Type picklist. */
export const typeText = (waterfall: Waterfall): string =>
  waterfall.typeCarrier === 'recordType'
    ? through('RecordTypeId', record('RecordType.DeveloperName'), '""')
    : `TEXT(${record('Type')})`;

export const typeToken = (waterfall: Waterfall, type: OpportunityType): string =>
  quoted(waterfall.typeCarrier === 'recordType' ? recordTypeName(type) : type.typeValue);

export const typeIs = (waterfall: Waterfall, type: OpportunityType): string =>
  `${typeText(waterfall)} = ${typeToken(waterfall, type)}`;

/** Whoever holds the custom permission is left alone; bulk migrations use it. */
export const NOT_BYPASSED = `NOT(${merge(`$Permission.${BYPASS_PERMISSION}`)})`;

export const ENTERED_A_STAGE_AT_START = `OR(${IS_NEW}, ISCHANGED(${record('StageName')}))`;
