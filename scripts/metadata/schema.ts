import data from './schema-data.json' with { type: 'json' };

/** What `@salesforce/types` says of one element of a metadata type. */
export interface ElementSchema {
  readonly name: string;
  /**
   * `double` is a number that the platform writes with a decimal point (`66.0`); `enum` text out of `enumValues(type)`.
   */
  readonly kind: 'string' | 'boolean' | 'number' | 'double' | 'enum' | 'object';
  /** Name of the type or enumeration; the kind itself for plain values. */
  readonly type: string;
  readonly array: boolean;
  /** Arrays never are: the WSDL gives them minOccurs 0. */
  readonly required: boolean;
}

/**
 * Elements in the order in which a retrieve gives them: inherited ones first, then the type's own as the WSDL lists
 * them.
 */
export type TypeSchema = ReadonlyMap<string, ElementSchema>;

const types: Readonly<Record<string, Readonly<Record<string, string>>>> = data.types;
const enums: Readonly<Record<string, readonly string[]>> = data.enums;
const cache = new Map<string, TypeSchema>();

const PLAIN = ['string', 'boolean', 'number', 'double'] as const;

const element = (name: string, code: string): ElementSchema => {
  const array = code.endsWith('[]');
  const required = !array && !code.endsWith('?');
  const type = code.replace(/\[\]$|\?$/, '');
  const kind = PLAIN.find((plain) => plain === type) ?? (type in enums ? 'enum' : 'object');
  return { name, kind, type, array, required };
};

/** Undefined for a type that schema-data.json does not hold. */
export const typeSchema = (type: string): TypeSchema | undefined => {
  const known = cache.get(type);
  const codes = types[type];
  if (known !== undefined || codes === undefined) return known;
  const schema = new Map(Object.entries(codes).map(([name, code]) => [name, element(name, code)]));
  cache.set(type, schema);
  return schema;
};

export const enumValues = (name: string): readonly string[] => enums[name] ?? [];
