/**
 * Record ids: 3 characters of key prefix, 12 of instance and number in base 62, then 3 that spell the upper-case
 * pattern of the first 15 so that ids survive tools which ignore case. DOC api/field-types "ID Field Type".
 */
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const NUMBER_LENGTH = 12;

/** The 3-character suffix of a 15-character id. */
export function idSuffix(id15: string): string {
  let suffix = '';
  for (let group = 0; group < 3; group++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const code = id15.charCodeAt(group * 5 + i);
      if (code >= 65 && code <= 90) bits |= 1 << i;
    }
    suffix += CHECK.charAt(bits);
  }
  return suffix;
}

/** Id number `sequence` (from 1) of the objects with this key prefix. */
export function makeId(keyPrefix: string, sequence: number): string {
  let digits = '';
  for (let rest = sequence; rest > 0; rest = Math.floor(rest / 62)) digits = BASE62.charAt(rest % 62) + digits;
  const id15 = keyPrefix + digits.padStart(NUMBER_LENGTH, '0');
  return id15 + idSuffix(id15);
}

/** The 18-character form of an id; null when the text is no id (wrong length, characters, or suffix). */
export function normalizeId(text: string): string | null {
  if (!/^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/.test(text)) return null;
  const id15 = text.slice(0, 15);
  const full = id15 + idSuffix(id15);
  if (text.length === 15 || text === full) return full;
  return restoreCase(text);
}

/** An 18-character id whose letters lost their case gets it back from its suffix. */
function restoreCase(id18: string): string | null {
  let restored = '';
  for (let group = 0; group < 3; group++) {
    const bits = CHECK.indexOf((id18[15 + group] ?? '').toUpperCase());
    if (bits < 0) return null;
    for (let i = 0; i < 5; i++) {
      const character = id18[group * 5 + i] ?? '';
      // No id has a suffix that calls a digit upper case.
      if (bits & (1 << i) && !/[A-Za-z]/.test(character)) return null;
      restored += bits & (1 << i) ? character.toUpperCase() : character.toLowerCase();
    }
  }
  return restored + idSuffix(restored);
}
