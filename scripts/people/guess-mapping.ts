import { fold } from '../matching/fold.ts';
import { FIELD_KEYS, PERSON_FIELDS } from './people-fields.ts';
import type { PersonField } from './people-fields.ts';
import type { Table } from './read-table.ts';

/** Field -> heading of the column that holds it. */
export type PeopleMapping = Readonly<Partial<Record<PersonField, string>>>;

export interface GuessedColumn {
  readonly field: PersonField;
  readonly column: string;
  readonly because: string;
}

/** What of the organisation's model columns may hold. */
export interface KnownValues {
  readonly solutions: readonly string[];
  readonly roles: readonly string[];
}

/** Values that are looked at. */
const SAMPLE = 200;
/** Share of the filled values that must look like it. */
const MOST = 0.7;

/** `employment.title`, `givenName`, `E-Mail` as words. */
export const headingWords = (heading: string): string =>
  fold(heading.replaceAll(/([a-z])([A-Z])/g, '$1 $2'))
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * Which column holds what, by its heading or, where that says nothing, by what stands in it. Each column and each field once; a
 * heading that is surer goes first. Columns whose values contradict their heading are not taken for it.
 */
export function guessMapping(table: Table, known: KnownValues): readonly GuessedColumn[] {
  const samples = table.columns.map((_, at) =>
    table.rows.slice(0, SAMPLE).flatMap(({ values }) => (values[at] === '' ? [] : [values[at]!])),
  );
  const looks = looksOf(known);
  const candidates = table.columns.flatMap((column, at) => {
    const words = headingWords(column);
    return FIELD_KEYS.flatMap((field) => {
      const rank = PERSON_FIELDS[field].headings.indexOf(words);
      if (rank === -1) return [];
      const look = looks[field];
      const least =
        OF_THE_MODEL.has(field) && samples[at]!.length > 0 ? (/buying|opportunity/.test(words) ? 0 : 1 / SAMPLE) : MOST;
      const fits = look === undefined || samples[at]!.length === 0 || share(samples[at]!, look) >= least;
      return fits ? [{ field, column, at, rank, because: 'its heading' }] : [];
    });
  });
  candidates.sort((a, b) => a.rank - b.rank || a.at - b.at);
  const guessed: GuessedColumn[] = [];
  const [fields, columns] = [new Set<PersonField>(), new Set<number>()];
  const take = (field: PersonField, at: number, because: string): void => {
    if (fields.has(field) || columns.has(at)) return;
    fields.add(field);
    columns.add(at);
    guessed.push({ field, column: table.columns[at]!, because });
  };
  for (const { field, at, because } of candidates) take(field, at, because);
  for (const field of FIELD_KEYS) {
    const look = looks[field];
    if (look === undefined || fields.has(field) || !TOLD_BY_CONTENT.has(field)) continue;
    const at = samples.findIndex(
      (values, column) => !columns.has(column) && values.length > 0 && share(values, look) >= MOST,
    );
    if (at !== -1) take(field, at, `${Math.round(share(samples[at]!, look) * 100)} % of its values look like it`);
  }
  return guessed.sort((a, b) => FIELD_KEYS.indexOf(a.field) - FIELD_KEYS.indexOf(b.field));
}

const share = (values: readonly string[], look: (value: string) => boolean): number =>
  values.filter(look).length / values.length;

/** Their values are words of the model: one that is wrong is told of row by row, a column without any is another thing. */
const OF_THE_MODEL: ReadonlySet<PersonField> = new Set(['solution', 'role']);

/** What stands in such a column can be nothing else. */
const TOLD_BY_CONTENT: ReadonlySet<PersonField> = new Set(['email', 'accountId', 'opportunity', 'solution', 'role']);

function looksOf({ solutions, roles }: KnownValues): Partial<Record<PersonField, (value: string) => boolean>> {
  const among = (list: readonly string[]): ((value: string) => boolean) => {
    const lower = new Set(list.map((each) => each.toLowerCase()));
    return (value) => lower.has(value.toLowerCase());
  };
  return {
    email: (value) => EMAIL.test(value.replace(/^mailto:/i, '')),
    website: (value) =>
      /^(?:https?:\/\/)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[:/?#].*)?$/iu.test(value) &&
      !/linkedin\.com\/in\//i.test(value),
    accountId: (value) => /^001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(value),
    // By its heading it may hold names; by its content only ids tell.
    ...(roles.length > 0 ? { role: among(roles) } : {}),
    ...(solutions.length > 0 ? { solution: among(solutions) } : {}),
  };
}

/** What can be an e-mail address for Salesforce is wider; this is what can be one of a person in a list. */
export const EMAIL = /^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+\.[^\s@.<>(),;:"[\]]+$/;

/** Where a list comes from, by headings that only its maker uses; names the mapping file. */
export function sourceOf(columns: readonly string[]): string | null {
  const words = columns.map(headingWords);
  const any = (test: (heading: string) => boolean): boolean => words.some(test);
  if (any((heading) => heading.replaceAll(' ', '').includes('zoominfo'))) return 'zoominfo';
  if (
    any((heading) => heading.startsWith('employment ')) ||
    any((heading) => heading.replaceAll(' ', '').includes('clearbit'))
  )
    return 'clearbit';
  if (
    any(
      (heading) =>
        heading.includes('sales navigator') ||
        heading === 'linkedin url' ||
        heading === 'profile url' ||
        heading === 'linked in profile url' ||
        heading.startsWith('linkedin '),
    )
  )
    return 'sales-navigator';
  return null;
}
