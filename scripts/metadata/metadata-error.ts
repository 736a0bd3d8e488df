/** A metadata file or value that cannot be read or written; the message names it and says what to do. */
export class MetadataError extends Error {
  override readonly name = 'MetadataError';
}
