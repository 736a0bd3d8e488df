import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { SaveError } from '../data/types.ts';
import { isDiskFull } from '../disk-full.ts';
import { PlatformError } from '../platform-error.ts';
import type { ApiContext } from './context.ts';

/** One element of the array in which REST reports errors. */
export interface RestError {
  readonly message: string;
  readonly errorCode: string;
  readonly fields?: readonly string[];
}

export const restError = (error: PlatformError): RestError => ({
  message: error.message,
  errorCode: error.code,
  ...(error.fields.length > 0 ? { fields: error.fields } : {}),
});

/** Save errors as single-record REST calls report them; these always carry `fields`. */
export const restSaveErrors = (errors: readonly SaveError[]): RestError[] =>
  errors.map(({ statusCode, message, fields }) => ({ message, errorCode: statusCode, fields }));

/** The platform's code for an org without room; nothing of the request was saved. */
export const diskFull = (): PlatformError =>
  new PlatformError(
    'STORAGE_LIMIT_EXCEEDED',
    'The local org cannot save this: the disk is full. Nothing of the request was kept.',
  );

/** What was thrown, in REST terms. A defect of ours is written down and only its id is told. */
export function toRestErrors(
  context: ApiContext,
  where: string,
  error: unknown,
): { readonly status: number; readonly body: readonly RestError[]; readonly defect: boolean } {
  const refusal = isDiskFull(error) ? diskFull() : error;
  if (refusal instanceof PlatformError)
    return { status: refusal.httpStatus, body: [restError(refusal)], defect: false };
  if (isHttpFrameworkError(error)) {
    const status = error.statusCode ?? 400;
    const errorCode =
      status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : status === 413 ? 'REQUEST_LIMIT_EXCEEDED' : 'BAD_REQUEST';
    return { status, body: [{ message: error.message, errorCode }], defect: false };
  }
  if (hasBrokenOff(error))
    return { status: 400, body: [{ message: 'The request broke off.', errorCode: 'BAD_REQUEST' }], defect: false };
  const id = context.defects.record(where, error);
  const message = `An unexpected error occurred. Please include this ErrorId if you contact support: ${id}`;
  return { status: 500, body: [{ message, errorCode: 'UNKNOWN_EXCEPTION' }], defect: true };
}

/** Node's error for a client that closed the connection before its request was complete. */
const hasBrokenOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNRESET';

/** Errors that fastify raises itself (body too large, unknown media type): the client's doing, not a defect. */
function isHttpFrameworkError(error: unknown): error is FastifyError {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  return error.code.startsWith('FST_ERR_') && typeof status === 'number' && status < 500;
}

/** Fastify's error handler for all families that answer in JSON. */
export function replyWithError(context: ApiContext) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, body, defect } = toRestErrors(context, `${request.method} ${request.url}`, error);
    // Salesforce's clients repeat a GET that was answered 5xx six times, for 16 seconds; a defect does not go away by
    // that.
    const repeated = request.method === 'GET' || request.method === 'HEAD';
    void reply.code(defect && repeated ? 400 : status).send(body);
  };
}
