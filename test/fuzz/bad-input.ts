import fc from 'fast-check';

/** Fixed, so that a failure can be had again. */
export const SEED = 20_260_331;

interface Change {
  readonly kind: number;
  readonly at: number;
  readonly length: number;
  readonly word: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.nat(6),
  at: fc.nat(1_000_000),
  length: fc.integer({ min: 1, max: 40 }),
  word: fc.nat(1_000_000),
});

const STRANGE = [
  '\u0000',
  '\ufeff',
  '\ud800',
  '\u202e',
  '\\',
  "'",
  '"',
  '<',
  '&',
  '\n',
  '\r',
  '😀',
  '9'.repeat(400),
  '-0',
  '{',
  '}',
];

/** One small change of a text: something cut out, doubled, moved, put in, or the text cut short. */
function changed(text: string, { kind, at, length, word }: Change, words: readonly string[]): string {
  const start = text.length === 0 ? 0 : at % text.length;
  const end = Math.min(text.length, start + length);
  const all = [...words, ...STRANGE];
  const inserted = all[word % all.length] ?? '';
  switch (kind) {
    case 0:
      return text.slice(0, start) + text.slice(end);
    case 1:
      return text.slice(0, end) + text.slice(start);
    case 2:
      return text.slice(0, start) + inserted + text.slice(start);
    case 3:
      return text.slice(0, start) + inserted + text.slice(end);
    case 4:
      return text.slice(0, start);
    case 5:
      return text.slice(end) + text.slice(0, end);
    default:
      return text.slice(0, start) + text.slice(start, end).repeat(20) + text.slice(end);
  }
}

/** Valid texts with a few changes, sentences of the language's words in any order, and any text at all. */
export function badTexts(seeds: readonly string[], words: readonly string[]): fc.Arbitrary<string> {
  const mutated = fc
    .tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 5 }))
    .map(([seed, changes]) => changes.reduce((text, one) => changed(text, one, words), seed));
  const sentence = fc.array(fc.constantFrom(...words, ' '), { maxLength: 40 }).map((list) => list.join(' '));
  return fc.oneof(
    { weight: 6, arbitrary: mutated },
    { weight: 2, arbitrary: sentence },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
}

/** Bytes of a valid file with a few of them changed, cut or doubled, and any bytes at all. */
export function badBytes(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const mutated = fc
    .tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([seed, changes]) => changes.reduce(changedBytes, seed));
  return fc.oneof({ weight: 5, arbitrary: mutated }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) });
}

function changedBytes(bytes: Uint8Array, { kind, at, length, word }: Change): Uint8Array {
  const start = bytes.length === 0 ? 0 : at % bytes.length;
  const end = Math.min(bytes.length, start + length);
  if (kind === 0) return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  if (kind === 1) return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  if (kind === 2) return bytes.subarray(0, start);
  const copy = new Uint8Array(bytes);
  // Sizes and offsets are where readers of binary files go wrong: their bytes become 0, 255 or anything.
  for (let i = start; i < Math.min(end, start + 4); i++)
    copy[i] = kind === 3 ? 0 : kind === 4 ? 255 : (word >> (8 * (i - start))) & 255;
  return copy;
}
