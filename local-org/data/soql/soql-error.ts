import { PlatformError } from '../../platform-error.ts';

/** Characters of the query shown before the place, and after its first one; both go on to the next blank. */
const CONTEXT = 30;

/**
 * An error at a place of the query, in the platform's layout: the text around the place, a caret under it, row and
 * column from 1, then the reason. How much text is shown follows from the errors in public logs: 30 characters to
 * either side, and then on to the end of the word (https://github.com/forcedotcom/cli/issues/1356,
 * https://github.com/mautic/mautic/pull/13406, https://github.com/roblesterjr04/EloquentSalesForce/issues/68).
 */
export function soqlError(code: string, text: string, at: number, reason: string): PlatformError {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineBreak = text.indexOf('\n', at);
  const lineEnd = lineBreak < 0 ? text.length : lineBreak;
  const row = before.split('\n').length;
  const column = at - lineStart + 1;
  let from = Math.max(lineStart, at - CONTEXT);
  while (from > lineStart && !isBlank(text[from])) from--;
  // The word begins behind the blank, unless the blank itself is where the 30 characters begin.
  if (from > lineStart && from < at - CONTEXT) from++;
  let to = Math.min(lineEnd, at + 1 + CONTEXT);
  while (to < lineEnd && !isBlank(text[to])) to++;
  const caret = ' '.repeat(at - from) + '^';
  return new PlatformError(
    code,
    `\n${text.slice(from, to)}\n${caret}\nERROR at Row:${row}:Column:${column}\n${reason}`,
  );
}

const isBlank = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

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
