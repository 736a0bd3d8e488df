/**
 * A value of a client's JSON as text: a list or an object in its JSON form, since its members may be named like an object's
 * own (`{"toString": ""}`).
 */
export const clientText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
