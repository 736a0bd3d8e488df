import { PlatformError } from '../../platform-error.ts';

/** Characters of the query shown on either side of the place. */
const CONTEXT = 40;

/**
 * An error at a place of the query, in the platform's layout: the text around the place, a caret under it, row and
 * column from 1, then the reason (forum and log excerpts of REST responses agree on `\n<text>\n   ^\nERROR at
 * Row:1:Column:8\n<reason>`).
 */
export function soqlError(code: string, text: string, at: number, reason: string): PlatformError {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', at);
  const row = before.split('\n').length;
  const column = at - lineStart + 1;
  const from = Math.max(lineStart, at - CONTEXT);
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, at + CONTEXT);
  const caret = ' '.repeat(at - from) + '^';
  return new PlatformError(
    code,
    `\n${text.slice(from, to)}\n${caret}\nERROR at Row:${row}:Column:${column}\n${reason}`,
  );
}

const CONSULT = 'Please reference your WSDL or the describe call for the appropriate names.';

export function noSuchColumn(column: string, entity: string): string {
  return (
    `No such column '${column}' on entity '${entity}'. If you are attempting to use a custom field, ` +
    `be sure to append the '__c' after the custom field name. ${CONSULT}`
  );
}

export function noSuchObject(name: string): string {
  return (
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, ` +
    `be sure to append the '__c' after the entity name. ${CONSULT}`
  );
}

export function noSuchRelationship(name: string, place: string): string {
  return (
    `Didn't understand relationship '${name}' in ${place}. If you are attempting to use a custom relationship, ` +
    `be sure to append the '__r' after the custom relationship name. ${CONSULT}`
  );
}
