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

/** Rows of a CSV text, the header first, read piece by piece. Throws CsvUnreadable. */
export async function* readCsv(text: string, format: CsvFormat): AsyncGenerator<readonly string[]> {
  const parser = Readable.from(pieces(text)).pipe(
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
  }
}

/** Characters handed to the parser at a time, so that a large upload does not keep other requests waiting. */
const PIECE = 256 * 1024;

function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += PIECE) yield text.slice(start, start + PIECE);
}

/** Every value is quoted, as in the platform's results. */
export function writeCsv(rows: Iterable<readonly string[]>, format: CsvFormat): string {
  const delimiter = DELIMITERS[format.columnDelimiter] ?? ',';
  const ending = LINE_ENDINGS[format.lineEnding] ?? '\n';
  let text = '';
  for (const row of rows) text += row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter) + ending;
  return text;
}
