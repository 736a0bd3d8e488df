import type { FieldValue } from '../../data/types.ts';
import type { FieldType } from '../../schema/types.ts';

/** REST spells a datetime `2026-01-01T00:00:00.000+0000`; everything else is told as it is kept. */
export function restValue(value: FieldValue, type: FieldType | undefined): FieldValue {
  return type === 'datetime' && typeof value === 'string' ? value.replace(/Z$/, '+0000') : value;
}
