/** What steps have saved so far, and what the runner gives: `mark`, `userId`, `orgId`, `data`. */
export type Values = Record<string, unknown>;

/**
 * Puts values in for `${name}` in every text of a step. A text that is nothing but `${name}` becomes the value itself. Throws
 * for a name that nothing was saved under.
 */
export function fillIn<T>(given: T, values: Readonly<Values>): T {
  const of = (name: string): unknown => {
    if (!(name in values)) throw new Error(`nothing was saved as ${name}`);
    return values[name];
  };
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const whole = /^\$\{(\w+)\}$/.exec(value)?.[1];
      return whole === undefined ? value.replace(/\$\{(\w+)\}/g, (_, name: string) => String(of(name))) : of(whole);
    }
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member)]));
    return value;
  };
  return fill(given) as T;
}

/** The value at a path such as `body.results[0].id`; undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .reduce<unknown>(
      (at, part) => (at === null || at === undefined ? undefined : (at as Record<string, unknown>)[part]),
      value,
    );
}
