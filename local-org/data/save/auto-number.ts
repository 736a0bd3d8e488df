import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { SaveContext } from './save-context.ts';

const COUNTER =
  'INSERT INTO _record_sequence VALUES (?, 1) ON CONFLICT (prefix) DO UPDATE SET value = value + 1 RETURNING value';

/**
 * The next auto number: `A-{0000}` becomes `A-0001`. {YYYY}, {YY}, {MM} and {DD} are today's. DOC
 * metadata-api/customfield displayFormat.
 */
export function formatAutoNumber(context: SaveContext, object: ObjectDef, field: FieldDef): string {
  const row = context.store.statement(COUNTER).get(`number ${object.name}.${field.name}`) as unknown as [number];
  const [year = '', month = '', day = ''] = context.timestamp.slice(0, 10).split('-');
  return (field.autoNumberFormat ?? '{0}')
    .replace(/\{YYYY\}/g, year)
    .replace(/\{YY\}/g, year.slice(2))
    .replace(/\{MM\}/g, month)
    .replace(/\{DD\}/g, day)
    .replace(/\{(0+)\}/, (_match, zeros: string) => String(row[0]).padStart(zeros.length, '0'));
}
