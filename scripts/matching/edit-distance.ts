const LONGEST = 64;
const rows = [new Uint8Array(LONGEST + 2), new Uint8Array(LONGEST + 2), new Uint8Array(LONGEST + 2)] as const;

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. Anything above `most` is
 * `most + 1`, and so are texts that are too long to be words.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  const [n, m] = [a.length, b.length];
  if (Math.abs(n - m) > most || n > LONGEST || m > LONGEST) return most + 1;
  let [before, previous, current]: readonly [Uint8Array, Uint8Array, Uint8Array] = rows;
  for (let j = 0; j <= m; j += 1) previous[j] = j;
  for (let i = 1; i <= n; i += 1) {
    current[0] = i;
    let best = i;
    const at = a.charCodeAt(i - 1);
    for (let j = 1; j <= m; j += 1) {
      const to = b.charCodeAt(j - 1);
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (at === to ? 0 : 1));
      if (i > 1 && j > 1 && at === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === to)
        cost = Math.min(cost, before[j - 2]! + 1);
      current[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > most) return most + 1;
    [before, previous, current] = [previous, current, before];
  }
  return Math.min(previous[m]!, most + 1);
}

/** Edits that a word of this length may have and still be the same word. */
export const editsAllowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/**
 * How alike two words are, 0 to 1: typing errors, cut-off words (`tech` for `technology`), and abbreviations that keep the first
 * letter and the order (`mktg`). 0 for words that have no more in common than chance.
 */
export function wordSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const most = editsAllowed(short.length);
  if (most > 0) {
    const edits = editDistance(short, long, most);
    if (edits <= most) return 1 - (edits * 1.2) / long.length;
  }
  if (short.length < 3 || short.charCodeAt(0) !== long.charCodeAt(0)) return 0;
  if (long.startsWith(short)) return 0.8;
  return short.length <= long.length * 0.7 && isSubsequence(short, long) ? 0.6 : 0;
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (let i = 0; i < long.length && at < short.length; i += 1)
    if (long.charCodeAt(i) === short.charCodeAt(at)) at += 1;
  return at === short.length;
}
