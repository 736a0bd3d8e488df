import { parse } from 'csv-parse/sync';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { csvLine, plainText, withoutMark } from '../csv/csv-line.ts';
import type { Finding } from '../finding.ts';
import type { LeadMatch } from '../matching/types.ts';

/** What people may write into the decision column: `review` is still open, and nothing happens to the lead. */
export const DECISIONS = ['convert', 'review', 'leave'] as const;
export type ReviewDecision = (typeof DECISIONS)[number];

const COLUMNS = [
  ...[
    'Lead Id',
    'Name',
    'Company',
    'Email',
    'Country',
    'Account Id',
    'Account',
    'Score',
    'Decision',
    'Reasons',
    'Other accounts',
  ],
] as const;

/** A lead as the review file shows it. */
export interface ReviewedLead {
  readonly name: string;
  readonly company: string;
  readonly email: string;
  readonly country: string;
}

export const decisionOf = ({ decision }: LeadMatch): ReviewDecision =>
  decision === 'match' ? 'convert' : decision === 'review' ? 'review' : 'leave';

export interface ReviewWriter {
  readonly file: string;
  add(lead: ReviewedLead, match: LeadMatch): void;
  close(): void;
  /** Instead of closing it, when it could not be filled. */
  discard(): void;
}

/** Rows that are written at once. */
const BUFFERED = 500;

/** Opens a new review file; one that is there may hold people's decisions and is never overwritten: the name gets a number. */
export function openReview(wanted: string): ReviewWriter {
  mkdirSync(path.dirname(path.resolve(wanted)), { recursive: true });
  const { dir, name, ext } = path.parse(wanted);
  let file = wanted;
  for (let copy = 2; existsSync(file); copy += 1) file = path.join(dir, `${name}-${copy}${ext}`);
  const handle = openSync(file, 'wx');
  // The mark tells spreadsheets that the text is UTF-8.
  let lines = [`\u{FEFF}${csvLine(COLUMNS)}`];
  const flush = (): void => {
    writeSync(handle, lines.map((line) => `${line}\n`).join(''));
    lines = [];
  };
  return {
    file,
    add: (lead, match) => {
      const others = match.others.map(({ id, name: other, score }) => `${other} (${id}, ${score})`).join('; ');
      const { account } = match;
      const near = match.decision === 'none' ? null : account;
      const nearest = near === null && account !== null ? `nearest is ${account.name} (${account.id}): ` : '';
      const row = [match.leadId, lead.name, lead.company, lead.email, lead.country, near?.id ?? '', near?.name ?? ''];
      lines.push(
        csvLine(
          [...row, String(match.score), decisionOf(match), nearest + match.reasons.join('; '), others].map(plainText),
        ),
      );
      if (lines.length >= BUFFERED) flush();
    },
    close: () => {
      flush();
      closeSync(handle);
    },
    discard: () => {
      closeSync(handle);
      rmSync(file, { force: true });
    },
  };
}

/** What a row of the file decides: convert this lead into a contact of this account. */
export interface DecidedConversion {
  readonly leadId: string;
  readonly accountId: string;
  /** For the result file. */
  readonly name: string;
  readonly account: string;
}

export interface ReadReview {
  readonly convert: readonly DecidedConversion[];
  readonly open: number;
  readonly left: number;
  /** What is wrong with the file; then nothing of it may be carried out. */
  readonly findings: readonly Finding[];
}

const LEAD_ID = /^00Q[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/;
const ACCOUNT_ID = /^001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/;
const SHOWN_PROBLEMS = 20;

/** Reads a review file back, with whatever separator a spreadsheet has put in. What is wrong is told with file and line. */
export function readReview(file: string): ReadReview {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return refused([
      finding(
        file,
        `It cannot be read: ${(error as Error).message}.`,
        'Name the file that waterfall match has written.',
      ),
    ]);
  }
  const heading = text.replace(/^\uFEFF/, '').split('\n', 1)[0]!;
  const delimiter =
    [',', ';', '\t'].find((each) => heading.includes(`Lead Id${each}`) || heading.includes(`"Lead Id"${each}`)) ?? ',';
  let rows: { readonly record: Record<string, string>; readonly info: { readonly lines: number } }[];
  try {
    // csv-parse answers pairs of record and info here, which its types say only of another overload.
    rows = parse(text, {
      columns: true,
      bom: true,
      delimiter,
      skip_empty_lines: true,
      info: true,
      relax_column_count: true,
    }) as never;
  } catch (error) {
    return refused([
      finding(file, `It is not CSV: ${(error as Error).message}.`, 'Save it as CSV, with the columns it had.'),
    ]);
  }
  const missing = ['Lead Id', 'Account Id', 'Decision'].filter(
    (name) => rows.length > 0 && rows[0]!.record[name] === undefined,
  );
  if (missing.length > 0)
    return refused([
      finding(file, `It lacks the column ${missing.join(', ')}.`, 'Keep the heading as it was written.'),
    ]);
  const problems: Finding[] = [];
  const convert: DecidedConversion[] = [];
  const seen = new Set<string>();
  let [open, left] = [0, 0];
  for (const { record, info } of rows) {
    const at = `${file}:${info.lines}`;
    const decision = (record['Decision'] ?? '').trim().toLowerCase();
    const leadId = (record['Lead Id'] ?? '').trim();
    const accountId = (record['Account Id'] ?? '').trim();
    if (decision === 'review' || decision === '') open += 1;
    else if (decision === 'leave') left += 1;
    else if (decision !== 'convert')
      problems.push(finding(at, `"${decision}" is no decision.`, `Write one of ${DECISIONS.join(', ')}.`));
    else if (!LEAD_ID.test(leadId))
      problems.push(finding(at, `"${leadId}" is not the id of a lead.`, 'Keep the first column as it was.'));
    else if (!ACCOUNT_ID.test(accountId))
      problems.push(finding(at, `"${accountId}" is not the id of an account.`, 'Name the account, or write leave.'));
    else if (seen.has(leadId.slice(0, 15)))
      problems.push(finding(at, `The lead ${leadId} is decided twice.`, 'Keep one of the rows.'));
    else {
      seen.add(leadId.slice(0, 15));
      convert.push({
        leadId,
        accountId,
        name: withoutMark(record['Name'] ?? ''),
        account: withoutMark(record['Account'] ?? ''),
      });
    }
  }
  return { convert, open, left, findings: problems.slice(0, SHOWN_PROBLEMS) };
}

const finding = (place: string, message: string, action: string): Finding => ({
  severity: 'error',
  code: 'MATCH_REVIEW',
  message,
  place,
  action,
});
const refused = (findings: readonly Finding[]): ReadReview => ({ convert: [], open: 0, left: 0, findings });
