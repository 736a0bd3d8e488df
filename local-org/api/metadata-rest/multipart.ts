import { PlatformError } from '../../platform-error.ts';

/** One part of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  readonly content: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Takes a multipart body apart (RFC 7578). Throws when it is none. */
export function readMultipart(contentType: string, body: Buffer): readonly Part[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw new PlatformError('INVALID_MULTIPART_REQUEST', 'The multipart boundary is missing');
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(mark);
  while (start >= 0) {
    const next = body.indexOf(mark, start + mark.length);
    if (next < 0) break;
    const headStart = start + mark.length + 2;
    const headEnd = body.indexOf(HEAD_END, headStart);
    const head = headEnd < 0 ? '' : body.toString('utf8', headStart, headEnd);
    const name = /\bname="([^"]*)"/i.exec(head)?.[1];
    // The line break before the next boundary belongs to the boundary.
    if (name !== undefined) parts.push({ name, content: body.subarray(headEnd + HEAD_END.length, next - 2) });
    start = next;
  }
  return parts;
}
