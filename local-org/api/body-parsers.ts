import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { PlatformError } from '../platform-error.ts';
import { jsonSyntaxProblem } from './json-syntax.ts';
import { isDeeperThan, keepText } from './json-text.ts';

/**
 * Largest request body in bytes: Bulk API 2.0 takes 150 MB a job (Bulk API 2.0 Limits), everything else less
 * (a deploy 50 MB, Metadata API limits).
 */
export const MAX_BODY_BYTES = 150 * 1024 * 1024;

/** Jackson, which reads the platform's JSON, goes no deeper (StreamReadConstraints, DEFAULT_MAX_DEPTH). */
const MAX_JSON_DEPTH = 1000;

const parseJson = (text: string): unknown => {
  if (text.trim() === '') return undefined;
  if (isDeeperThan(text, MAX_JSON_DEPTH)) {
    const message = `Document nesting depth (${String(MAX_JSON_DEPTH + 1)}) exceeds the maximum allowed (${String(MAX_JSON_DEPTH)})`;
    throw new PlatformError('JSON_PARSER_ERROR', message);
  }
  try {
    const body: unknown = JSON.parse(text);
    keepText(body, text);
    return body;
  } catch (error) {
    const why = error instanceof Error ? error.message : 'Unexpected input';
    throw new PlatformError('JSON_PARSER_ERROR', jsonSyntaxProblem(text) ?? why);
  }
};

/** The bytes of a compressed body. Throws BAD_REQUEST for what is not compressed as its header says, and for half of it. */
async function* unpack(payload: NodeJS.ReadableStream, encoding: 'gzip' | 'deflate'): AsyncGenerator<Uint8Array> {
  const unpacked = encoding === 'gzip' ? createGunzip() : createInflate();
  // A request that breaks off ends its body without an end.
  payload.once('error', (error: Error) => unpacked.destroy(error));
  try {
    for await (const bytes of payload.pipe(unpacked)) yield bytes as Uint8Array;
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable';
    throw new PlatformError('BAD_REQUEST', `The request body is not ${encoding}: ${why}`);
  }
}

/**
 * JSON becomes a value, XML and CSV stay text, everything else (multipart) stays bytes. Compressed bodies are unpacked.
 */
export function addBodyParsers(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/(.+\+)?json/i, { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, parseJson(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });
  const asText = (types: RegExp): void => {
    server.addContentTypeParser(types, { parseAs: 'string' }, (_request, body, done) => done(null, body));
  };
  asText(/^(text\/|application\/xml|application\/soap)/i);
  asText(/^application\/x-www-form-urlencoded/i);
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  server.addHook('preParsing', (request, _reply, payload, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== 'gzip' && encoding !== 'deflate') {
      done(null, payload);
      return;
    }
    // The length that was announced is that of the compressed body.
    delete request.headers['content-length'];
    done(null, Readable.from(unpack(payload, encoding), { objectMode: false }));
  });
}
