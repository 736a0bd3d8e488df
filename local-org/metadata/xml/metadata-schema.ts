import { readFileSync } from 'node:fs';

/** One element of a metadata type. `type` is `string`, `boolean`, `number`, `Date`, an enum's or another type's name. */
export interface MetadataElement {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly array: boolean;
}

interface SchemaFile {
  readonly types: Record<string, [string, string]>;
  readonly enums: Record<string, string>;
}

let file: SchemaFile | undefined;
const elements = new Map<string, ReadonlyMap<string, MetadataElement>>();
const enums = new Map<string, ReadonlySet<string>>();

/** Half a megabyte of JSON: read when the first component is checked, not when an org is opened. */
function schemaFile(): SchemaFile {
  file ??= JSON.parse(
    readFileSync(new URL('../metadata-schema.generated.json', import.meta.url), 'utf8'),
  ) as SchemaFile;
  return file;
}

/**
 * Elements of a metadata type, inherited ones first, in the order in which the platform writes them.
 * Undefined when there is no such type. Generated from @salesforce/types (dev/generate-metadata-schema.ts).
 */
export function elementsOf(type: string): ReadonlyMap<string, MetadataElement> | undefined {
  const known = elements.get(type);
  if (known) return known;
  const compact = Object.hasOwn(schemaFile().types, type) ? schemaFile().types[type] : undefined;
  if (!compact) return undefined;
  const [base, fields] = compact;
  const found = new Map(base ? elementsOf(base) : []);
  for (const field of fields.split(' ').filter((text) => text !== '')) {
    const [, name = '', optional, of = '', array] = /^(\w+)(\?)?:(\w+)(\[\])?$/.exec(field) ?? [];
    found.set(name, {
      name,
      type: of,
      required: optional === undefined && array === undefined,
      array: array !== undefined,
    });
  }
  elements.set(type, found);
  return found;
}

/** Values of an enum; undefined when `name` is not one. */
export function enumValues(name: string): ReadonlySet<string> | undefined {
  const known = enums.get(name);
  if (known) return known;
  const text = Object.hasOwn(schemaFile().enums, name) ? schemaFile().enums[name] : undefined;
  if (text === undefined) return undefined;
  const values = new Set(text.split('|'));
  enums.set(name, values);
  return values;
}
