/** One place where an answer is not as expected. */
export interface Difference {
  /** `step 2 body[0].message` */
  readonly at: string;
  readonly expected: string;
  readonly actual: string;
}

const show = (value: unknown): string => (value === undefined ? '(nothing)' : JSON.stringify(value));
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Compares an answer with what is expected of it. An expected object names the members that count, others may be there; a list
 * must have the same elements in the same order. Objects with one `$` member are conditions:
 * `$re` a regular expression the text matches, `$any` some value, `$absent` none, `$contains` elements that are in the list in
 * any order among others, `$unordered` exactly these elements in any order, `$exact` these members and no others,
 * `$near` a number up to a ten-thousandth.
 */
export function differences(expected: unknown, actual: unknown, at: string): readonly Difference[] {
  const differs = (): Difference[] => [{ at, expected: show(expected), actual: show(actual) }];
  if (isObject(expected)) {
    const [condition] = Object.keys(expected);
    if (condition?.startsWith('$')) return holds(condition, expected[condition], actual, at) ?? differs();
    if (!isObject(actual)) return differs();
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(value, actual[name], at === '' ? name : `${at}.${name}`),
    );
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs();
    return expected.flatMap((value, index) => differences(value, actual[index], `${at}[${index}]`));
  }
  return Object.is(expected, actual) ? [] : differs();
}

/** Undefined when the condition does not hold and there is nothing more exact to say. */
function holds(condition: string, value: unknown, actual: unknown, at: string): readonly Difference[] | undefined {
  const is = (yes: boolean): readonly Difference[] | undefined => (yes ? [] : undefined);
  const fits = (one: unknown, candidate: unknown): boolean => differences(one, candidate, at).length === 0;
  switch (condition) {
    case '$re':
      return is(typeof actual === 'string' && new RegExp(String(value), 's').test(actual));
    case '$any':
      return is(actual !== undefined && actual !== null);
    case '$absent':
      return is(actual === undefined);
    case '$near':
      return is(Math.abs(Number(actual) - Number(value)) < 1e-4);
    case '$contains':
      return is(
        Array.isArray(actual) && (value as unknown[]).every((one) => actual.some((candidate) => fits(one, candidate))),
      );
    case '$unordered':
      return is(Array.isArray(actual) && sameInAnyOrder(value as unknown[], actual, fits));
    case '$exact':
      return isObject(actual) && Object.keys(actual).length === Object.keys(value as object).length
        ? differences(value, actual, at)
        : undefined;
    default:
      throw new Error(`${at}: there is no condition ${condition}`);
  }
}

function sameInAnyOrder(
  expected: readonly unknown[],
  actual: readonly unknown[],
  fits: (a: unknown, b: unknown) => boolean,
): boolean {
  if (expected.length !== actual.length) return false;
  const left = [...actual];
  return expected.every((one) => {
    const index = left.findIndex((candidate) => fits(one, candidate));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}
