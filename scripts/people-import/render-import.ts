import type { RowResult } from './results-file.ts';

const said = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** A row of the table that people see. */
export const shownRow = (row: RowResult, applied: boolean): Record<string, string> => ({
  line: String(row.line),
  person: row.name === '' ? row.email : row.name,
  account: row.account,
  contact: row.contact,
  'buying group': row.buyingGroup === '' ? '' : `${row.opportunity}${row.role === '' ? '' : ` as ${row.role}`}`,
  outcome:
    applied || row.outcome !== 'todo' ? row.outcome : row.buyingGroup === 'joins' ? 'would join' : 'would be created',
  reason: row.reason,
});
export const SHOWN_COLUMNS = ['line', 'person', 'account', 'contact', 'buying group', 'outcome', 'reason'] as const;

/** What was done, or is to be done, in one line. */
export function importText(rows: readonly RowResult[], applied: boolean): string {
  const of = (outcome: RowResult['outcome']): readonly RowResult[] => rows.filter((row) => row.outcome === outcome);
  const doing = of(applied ? 'done' : 'todo');
  const people = doing.filter(({ contact }) => contact === 'new');
  // One contact for all rows of a person.
  const contacts = new Set(
    people.map((row) => [row.contactId, row.email, `${row.name} ${row.account}`].find((each) => each !== '')),
  ).size;
  const joins = doing.filter(({ buyingGroup }) => buyingGroup === 'joins').length;
  const what = `${said(contacts, 'new contact', 'new contacts')}, ${said(joins, 'joins', 'join')} a buying group`;
  return `${applied ? 'Done' : 'To do'}: ${doing.length} of ${rows.length} rows (${what}). Unchanged: ${of('unchanged').length}. Refused: ${of('refused').length}.`;
}
