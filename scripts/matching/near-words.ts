import { editDistance, editsAllowed } from './edit-distance.ts';

/**
 * Finds words that are a typing error away. Two words that differ by one insertion, deletion, substitution or swap (and many that
 * differ by two) become equal when at most one letter is left out of each; so every word is filed under itself and under itself
 * without each of its letters.
 */
export interface NearWords {
  /** Indexes into the words given, each with its distance (1 or 2); the word itself is not among them. */
  near(word: string): readonly { readonly index: number; readonly edits: number }[];
}

/** Shorter ones are too easily another word. */
const SHORTEST = 4;

export function nearWords(words: readonly string[]): NearWords {
  const entries = words.reduce((sum, word) => sum + (word.length < SHORTEST ? 0 : word.length + 1), 0);
  const size = 1 << Math.max(4, Math.ceil(Math.log2(entries + 1)));
  // A hash table in three arrays: a chain of entries per bucket. Half a million words take 60 MB this way, and 500 as strings.
  const first = new Int32Array(size).fill(-1);
  const next = new Int32Array(entries);
  const word = new Int32Array(entries);
  let used = 0;
  words.forEach((text, index) => {
    if (text.length < SHORTEST) return;
    for (const hash of variants(text)) {
      const bucket = hash & (size - 1);
      next[used] = first[bucket]!;
      word[used] = index;
      first[bucket] = used;
      used += 1;
    }
  });
  return {
    near: (text) => {
      if (text.length < SHORTEST) return [];
      const found = new Map<number, number>();
      const seen = new Set<number>();
      const most = editsAllowed(text.length);
      for (const hash of variants(text))
        for (let entry = first[hash & (size - 1)]!; entry !== -1; entry = next[entry]!) {
          const index = word[entry]!;
          if (seen.has(index)) continue;
          seen.add(index);
          const other = words[index]!;
          if (Math.abs(other.length - text.length) > most) continue;
          const edits = editDistance(text, other, most);
          if (edits > 0 && edits <= most) found.set(index, edits);
        }
      return [...found].map(([index, edits]) => ({ index, edits }));
    },
  };
}

/** FNV-1a of the word, and of the word without each of its letters. */
function* variants(text: string): Iterable<number> {
  for (let left = -1; left < text.length; left += 1) {
    // Leaving out either of two equal neighbours gives the same.
    if (left > 0 && text.charCodeAt(left) === text.charCodeAt(left - 1)) continue;
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) {
      if (at === left) continue;
      hash ^= text.charCodeAt(at);
      hash = Math.imul(hash, 0x01000193);
    }
    yield (hash ^ (hash >>> 15)) >>> 0;
  }
}
