import type { Schema } from '../../../schema/types.ts';
import type { SoqlRecord, SoqlResult, SoqlValue } from '../../../data/soql/soql-result.ts';
import { restValue } from '../../values/write-value.ts';

export interface RecordLinks {
  readonly schema: Schema;
  /** `/services/data/v67.0/sobjects` */
  readonly base: string;
}

/** A queried record as REST tells it: `attributes` first, then what was selected. */
export function recordJson(
  links: RecordLinks,
  record: SoqlRecord,
  types: ColumnTypes = NO_TYPES,
): Record<string, unknown> {
  const attributes =
    record.id === null
      ? { type: record.object }
      : { type: record.object, url: `${links.base}/${record.object}/${record.id}` };
  const json: Record<string, unknown> = { attributes };
  const fields = links.schema.object(record.object)?.fields;
  for (const [name, value] of Object.entries(record.values)) {
    json[name] = valueJson(links, value, fields?.get(name.toLowerCase())?.type ?? types.get(name));
  }
  return json;
}

type ColumnTypes = ReadonlyMap<string, NonNullable<SoqlResult['columns'][number]['type']>>;
const NO_TYPES: ColumnTypes = new Map();

/** Types of what is no field of the record: `MAX(CreatedDate)` under its alias. */
const columnTypes = (result: SoqlResult): ColumnTypes =>
  new Map(
    result.columns.flatMap(({ path, type }) => (path.length === 1 && type ? [[path[0] ?? '', type] as const] : [])),
  );

function valueJson(links: RecordLinks, value: SoqlValue, type: Parameters<typeof restValue>[1]): unknown {
  // A Tooling object's Metadata is kept as JSON, and a compound address is read as JSON.
  if ((type === 'complexvalue' || type === 'address') && typeof value === 'string') return JSON.parse(value);
  if (value === null || typeof value !== 'object') return restValue(value, type);
  if (value.kind === 'record') return recordJson(links, value);
  const { totalSize, done } = value;
  return { totalSize, done, records: value.records.map((record) => recordJson(links, record)) };
}

/** All records of a result. */
export function recordsJson(links: RecordLinks, result: SoqlResult): readonly Record<string, unknown>[] {
  const types = columnTypes(result);
  return result.records.map((record) => recordJson(links, record, types));
}
