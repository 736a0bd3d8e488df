import fc from 'fast-check';

import { type ElementSchema, enumValues, typeSchema } from '../../scripts/metadata/schema.ts';

/** Text that XML 1.0 can hold: no control characters but tab and line ends, no lone surrogates. */
const text = fc
  .string({ unit: 'binary', maxLength: 30 })
  // eslint-disable-next-line no-control-regex
  .filter((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(value));

const plain = ({ kind, type }: ElementSchema): fc.Arbitrary<unknown> => {
  if (kind === 'boolean') return fc.boolean();
  if (kind === 'number') return fc.integer();
  if (kind === 'double') return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  if (kind === 'enum') return fc.constantFrom(...enumValues(type));
  return text;
};

/** Any value of a metadata type in the shape of `@salesforce/types`, nested at most `depth` levels deep. */
export const arbitraryMetadata = (type: string, depth = 3): fc.Arbitrary<Readonly<Record<string, unknown>>> => {
  const elements = [...typeSchema(type)!.values()].filter(({ kind }) => kind !== 'object' || depth > 0);
  const arbitraries = elements.map((element) => {
    const one = element.kind === 'object' ? arbitraryMetadata(element.type, depth - 1) : plain(element);
    return [element.name, element.array ? fc.array(one, { minLength: 1, maxLength: 3 }) : one] as const;
  });
  // A handful of elements at a time: with all of them a CustomObject would hold thousands.
  return fc
    .subarray(arbitraries, { maxLength: Math.min(4, arbitraries.length) })
    .chain(
      (chosen) =>
        fc.record(Object.fromEntries(chosen), { noNullPrototype: true }) as fc.Arbitrary<
          Readonly<Record<string, unknown>>
        >,
    );
};
