import { type ElementSchema, enumValues, typeSchema } from './schema.ts';

const plainProblem = (value: unknown, element: ElementSchema, place: string): readonly string[] => {
  const expected =
    element.kind === 'enum' || element.kind === 'string' ? 'string' : element.kind === 'boolean' ? 'boolean' : 'number';
  if (typeof value !== expected) return [`${place}: ${JSON.stringify(value)} is not a ${expected}`];
  if (element.kind === 'enum' && !enumValues(element.type).includes(value as string)) {
    return [`${place}: ${String(value)} is not one of ${element.type}`];
  }
  return [];
};

const valueProblems = (value: unknown, element: ElementSchema, place: string): readonly string[] => {
  if (element.array) {
    if (!Array.isArray(value)) return [`${place}: not an array`];
    if (value.length === 0) return [`${place}: an empty array; leave it out`];
    return value.flatMap((item, index) =>
      valueProblems(item, { ...element, array: false }, `${place}[${String(index)}]`),
    );
  }
  if (element.kind !== 'object') return plainProblem(value, element, place);
  return typeof value === 'object' && value !== null
    ? objectProblems(element.type, value, place)
    : [`${place}: not an object`];
};

const objectProblems = (type: string, value: object, place: string): readonly string[] => {
  const schema = typeSchema(type);
  if (schema === undefined)
    return [`${place}: ${type} is not in schema-data.json; add it to generate-metadata-schema.ts`];
  const entries = Object.entries(value);
  const missing = [...schema.values()].filter(({ name, required }) => required && !(name in value));
  return [
    ...missing.map(({ name }) => `${place}.${name}: required by ${type}`),
    ...entries.flatMap(([name, item]) => {
      const element = schema.get(name);
      return element === undefined
        ? [`${place}.${name}: ${type} has no such element`]
        : valueProblems(item, element, `${place}.${name}`);
    }),
  ];
};

/**
 * What `@salesforce/types` has against a value of a metadata type: unknown elements, missing ones, wrong kinds, values
 * outside an enumeration. Empty when nothing.
 */
export const metadataProblems = (type: string, metadata: object): readonly string[] =>
  objectProblems(type, metadata, type);
