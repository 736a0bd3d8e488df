import type { FieldValue, Filter, Row } from '../../data/types.ts';

/** SOQL compares text without regard to case. */
const folded = (value: FieldValue | undefined): FieldValue =>
  typeof value === 'string' ? value.toLowerCase() : (value ?? null);

/**
 * Whether a row satisfies a filter, decided as the database would: used to hand the rows of one query to the interviews
 * that asked
 * for them. Only the row's own fields can be compared.
 */
export function matchesFilter(filter: Filter | null, row: Readonly<Row>): boolean {
  if (filter === null) return true;
  if ('and' in filter) return filter.and.every((part) => matchesFilter(part, row));
  if ('or' in filter) return filter.or.some((part) => matchesFilter(part, row));
  if ('not' in filter) return !matchesFilter(filter.not, row);
  const left = folded(row[filter.field]);
  const { operator } = filter;
  if (operator === 'in' || operator === 'notIn') {
    const values = (Array.isArray(filter.value) ? filter.value : [filter.value]) as readonly FieldValue[];
    const found = values.some((value) => folded(value) === left);
    return operator === 'in' ? found : !found;
  }
  const right = folded(filter.value as FieldValue);
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (left === null || right === null) return false;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case 'startsWith':
      return String(left).startsWith(String(right));
    case 'endsWith':
      return String(left).endsWith(String(right));
    case 'contains':
      return String(left).includes(String(right));
  }
}
