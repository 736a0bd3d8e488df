import { OrgFileError } from '../data/org-file.ts';
import { isDiskFull } from '../disk-full.ts';

/** Why the local org does not start, in one message that says what to do. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/** One message for what went wrong while starting. */
export function describeStartFailure(error: unknown, file: string, port: number): string {
  if (error instanceof OrgFileError || error instanceof StartRefused) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${String(port)} is in use. Stop what listens there, or choose another with --port.`;
  if (code === 'EACCES' && error instanceof Error && 'syscall' in error && error.syscall === 'listen') {
    return `Port ${String(port)} may not be used by you. Choose another with --port.`;
  }
  if (isDiskFull(error)) return `The local org's file ${file} cannot be written: the disk is full.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `The local org's file ${file} cannot be written: check the permissions of its folder.`;
  }
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return `The folder of the local org's file ${file} cannot be made: a file is in its place.`;
  return `The local org could not start: ${error instanceof Error ? error.message : String(error)}`;
}
