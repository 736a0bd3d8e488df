import type { FieldValue, Filter, Row } from '../../data/types.ts';

/**
 * A value as SOQL compares it: "case-sensitive for unique case-sensitive fields", other text without regard to case (DOC
 * soql-sosl/comparison-operators); an empty text is no value.
 */
export function comparable(value: FieldValue | undefined, caseSensitive: boolean): FieldValue {
  if (value === undefined || value === '') return null;
  return typeof value === 'string' && !caseSensitive ? value.toLowerCase() : value;
}

/** Whether a field tells `a` from `A`. */
export type IsCaseSensitive = (field: string) => boolean;

/**
 * Whether a row satisfies a filter, decided as the database would: used to hand the rows of one query to the interviews
 * that asked
 * for them. Only the row's own fields can be compared.
 */
export function matchesFilter(filter: Filter | null, row: Readonly<Row>, isCaseSensitive: IsCaseSensitive): boolean {
  if (filter === null) return true;
  if ('and' in filter) return filter.and.every((part) => matchesFilter(part, row, isCaseSensitive));
  if ('or' in filter) return filter.or.some((part) => matchesFilter(part, row, isCaseSensitive));
  if ('not' in filter) return !matchesFilter(filter.not, row, isCaseSensitive);
  const { field, operator } = filter;
  const caseSensitive = isCaseSensitive(field);
  const left = comparable(row[field], caseSensitive);
  if (operator === 'in' || operator === 'notIn') {
    const values = (Array.isArray(filter.value) ? filter.value : [filter.value]) as readonly FieldValue[];
    const found = values.some((value) => comparable(value, caseSensitive) === left);
    return operator === 'in' ? found : !found;
  }
  const right = comparable(filter.value as FieldValue, caseSensitive);
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (left === null) return false;
  switch (operator) {
    case '<':
      return right !== null && left < right;
    case '<=':
      return right !== null && left <= right;
    case '>':
      return right !== null && left > right;
    case '>=':
      return right !== null && left >= right;
    case 'startsWith':
      return String(left).startsWith(String(right ?? ''));
    case 'endsWith':
      return String(left).endsWith(String(right ?? ''));
    case 'contains':
      return String(left).includes(String(right ?? ''));
  }
}
