import { PlatformError } from '../../platform-error.ts';

/** Characters of the longest query: https://github.com/django-salesforce/django-salesforce/issues/164. */
const LONGEST = 100_000;

/** Code and text: https://github.com/simple-salesforce/simple-salesforce/issues/179. */
const tooComplicated = (): PlatformError =>
  new PlatformError(
    'QUERY_TOO_COMPLICATED',
    'Query is either selecting too many fields or the filter conditions are too complicated.',
  );

/** What SQLite and the parser's own recursion say of a query that is too large or too deep for them. */
const EXHAUSTED =
  /^(Maximum call stack size exceeded|Recursion limit|Expression tree is too large|parser stack overflow|too many (columns|SQL variables|terms|attached|references))/;

/** Runs a query, refusing one that nobody could run. */
export function withinReason<T>(text: string, run: () => T): T {
  if (text.length > LONGEST)
    throw new PlatformError('MALFORMED_QUERY', `SOQL statements can not be longer than ${LONGEST} characters`);
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && EXHAUSTED.test(error.message)) throw tooComplicated();
    throw error;
  }
}
