/**
 * What is wrong with a text that is no JSON, in the words and with the places of Jackson, which reads the platform's JSON
 * (FasterXML/jackson-core, ReaderBasedJsonParser and ParserMinimalBase): the place is behind the character that was not
 * expected. Null where this reading finds nothing wrong.
 */
export function jsonSyntaxProblem(text: string): string | null {
  const open: ('OBJECT' | 'ARRAY')[] = [];
  let at = 0;
  const skip = (): string | undefined => {
    while (/\s/.test(text[at] ?? '')) at++;
    return text[at];
  };
  const unexpected = (expected: string): string => {
    const found = text[at];
    if (found === undefined) {
      const where = open.at(-1);
      const what = where ? `expected close marker for ${where}` : 'expected a valid value';
      return `Unexpected end-of-input: ${what} at ${place(text, text.length)}`;
    }
    return `Unexpected character ('${found}' (code ${String(found.charCodeAt(0))})): ${expected} at ${place(text, at + 1)}`;
  };
  /** Past a string; false when it has no end. */
  const string = (): boolean => {
    at++;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    return at++ < text.length;
  };
  const noQuote = `Unexpected end-of-input: was expecting closing quote for a string value at ${place(text, text.length)}`;
  /** Past a member's name and colon. */
  const name = (): string | null => {
    if (skip() !== '"') return unexpected('was expecting double-quote to start field name');
    if (!string()) return noQuote;
    if (skip() !== ':') return unexpected('was expecting a colon to separate field name and value');
    at++;
    return null;
  };

  for (;;) {
    const first = skip();
    if (first === '{' || first === '[') {
      open.push(first === '{' ? 'OBJECT' : 'ARRAY');
      at++;
      const isEmpty = skip() === (first === '{' ? '}' : ']');
      if (!isEmpty) {
        const problem = first === '{' ? name() : null;
        if (problem) return problem;
        continue;
      }
    } else if (first === '"') {
      if (!string()) return noQuote;
    } else {
      const word = /^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/.exec(text.slice(at, at + 400))?.[0];
      if (word === undefined) return tokenProblem(text, at) ?? unexpected(VALUE);
      at += word.length;
    }
    // A value has ended: so may what it stands in.
    for (;;) {
      const where = open.at(-1);
      const next = skip();
      if (where === undefined) return next === undefined ? null : unexpected('expected white space after the value');
      if (next === (where === 'OBJECT' ? '}' : ']')) {
        open.pop();
        at++;
        continue;
      }
      if (next !== ',') return unexpected(`was expecting comma to separate ${where} entries`);
      at++;
      const problem = where === 'OBJECT' ? name() : null;
      if (problem) return problem;
      break;
    }
  }
}

const VALUE = "expected a valid value (number, String, array, object, 'true', 'false' or 'null')";

/** A word where a value belongs: `nul`, `None`. */
function tokenProblem(text: string, at: number): string | null {
  const word = /^[A-Za-z_$][\w$]*/.exec(text.slice(at, at + 100))?.[0];
  if (word === undefined) return null;
  return `Unrecognized token '${word}': was expecting 'null', 'true', 'false' or NaN at ${place(text, at + word.length)}`;
}

function place(text: string, at: number): string {
  const before = text.slice(0, at);
  return `[line:${String(before.split('\n').length)}, column:${String(at - before.lastIndexOf('\n'))}]`;
}
