import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { csvLine, plainText } from '../csv/csv-line.ts';
import { refusedRow } from '../people/plan-people.ts';
import type { PlannedRow } from '../people/plan-people.ts';
import { NOBODY } from '../people/read-people.ts';
import type { BadPerson } from '../people/read-people.ts';

/** What became of a row, or what would become of it. */
export interface RowResult {
  readonly line: number;
  readonly name: string;
  readonly email: string;
  readonly company: string;
  readonly accountId: string;
  readonly account: string;
  readonly contactId: string;
  readonly contact: 'found' | 'new' | '';
  readonly opportunityId: string;
  readonly opportunity: string;
  readonly role: string;
  readonly buyingGroup: 'joins' | 'member' | '';
  /** `todo` only before it is applied. */
  readonly outcome: 'todo' | 'done' | 'unchanged' | 'refused';
  readonly reason: string;
}

export interface Applied {
  readonly accountId: string | null;
  readonly contactId: string | null;
  readonly refused: string | null;
}

/** Without `applied`, what would happen. */
export function resultOf(row: PlannedRow, applied?: Applied): RowResult {
  const { person, account, contact, opportunity, member } = row;
  const outcome =
    row.outcome !== 'todo' || applied === undefined ? row.outcome : applied.refused === null ? 'done' : 'refused';
  return {
    line: person.line,
    name: `${person.firstName} ${person.lastName}`.trim(),
    email: person.email,
    company: person.company,
    accountId: applied?.accountId ?? (account !== null && 'id' in account ? account.id : ''),
    account: account?.name ?? '',
    contactId: applied?.contactId ?? (contact?.kind === 'known' ? contact.id : ''),
    contact: contact === null ? '' : contact.kind === 'known' ? 'found' : 'new',
    opportunityId: opportunity?.id ?? '',
    opportunity: opportunity?.name ?? '',
    role: row.role ?? '',
    buyingGroup: member === 'none' ? '' : member === 'new' ? 'joins' : 'member',
    outcome,
    reason: row.outcome === 'todo' ? (applied?.refused ?? '') : row.reason,
  };
}

/** Characters of a row that are shown. */
const SHOWN_LENGTH = 100;

/** A row that is none: with what was read of it, or else as it stands in the file. */
export function resultOfBad({ line, reason, values, person }: BadPerson): RowResult {
  if (person !== null) return resultOf(refusedRow(person, reason));
  const text = values.filter((value) => value !== '').join(' | ');
  return resultOf(refusedRow({ ...NOBODY, line }, `${reason} It reads: ${text.slice(0, SHOWN_LENGTH)}`));
}

const COLUMNS: readonly (readonly [heading: string, field: keyof RowResult])[] = [
  ['Line', 'line'],
  ['Name', 'name'],
  ['Email', 'email'],
  ['Company', 'company'],
  ['Account Id', 'accountId'],
  ['Account', 'account'],
  ['Contact Id', 'contactId'],
  ['Contact', 'contact'],
  ['Opportunity Id', 'opportunityId'],
  ['Opportunity', 'opportunity'],
  ['Role', 'role'],
  ['Buying group', 'buyingGroup'],
  ['Outcome', 'outcome'],
  ['Reason', 'reason'],
];

/** The mark tells spreadsheets that the text is UTF-8. */
export function writeResults(file: string, results: readonly RowResult[]): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const lines = [
    COLUMNS.map(([heading]) => heading),
    ...results.map((result) => COLUMNS.map(([, field]) => plainText(String(result[field])))),
  ];
  writeFileSync(file, `\u{FEFF}${lines.map((line) => `${csvLine(line)}\n`).join('')}`);
}

/** The refused rows as they were, with line and reason, to be corrected and imported again. */
export function writeRefused(
  file: string,
  columns: readonly string[],
  rows: readonly { readonly line: number; readonly values: readonly string[]; readonly reason: string }[],
): void {
  const lines = [
    [...columns, 'Line', 'Reason'],
    ...rows.map(({ line, values, reason }) => [
      ...columns.map((_, at) => plainText(values[at] ?? '')),
      String(line),
      reason,
    ]),
  ];
  writeFileSync(file, `\u{FEFF}${lines.map((line) => `${csvLine(line)}\n`).join('')}`);
}
