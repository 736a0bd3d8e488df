import { PlatformError } from '../../platform-error.ts';

/** A whole number from 1 in a query string. Throws INVALID_INPUT for anything else. */
export function positiveParam(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new PlatformError('INVALID_INPUT', `${name} must be a whole number from 1.`);
}
