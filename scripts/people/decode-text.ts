/** Share of zero bytes from which on a file without a mark is UTF-16: Latin letters have one each. */
const ZEROS_OF_UTF16 = 0.2;
const LOOKED_AT = 4096;

/**
 * The text of a file whose encoding nobody tells: by its byte order mark, else UTF-16 by its zero bytes, else UTF-8 if it is valid,
 * else Windows-1252, which is what Excel calls ANSI and holds all of Latin-1.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: string } {
  const encoding = encodingOf(bytes);
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, LOOKED_AT);
  const zeros = (offset: number): number => start.filter((byte, at) => at % 2 === offset && byte === 0).length;
  if (zeros(1) > start.length * ZEROS_OF_UTF16) return 'utf-16le';
  if (zeros(0) > start.length * ZEROS_OF_UTF16) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
