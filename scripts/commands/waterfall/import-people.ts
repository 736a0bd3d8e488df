import { Args } from '@oclif/core';
import { SfError } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Waterfall } from '../../model/waterfall.ts';
import { connectDataOrg } from '../../org/connect-data.ts';
import { carryOut } from '../../people-import/carry-out.ts';
import { gatherFacts } from '../../people-import/gather-facts.ts';
import { SHOWN_COLUMNS, importText, shownRow } from '../../people-import/render-import.ts';
import { resultOf, resultOfBad, writeRefused, writeResults } from '../../people-import/results-file.ts';
import type { RowResult } from '../../people-import/results-file.ts';
import { decodeText } from '../../people/decode-text.ts';
import { guessMapping, sourceOf } from '../../people/guess-mapping.ts';
import type { PeopleMapping } from '../../people/guess-mapping.ts';
import { FIELD_KEYS, PERSON_FIELDS } from '../../people/people-fields.ts';
import { planPeople } from '../../people/plan-people.ts';
import { readPeople } from '../../people/read-people.ts';
import type { Person } from '../../people/read-people.ts';
import { readTable } from '../../people/read-table.ts';
import type { Table } from '../../people/read-table.ts';
import { guardProduction } from '../guard-production.ts';
import { peopleMappingPath, readPeopleMapping, writePeopleMapping } from '../people-mapping-file.ts';
import { loadWaterfall } from '../load-waterfall.ts';
import { PROJECT_FOLDER } from '../project-folder.ts';
import { EXIT_STOPPED, WaterfallCommand, modelFlag, orgFlag, productionFlag } from '../waterfall-command.ts';

export interface ImportResult {
  readonly applied: boolean;
  readonly mapping: PeopleMapping;
  readonly mappingFile: string;
  readonly resultsFile: string;
  /** Rows to be corrected; null when none was refused. */
  readonly refusedFile: string | null;
  readonly rows: readonly RowResult[];
}

const SHOWN = 20;
const RESULTS_FOLDER = path.join('.waterfall', 'people');
/** People read the mapping before they say yes. */
const CONFIRM_MS = 30 * 60_000;

