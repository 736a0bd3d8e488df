import { PlatformError } from '../../platform-error.ts';
import { placeOf } from '../json-text.ts';

/**
 * A list or an object where a text belongs makes a job unreadable; text and place as in
 * https://github.com/simple-salesforce/simple-salesforce/pull/722.
 */
export function requireTexts(body: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  for (const name of names) {
    const value = body[name];
    if (typeof value !== 'object' || value === null) continue;
    const { line, column } = placeOf(body, [name]);
    const place = `[line:${String(line)}, column:${String(column)}]`;
    throw new PlatformError('API_ERROR', `Value does not match expected type at ${place}`);
  }
}
