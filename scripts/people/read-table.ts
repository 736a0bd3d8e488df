import { parse } from 'csv-parse/sync';
import { withoutMark } from '../csv/csv-line.ts';

export interface TableRow {
  /** Of the file, from 1; where the row begins. */
  readonly line: number;
  /** As many as there are columns. */
  readonly values: readonly string[];
}

export interface BadRow {
  readonly line: number;
  readonly reason: string;
  readonly values: readonly string[];
}

export interface Table {
  readonly columns: readonly string[];
  readonly delimiter: string;
  readonly rows: readonly TableRow[];
  readonly bad: readonly BadRow[];
}

const DELIMITERS = [',', ';', '\t', '|'];

/** The separator that the first line holds most often, outside of quotes. */
export function delimiterOf(text: string): string {
  const heading = text.replaceAll(/"(?:[^"]|"")*"/g, '').split(/\r?\n/, 1)[0]!;
  const counts = DELIMITERS.map((delimiter) => heading.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/** Reads CSV. Rows that do not fit are kept apart with their reason; blank lines are left out. */
export function readTable(text: string): Table {
  const plain = text.replace(/^\uFEFF/, '');
  // Excel writes the separator into a first line of its own.
  const told = /^sep=(.)\r?\n/i.exec(plain);
  const skipped = told ? told[0].length : 0;
  const body = plain.slice(skipped);
  const delimiter = told?.[1] ?? delimiterOf(body);
  const lines: { readonly record: readonly string[]; readonly info: { readonly lines: number } }[] = parse(body, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
  }) as never;
  const [heading, ...records] = lines;
  const columns = heading?.record.map((name) => name.trim()) ?? [];
  const rows: TableRow[] = [];
  const bad: BadRow[] = [];
  for (const { record, info } of records) {
    // What is counted is a record's last line.
    const line = info.lines - record.join('').split('\n').length + 1 + (told ? 1 : 0);
    const values = record.map((value) => withoutMark(value.trim()));
    if (values.every((value) => value === '')) continue;
    const extra = values.slice(columns.length).some((value) => value !== '');
    if (extra || values.length < Math.min(columns.length, 2))
      bad.push({ line, values, reason: `The row has ${values.length} values for ${columns.length} columns.` });
    else rows.push({ line, values: columns.map((_, at) => values[at] ?? '') });
  }
  return { columns, delimiter, rows, bad };
}
