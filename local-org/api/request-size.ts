import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../platform-error.ts';

/**
 * "The maximum length for the combined URI and headers is 16,384 bytes. A request exceeding this limit returns a 431 Request Header
 * Fields Too Large error. If the URI itself exceeds this limit, the request returns a 414 URI Too Long error"
 * (https://help.salesforce.com/s/articleView?id=000386264). The error codes are unconfirmed.
 */
const MOST_BYTES = 16_384;

/** What Node reads of a request's head, so that the answer is ours and says which of the two it is. */
export const READ_BYTES = 1024 * 1024;

/** Refuses requests whose address, or address and headers together, are longer than the platform takes. */
export function limitRequestSize(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const uri = Buffer.byteLength(request.originalUrl);
    if (uri > MOST_BYTES) throw new PlatformError('URI_TOO_LONG', 'URI Too Long', { httpStatus: 414 });
    const headers = Object.entries(request.headers).reduce(
      (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(String(value)),
      0,
    );
    if (uri + headers > MOST_BYTES) {
      const message = 'Request Header Fields Too Large';
      throw new PlatformError('REQUEST_HEADER_FIELDS_TOO_LARGE', message, { httpStatus: 431 });
    }
    done();
  });
}
