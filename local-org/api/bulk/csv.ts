import { parse, CsvError } from 'csv-parse';
import { Readable } from 'node:stream';

/** `columnDelimiter` of a job, Bulk API 2.0 Developer Guide, "Create a Job". */
export const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  TAB: '\t',
  SEMICOLON: ';',
  PIPE: '|',
  CARET: '^',
  BACKQUOTE: '`',
};

/** `lineEnding` of a job. */
export const LINE_ENDINGS: Readonly<Record<string, string>> = { LF: '\n', CRLF: '\r\n' };

export interface CsvFormat {
  readonly columnDelimiter: string;
  readonly lineEnding: string;
}

export const isCsvFormat = ({ columnDelimiter, lineEnding }: CsvFormat): boolean =>
  Object.hasOwn(DELIMITERS, columnDelimiter) && Object.hasOwn(LINE_ENDINGS, lineEnding);

/** The client's CSV cannot be read; the message says where. */
export class CsvUnreadable extends Error {
  override readonly name = 'CsvUnreadable';
}

/** Rows of CSV in UTF-8, the header first, read piece by piece. Throws CsvUnreadable. */
export async function* readCsv(pieces: Iterable<Uint8Array>, format: CsvFormat): AsyncGenerator<readonly string[]> {
  const parser = Readable.from(pieces, { objectMode: false }).pipe(
    parse({
      bom: true,
      delimiter: DELIMITERS[format.columnDelimiter] ?? ',',
      record_delimiter: LINE_ENDINGS[format.lineEnding] ?? '\n',
      skip_empty_lines: true,
    }),
  );
  try {
    for await (const row of parser) yield row as string[];
  } catch (error) {
    if (error instanceof CsvError) throw new CsvUnreadable(error.message);
    throw error;
  } finally {
    parser.destroy();
  }
}

/** One line, its ending included. Every value is quoted, as in the platform's results. */
export function csvLine(values: readonly string[], format: CsvFormat): string {
  const delimiter = DELIMITERS[format.columnDelimiter] ?? ',';
  const ending = LINE_ENDINGS[format.lineEnding] ?? '\n';
  return values.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter) + ending;
}
