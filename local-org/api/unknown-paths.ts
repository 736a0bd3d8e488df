/** More names than this are not kept: a client that scans paths must not fill the memory. */
const MOST_KEPT = 1000;

/** What clients asked for and the local org does not have: the list of what could be built next. */
export interface UnknownPaths {
  add(method: string, path: string): void;
  /** `GET /services/data/v67.0/tabs`, in the order first seen, with how often. */
  list(): readonly { readonly request: string; readonly count: number }[];
}

/** `onFirst` is told of each method and path once. */
export function createUnknownPaths(onFirst: (request: string) => void): UnknownPaths {
  const counts = new Map<string, number>();
  return {
    add(method, path) {
      const request = `${method} ${path}`;
      const count = counts.get(request);
      if (count === undefined && counts.size >= MOST_KEPT) return;
      counts.set(request, (count ?? 0) + 1);
      if (count === undefined) onFirst(request);
    },
    list: () => [...counts].map(([request, count]) => ({ request, count })),
  };
}
