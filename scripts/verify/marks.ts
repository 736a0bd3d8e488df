/** How test records are told from everybody else's. Renewals carry the mark too: their name begins with the account's. */
const MARK = 'Waterfall verify ';

/** Names of test records begin with it. */
export const namePrefix = (run: string): string => `${MARK}${run}`;

export const accountName = (run: string, index: number): string => `${namePrefix(run)} Account ${String(index + 1)}`;

export const recordName = (run: string, number: number): string => `${namePrefix(run)} ${String(number)}`;

export const ownKey = (run: string, number: number): string => `verify:${run}:${String(number)}`;

/** SOQL condition on a name field that holds for records of any run. The mark has neither quotes nor wildcards. */
export const isMarked = (field: string): string => `${field} LIKE '${MARK}%'`;
