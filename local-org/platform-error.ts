/**
 * What the platform answers when it refuses: its own error code and its own words. The API layer turns it into REST, SOAP or
 * Bulk shape. Anything else that is thrown inside the local org is a defect of ours and is reported as such.
 */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly code: string;
  readonly fields: readonly string[];
  readonly httpStatus: number;

  /** `code` is a StatusCode or API error code: `MALFORMED_QUERY`, `INVALID_FIELD`, `NOT_FOUND`. */
  constructor(code: string, message: string, options: { fields?: readonly string[]; httpStatus?: number } = {}) {
    super(message);
    this.code = code;
    this.fields = options.fields ?? [];
    this.httpStatus = options.httpStatus ?? 400;
  }
}
