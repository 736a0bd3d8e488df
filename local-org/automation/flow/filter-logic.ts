import { FlowProblem } from './flow-fault.ts';

/** `1 AND (2 OR 3)` as a tree; numbers are positions in the list of conditions, from 0. */
export type Logic =
  | { readonly kind: 'condition'; readonly index: number }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Logic[] }
  | { readonly kind: 'not'; readonly part: Logic };

/** Ours: far beyond what a logic of some dozen conditions needs, and what the parser can nest. */
const MOST_TOKENS = 1_000;
const SHOWN = 200;

/** Parses `and`, `or` or numbered logic for `count` conditions; absent logic means `and`. Throws a FlowProblem. */
export function parseLogic(logic: string | undefined, count: number): Logic {
  const text = (logic ?? 'and').trim();
  if (/^(and|or)$/i.test(text)) {
    return {
      kind: text.toLowerCase() as 'and' | 'or',
      parts: Array.from({ length: count }, (_, index) => ({ kind: 'condition', index })),
    };
  }
  const tokens = text.match(/\d+|[A-Za-z]+|[()]|\S/g) ?? [];
  let position = 0;
  const refuse = (): never => {
    throw new FlowProblem(`The condition logic "${text.slice(0, SHOWN)}" isn't valid.`);
  };
  if (tokens.length > MOST_TOKENS) refuse();
  const word = (): string => (tokens[position] ?? '').toLowerCase();
  const chain = (kind: 'and' | 'or', inner: () => Logic): Logic => {
    const parts = [inner()];
    while (word() === kind) {
      position += 1;
      parts.push(inner());
    }
    return parts.length === 1 ? parts[0]! : { kind, parts };
  };
  const primary = (): Logic => {
    const token = word();
    position += 1;
    if (token === 'not') return { kind: 'not', part: primary() };
    if (token === '(') {
      const inner = either();
      if (word() !== ')') refuse();
      position += 1;
      return inner;
    }
    const index = Number(token) - 1;
    if (!/^\d+$/.test(token) || index < 0 || index >= count) refuse();
    return { kind: 'condition', index };
  };
  const either = (): Logic => chain('or', () => chain('and', primary));
  const tree = either();
  if (position !== tokens.length) refuse();
  return tree;
}

/** Turns logic over compiled conditions into one test. No condition at all is true. */
export function testOf<T>(logic: Logic, tests: readonly ((subject: T) => boolean)[]): (subject: T) => boolean {
  switch (logic.kind) {
    case 'condition':
      return tests[logic.index]!;
    case 'not': {
      const test = testOf(logic.part, tests);
      return (subject) => !test(subject);
    }
    case 'and': {
      const parts = logic.parts.map((part) => testOf(part, tests));
      return parts.length === 1 ? parts[0]! : (subject) => parts.every((test) => test(subject));
    }
    case 'or': {
      const parts = logic.parts.map((part) => testOf(part, tests));
      return parts.length === 0 ? () => true : (subject) => parts.some((test) => test(subject));
    }
  }
}
