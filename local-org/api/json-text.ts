/** The text that a JSON body was read from, as long as the body itself is kept. */
const texts = new WeakMap<object, string>();

/** Remembers where a parsed body came from, so that an error can name the place in it. */
export function keepText(body: unknown, text: string): void {
  if (typeof body === 'object' && body !== null) texts.set(body, text);
}

/** A step into a JSON value: a member's name or an index. */
export type JsonPath = readonly (string | number)[];

/** Line and column, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * The place that the platform names for the member at `path`: right behind what stands before it, which is the value of
 * the member before or the opening brace. So it is in the two public errors that come with their bodies: column 51 in
 * https://salesforce.stackexchange.com/questions/54882, column 22 in
 * https://github.com/simple-salesforce/simple-salesforce/pull/722. The beginning of the text when there is no such
 * member. A body that never was a text of its own (a subrequest's) is looked at in its shortest form.
 */
export function placeOf(body: unknown, path: JsonPath): Place {
  const kept = typeof body === 'object' && body !== null ? texts.get(body) : undefined;
  const text = kept ?? JSON.stringify(body);
  const at = offsetOf(text, path) ?? 0;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  return { line: text.slice(0, at).split('\n').length, column: at - lineStart + 1 };
}

/** `text` is JSON that has been parsed before, so nothing of its grammar is checked again. */
function offsetOf(text: string, path: JsonPath): number | null {
  let at = skipBlanks(text, 0);
  let place = at;
  for (const step of path) {
    const found = typeof step === 'string' ? findMember(text, at, step) : findItem(text, at, step);
    if (found === null) return null;
    ({ place, at } = found);
  }
  return place;
}

interface Found {
  /** Behind what stands before the member or item. */
  readonly place: number;
  /** Where its value begins. */
  readonly at: number;
}

/** JSON.parse keeps the last of members with the same name. */
function findMember(text: string, start: number, name: string): Found | null {
  let found: Found | null = null;
  let place = start + 1;
  for (let at = skipBlanks(text, place); text[at] === '"'; at = afterComma(text, place)) {
    const end = endOfString(text, at);
    const value = skipBlanks(text, skipBlanks(text, end) + 1);
    if (JSON.parse(text.slice(at, end)) === name) found = { place, at: value };
    place = endOfValue(text, value);
  }
  return found;
}

function findItem(text: string, start: number, index: number): Found | null {
  let place = start + 1;
  let at = skipBlanks(text, place);
  for (let left = index; left > 0 && text[at] !== ']'; left--) {
    place = endOfValue(text, at);
    at = afterComma(text, place);
  }
  return text[at] === ']' || at >= text.length ? null : { place, at };
}

const afterComma = (text: string, at: number): number => {
  const next = skipBlanks(text, at);
  return text[next] === ',' ? skipBlanks(text, next + 1) : next;
};

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (/\s/.test(text[at] ?? '')) at++;
  return at;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  if (text[start] !== '{' && text[start] !== '[') {
    let at = start;
    while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++;
    return at;
  }
  let depth = 0;
  let at = start;
  do {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else {
      if (character === '{' || character === '[') depth++;
      if (character === '}' || character === ']') depth--;
      at++;
    }
  } while (depth > 0 && at < text.length);
  return at;
}

/** Whether objects and lists stand inside one another deeper than that. The text need not be JSON. */
export function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') {
      if (++depth > most) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
}
