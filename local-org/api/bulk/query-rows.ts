import type { Query } from '../../data/soql/ast.ts';
import type { SoqlColumn, SoqlRecord, SoqlResult, SoqlValue } from '../../data/soql/soql-result.ts';
import { PlatformError } from '../../platform-error.ts';

/** Bulk API 2.0 Developer Guide, "SOQL Considerations". */
export const groupsRefused = (): PlatformError =>
  new PlatformError('API_ERROR', 'Aggregate functions and GROUP BY are not supported in Bulk Query');

/** As connectors of several makers look for it, and bulk users quote it. */
const compoundRefused = (): PlatformError =>
  new PlatformError('API_ERROR', 'Selecting compound data not supported in Bulk Query');

/**
 * "Bulk API 2.0 doesn't support SOQL queries that include … OFFSET, or TYPEOF clauses" nor "FIELDS()" (Bulk API 2.0 Developer
 * Guide, Create a Query Job). Throws API_ERROR; the text is unconfirmed.
 */
export function requireBulkQuery({ select, offset }: Query): void {
  const clause = select.some(({ kind }) => kind === 'typeof')
    ? 'TYPEOF'
    : select.some(({ kind }) => kind === 'fields')
      ? 'FIELDS()'
      : offset === null
        ? null
        : 'OFFSET';
  if (clause !== null) throw new PlatformError('API_ERROR', `${clause} is not supported in Bulk Query`);
}

const childrenRefused = (): PlatformError =>
  new PlatformError('API_ERROR', 'Aggregate Relationships not supported in Bulk Query');

function valueAt(record: SoqlRecord, path: readonly string[]): SoqlValue {
  return path.reduce<SoqlValue>((at, name) => {
    if (at === null || typeof at !== 'object' || at.kind !== 'record') return null;
    return at.values[name] ?? null;
  }, record);
}

const text = (value: SoqlValue): string => (value === null || typeof value === 'object' ? '' : String(value));

/** Names of the CSV's columns, parents' fields as `Account.Name`. Throws API_ERROR for what Bulk API 2.0 cannot query. */
export function headerOf(columns: readonly SoqlColumn[]): readonly string[] {
  if (columns.some(({ children }) => children !== null)) throw childrenRefused();
  if (columns.length === 0 || columns.some(({ aggregate }) => aggregate)) throw groupsRefused();
  if (columns.some(({ type }) => type === 'address' || type === 'location')) throw compoundRefused();
  return columns.map(({ path }) => path.join('.'));
}

/** A result's records as rows of text, in the order of the columns. */
export function rowsOf(result: SoqlResult): readonly (readonly string[])[] {
  const paths = result.columns.map(({ path }) => path);
  return result.records.map((record) => paths.map((path) => text(valueAt(record, path))));
}