export default class ImportPeopleCommand extends WaterfallCommand<ImportResult> {
  static override readonly summary = 'Bring a list of people into the buying groups.';
  static override readonly description =
    "Takes CSV exports of LinkedIn Sales Navigator, ZoomInfo, Clearbit or a spreadsheet, in whatever separator and encoding. Guesses which column holds what, asks, and keeps the answer in a mapping file. Finds each person among the contacts (by e-mail address, else name and account) or creates the contact on the account that address, domain or company name tell, and puts it into the buying group of the opportunity that the row names, or of the open one for its account and solution, with the role that the row says or the title suggests. Changes nothing without --apply; every row's outcome is in a result file, and repeating it changes nothing more.";
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> people.csv --target-org my-sandbox',
    '<%= config.bin %> <%= command.id %> people.csv -o my-sandbox --apply --yes',
    '<%= config.bin %> <%= command.id %> zoominfo.csv -o my-sandbox --create-accounts',
  ];
  static override readonly args = {
    file: Args.string({ required: true, description: 'The list: CSV with a heading.' }),
  };
  static override readonly flags = {
    ...orgFlag,
    ...modelFlag,
    ...productionFlag,
    apply: Flags.boolean({ summary: 'Do it; without this flag it is only told what would happen.', default: false }),
    yes: Flags.boolean({ char: 'y', summary: 'Take the guessed mapping without asking.', default: false }),
    mapping: Flags.string({
      summary: 'The mapping file of the columns; config/mapping/people-<source or file name>.yaml without it.',
    }),
    opportunity: Flags.string({
      summary: 'The opportunity, by id or name, for rows that name neither opportunity nor solution.',
      exclusive: ['solution'],
    }),
    solution: Flags.string({ summary: 'The solution for rows that name neither opportunity nor solution.' }),
    'create-accounts': Flags.boolean({
      summary: 'Create accounts for companies that nothing matches.',
      default: false,
    }),
    results: Flags.string({
      summary: `The result file; ${path.join(RESULTS_FOLDER, '<file>-results.csv')} without it.`,
    }),
    details: Flags.boolean({ char: 'd', summary: 'Show every row.', default: false }),
  };

  async run(): Promise<ImportResult> {
    const { args, flags } = await this.parse(ImportPeopleCommand);
    const waterfall = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const table = this.read(args.file);
    const { mapping, file: mappingFile } = await this.mapping(table, args.file, waterfall, flags);
    const { people, bad } = readPeople(table, mapping);
    const org = await connectDataOrg(flags['target-org']);
    if (flags.apply) guardProduction(org.identity, flags['allow-production']);
    const signal = this.stopSignal('Stopping after this batch of records.');
    this.progressStart('Reading the org');
    const { leads } = waterfall;
    const facts = await gatherFacts({
      org,
      people: people.map((person) => withDefaults(person, flags)),
      groups: waterfall.buyingGroups,
      options:
        leads === null ? {} : { tieBreakers: leads.tieBreakers, publicMailDomains: new Set(leads.publicMailDomains) },
      createAccounts: flags['create-accounts'],
      progress: this.progressTo,
    }).finally(() => this.progressEnd());
    const plan = planPeople(
      people.map((person) => withDefaults(person, flags)),
      facts,
    );
    if (flags.apply) this.progressStart('Importing');
    const done = flags.apply
      ? await carryOut(org, plan, this.progressTo, signal).finally(() => this.progressEnd())
      : plan.map((row) => resultOf(row));
    const rows = [...done, ...bad.map(resultOfBad)].sort((a, b) => a.line - b.line);
    const resultsFile = flags.results ?? path.join(RESULTS_FOLDER, `${path.parse(args.file).name}-results.csv`);
    writeResults(resultsFile, rows);
    const refusedFile = this.writeRefused(resultsFile, table, rows);
    this.tell(rows, flags, { resultsFile, refusedFile });
    if (signal.aborted && flags.apply) process.exitCode = EXIT_STOPPED;
    else if (rows.some(({ outcome }) => outcome === 'refused')) process.exitCode = 1;
    return { applied: flags.apply, mapping, mappingFile, resultsFile, refusedFile, rows };
  }

  private read(file: string): Table {
    const { text, encoding } = decodeText(readFileSync(file));
    let table: Table;
    try {
      table = readTable(text);
    } catch (error) {
      throw new SfError(
        `${file} is not CSV: ${(error as Error).message}.`,
        'PEOPLE_FILE',
        ['Save the list as CSV with a heading.'],
        1,
      );
    }
    if (table.columns.length < 2 || table.rows.length + table.bad.length === 0)
      throw new SfError(
        `${file} holds no list: ${table.columns.length} columns, ${table.rows.length} rows (read as ${encoding}).`,
        'PEOPLE_FILE',
        ['Save the list as CSV with a heading and a row for each person.'],
        1,
      );
    const separator = table.delimiter === '\t' ? 'tabs' : `"${table.delimiter}"`;
    this.log(
      `${file}: ${table.rows.length + table.bad.length} rows, ${table.columns.length} columns, separated by ${separator}, ${encoding}.`,
    );
    return table;
  }

  /** The saved one, else a guess that a person has agreed to. */
  private async mapping(
    table: Table,
    list: string,
    { solutions, buyingGroups }: Waterfall,
    flags: { readonly mapping?: string | undefined; readonly yes: boolean },
  ): Promise<{ readonly mapping: PeopleMapping; readonly file: string }> {
    const file = flags.mapping ?? peopleMappingPath(PROJECT_FOLDER, sourceOf(table.columns) ?? path.parse(list).name);
    const shown = path.relative(process.cwd(), path.resolve(file));
    const saved = readPeopleMapping(file, table.columns);
    if (saved !== null) {
      this.log(`The columns are read as ${shown} says.`);
      return { mapping: saved, file };
    }
    const guessed = guessMapping(table, {
      solutions: solutions.map(({ name }) => name),
      roles: buyingGroups.roles.map(({ name }) => name),
    });
    this.table({
      title: 'Columns, as guessed',
      data: guessed.map(({ field, column, because }) => {
        const at = table.columns.indexOf(column);
        return {
          holds: PERSON_FIELDS[field].label,
          column,
          'for example': table.rows.find(({ values }) => values[at] !== '')?.values[at] ?? '',
          because,
        };
      }),
      columns: ['holds', 'column', 'for example', 'because'],
    });
    const used = new Set(guessed.map(({ column }) => column));
    const left = table.columns.filter((column) => !used.has(column));
    if (left.length > 0) this.log(`Left out: ${left.join(', ')}.`);
    const mapping = Object.fromEntries(guessed.map(({ field, column }) => [field, column])) as PeopleMapping;
    await this.agree(mapping, shown, flags.yes);
    writePeopleMapping(file, mapping);
    this.log(`Saved in ${shown}; edit it there.`);
    return { mapping, file };
  }

  private async agree(mapping: PeopleMapping, file: string, yes: boolean): Promise<void> {
    if (mapping.email === undefined && mapping.lastName === undefined && mapping.fullName === undefined)
      throw new SfError(
        'No column seems to hold names or e-mail addresses.',
        'PEOPLE_MAPPING',
        [`Say in ${file} which ones do, under columns: ${FIELD_KEYS.join(', ')}.`],
        1,
      );
    if (yes) return;
    const ask = process.stdin.isTTY && process.stderr.isTTY && !this.jsonEnabled();
    if (ask && (await this.confirm({ message: 'Is this right?', ms: CONFIRM_MS, defaultAnswer: true }))) return;
    throw new SfError(
      ask ? 'The mapping was not agreed to; nothing has been done.' : 'Nobody has agreed to this mapping.',
      'PEOPLE_MAPPING_UNCONFIRMED',
      [`Agree with --yes, or write ${file}: columns:, and under it lines such as email: ${mapping.email ?? 'Email'}.`],
      1,
    );
  }

  private writeRefused(resultsFile: string, table: Table, rows: readonly RowResult[]): string | null {
    const reasons = new Map(
      rows.flatMap(({ outcome, line, reason }) => (outcome === 'refused' ? [[line, reason]] : [])),
    );
    if (reasons.size === 0) return null;
    const file = resultsFile.replace(/(-results)?\.csv$/, '') + '-refused.csv';
    const all = [...table.rows, ...table.bad].sort((a, b) => a.line - b.line);
    writeRefused(
      file,
      table.columns,
      all.flatMap(({ line, values }) => (reasons.has(line) ? [{ line, values, reason: reasons.get(line)! }] : [])),
    );
    return file;
  }

  private tell(
    rows: readonly RowResult[],
    { apply, details }: { readonly apply: boolean; readonly details: boolean },
    files: { readonly resultsFile: string; readonly refusedFile: string | null },
  ): void {
    const shown = details ? rows : rows.slice(0, SHOWN);
    this.table({
      title:
        shown.length < rows.length ? `The first ${shown.length} of ${rows.length} rows (--details shows all)` : 'Rows',
      data: shown.map((row) => shownRow(row, apply)),
      columns: [...SHOWN_COLUMNS],
      overflow: 'wrap',
    });
    this.log(`\n${importText(rows, apply)}`);
    this.log(
      `Row by row in ${files.resultsFile}${files.refusedFile === null ? '' : `; the refused rows, to be corrected, in ${files.refusedFile}`}.`,
    );
    if (!apply && rows.some(({ outcome }) => outcome === 'todo'))
      this.log('Nothing has been changed: add --apply to do it.');
  }
}

const withDefaults = (
  person: Person,
  { opportunity, solution }: { readonly opportunity?: string | undefined; readonly solution?: string | undefined },
): Person =>
  person.opportunity !== '' || person.solution !== ''
    ? person
    : { ...person, opportunity: opportunity ?? '', solution: solution ?? '' };
