import { createHash } from 'node:crypto';

/** Changes when the content does; 32 hexadecimal digits as the UI API's eTags. */
export const etagOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
