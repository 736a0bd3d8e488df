import { createHash } from 'node:crypto';

/** Cuts at a word and marks the cut with an ellipsis, so that the result has at most `limit` characters. */
export const shorten = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const end = cut.lastIndexOf(' ');
  return `${(end > 0 ? cut.slice(0, end) : cut).replace(/[ ,.;:]+$/, '')}…`;
};

/**
 * An API name of at most `limit` characters. A longer one keeps its beginning and ends in six characters of its digest,
 * so that two long names stay different and the same name always gives the same result.
 */
export const fitName = (name: string, limit: number): string => {
  if (name.length <= limit) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return `${name.slice(0, limit - 7).replace(/_+$/, '')}_${digest}`;
};

/** `A`, `A or B`, `A, B or C`. */
export const oneOf = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1) ?? ''}`;

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
