/** A repeated element: a list, one alone, or nothing. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** A simple element as text, whether it came as text or as a number or boolean; anything else is empty. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** A name as people write it: the platform percent-encodes punctuation in some places and not in others. */
export const decoded = (name: string): string => {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a percent sign of its own
  }
};
