import { inflateRawSync } from 'node:zlib';

/** Signatures of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_LENGTH = 22;
const STORED = 0;
const DEFLATED = 8;
/** A metadata zip is at most 39 MB and 600 MB unpacked (metadata limits of the Salesforce app limits cheat sheet). */
const LARGEST_FILE = 600 * 1024 * 1024;

/** The files of a zip by path. Throws Error for one that is damaged or packed in a way that metadata zips never are. */
export function unzip(zip: Buffer): ReadonlyMap<string, Buffer> {
  let end = zip.length - END_LENGTH;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error('the zip has no directory; it is damaged or cut short');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the zip has a damaged directory');
    const method = zip.readUInt16LE(at + 10);
    const packedLength = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const extra = zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const header = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const packed = zip.subarray(start, start + packedLength);
    if (!name.endsWith('/')) files.set(name, unpack(packed, method, name));
    at += 46 + nameLength + extra;
  }
  return files;
}

function unpack(packed: Buffer, method: number, name: string): Buffer {
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed, { maxOutputLength: LARGEST_FILE });
  throw new Error(`${name} is packed by method ${method}, which metadata zips never use`);
}
