import type { AccountIndex } from './account-index.ts';
import { editDistance, wordSimilarity } from './edit-distance.ts';
import type { LeadName } from './prepare-lead.ts';

export interface NameLikeness {
  /** 0 to 1: how much of what both names tell they have in common, words weighed by how rare they are. */
  readonly share: number;
  /** 0 to 1: how much of the name that tells less is in the other one; 1 where one contains the other. */
  readonly contained: number;
  /** 0 to 1: how much the common part tells; 1 for a word that one account alone has. */
  readonly telling: number;
  readonly kind: 'same' | 'alike' | 'contained' | 'initials' | 'unlike';
  /** Both name a country, and not the same. */
  readonly otherDaughter: boolean;
}

export const NO_LIKENESS: NameLikeness = { share: 0, contained: 0, telling: 0, kind: 'unlike', otherDaughter: false };

/** Written as one word, or in another order or with blanks elsewhere. */
const SAME_LETTERS = 0.985;
/** Written as one word, one or two typing errors away. */
const NEAR_LETTERS = [1, 0.94, 0.88] as const;
const NEAR_LETTERS_LENGTH = [0, 6, 10] as const;
const BY_INITIALS = 0.62;
const ALIKE = 0.75;
const SAME = 0.98;

/** Compares a lead's company with one name of an account. */
export function nameLikeness(index: AccountIndex, { name, words, weight }: LeadName, entry: number): NameLikeness {
  const other = index.entryNames[entry]!;
  const from = index.wordStart[entry]!;
  const count = index.wordStart[entry + 1]! - from;
  let common = 0;
  let taken = 0;
  for (const word of words) {
    let best = 0;
    let bestAt = -1;
    for (let at = 0; at < count; at += 1) {
      if ((taken & (1 << at)) !== 0) continue;
      const number = index.entryWords[from + at]!;
      const alike =
        word.index === number
          ? 1
          : (word.near.get(number) ?? (word.near.size === 0 ? wordSimilarity(word.text, index.words[number]!) : 0));
      if (alike > best) {
        best = alike;
        bestAt = at;
      }
    }
    if (bestAt === -1 || best < 0.55) continue;
    taken |= 1 << bestAt;
    common += best * Math.min(word.weight, index.wordWeight[index.entryWords[from + bestAt]!]!);
  }
  const otherWeight = index.entryWeight[entry]!;
  let share = weight + otherWeight === 0 ? 0 : Math.min(1, (2 * common) / (weight + otherWeight));
  const contained = Math.min(weight, otherWeight) === 0 ? 0 : Math.min(1, common / Math.min(weight, otherWeight));
  if (name.compact === other.compact) share = Math.max(share, SAME_LETTERS);
  else if (share < NEAR_LETTERS[1]) {
    share = Math.max(share, nearLetters(name.compact, other.compact));
    // A typing error may have run a legal form or a noise word into the name.
    if (share < NEAR_LETTERS[2]) share = Math.max(share, nearLetters(name.letters, other.letters));
  }
  const initials =
    share < BY_INITIALS && (isInitials(name.compact, other.initials) || isInitials(other.compact, name.initials));
  if (initials) share = BY_INITIALS;
  return {
    share,
    contained: share >= ALIKE ? Math.max(contained, share) : contained,
    telling: Math.min(1, Math.max(common, share >= ALIKE ? Math.min(weight, otherWeight) : 0) / index.unknownWeight),
    kind: initials
      ? 'initials'
      : share >= SAME
        ? 'same'
        : share >= ALIKE
          ? 'alike'
          : contained > 0.9
            ? 'contained'
            : 'unlike',
    otherDaughter: name.country !== null && other.country !== null && name.country !== other.country,
  };
}

function nearLetters(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  if (length < NEAR_LETTERS_LENGTH[1]) return 0;
  const edits = editDistance(a, b, 2);
  return edits <= 2 && length >= NEAR_LETTERS_LENGTH[edits]! ? NEAR_LETTERS[edits]! : 0;
}

const isInitials = (word: string, initials: string): boolean => initials !== '' && word === initials;
