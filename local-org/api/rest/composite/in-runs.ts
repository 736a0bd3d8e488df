/** Hands neighbours with the same key to `work` together and joins what it answers, in order. */
export function inRuns<Item, Key, Result>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
  work: (key: Key, run: readonly Item[]) => readonly Result[],
): Result[] {
  const results: Result[] = [];
  for (let start = 0; start < items.length;) {
    const key = keyOf(items[start] as Item);
    let end = start + 1;
    while (end < items.length && keyOf(items[end] as Item) === key) end++;
    results.push(...work(key, items.slice(start, end)));
    start = end;
  }
  return results;
}
