/** Values of a queried row, and of which type of the model an opportunity is. */
import { recordTypeName } from '../../compile/names.ts';
import type { OpportunityType, Waterfall } from '../../model/waterfall.ts';
import type { Row } from './types.ts';

/** Null for a blank field. */
export const textOf = (row: Row, field: string): string | null => {
  const value = row[field];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Zero for a blank field. */
export const numberOf = (row: Row, field: string): number => {
  const value = row[field];
  return typeof value === 'number' ? value : 0;
};

export const idOf = (row: Row): string => String(row['Id']);

/** A field of a parent: null where the parent is not there. */
export const parentText = (row: Row, parent: string, field: string): string | null => {
  const value = row[parent];
  return typeof value === 'object' && value !== null ? textOf(value as Row, field) : null;
};

/** The same record in 15 or 18 characters. */
export const sameId = (left: string, right: string): boolean => left.slice(0, 15) === right.slice(0, 15);

/** Null for an opportunity outside the waterfall. */
export const typeOf = (waterfall: Waterfall, row: Row): OpportunityType | null => {
  const token =
    waterfall.typeCarrier === 'recordType' ? parentText(row, 'RecordType', 'DeveloperName') : textOf(row, 'Type');
  return (
    waterfall.opportunityTypes.find(
      (type) => (waterfall.typeCarrier === 'recordType' ? recordTypeName(type) : type.typeValue) === token,
    ) ?? null
  );
};

/** Groups of more than one, by a text; rows without it are left out. */
export const doubles = (
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): readonly (readonly [key: string, rows: readonly Row[]])[] => {
  const groups = Map.groupBy(rows, keyOf);
  return [...groups].flatMap(([key, group]) => (key !== null && group.length > 1 ? [[key, group] as const] : []));
};
