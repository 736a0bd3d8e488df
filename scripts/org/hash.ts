import { createHash } from 'node:crypto';

/** JSON with the keys of every object sorted, so that equal values have equal text. */
export const stableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );

/** SHA-256 in hex of a value's stable JSON. */
export const hashOf = (value: unknown): string => createHash('sha256').update(stableJson(value)).digest('hex');
