import { Flags } from '@salesforce/sf-plugins-core';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { convertLeads, convertedStatus } from '../../backlog/convert-leads.ts';
import { fillKeys } from '../../backlog/fill-keys.ts';
import type { FilledObject } from '../../backlog/fill-keys.ts';
import { MATCH_FOLDER, newRun, readRun } from '../../backlog/journal.ts';
import type { LeadOutcome, MatchRun, RecordedMatchRun } from '../../backlog/journal.ts';
import { matchBacklog } from '../../backlog/match-backlog.ts';
import type { Backlog } from '../../backlog/match-backlog.ts';
import { backlogText, conversionText, shownRow } from '../../backlog/render-backlog.ts';
import { openReview, readReview } from '../../backlog/review-file.ts';
import type { ReadReview } from '../../backlog/review-file.ts';
import { THRESHOLDS } from '../../matching/types.ts';
import { connectDataOrg } from '../../org/connect-data.ts';
import type { DataOrg } from '../../org/data-org.ts';
import { OrgError } from '../../org/types.ts';
import { FindingsError } from '../command-error.ts';
import { guardProduction } from '../guard-production.ts';
import { loadWaterfall } from '../load-waterfall.ts';
import { PROJECT_FOLDER } from '../project-folder.ts';
import { EXIT_STOPPED, WaterfallCommand, modelFlag, orgFlag, productionFlag } from '../waterfall-command.ts';

/** What a run has done, or would do. Nulls for what was not asked for. */
export interface MatchResult {
  readonly backlog: Backlog | null;
  readonly reviewFile: string | null;
  readonly run: string | null;
  readonly resultsFile: string | null;
  readonly outcomes: readonly LeadOutcome[] | null;
  /** Leads that are left because the run was stopped. */
  readonly left: number;
  readonly filled: readonly FilledObject[] | null;
}

const NOTHING: MatchResult = {
  backlog: null,
  reviewFile: null,
  run: null,
  resultsFile: null,
  outcomes: null,
  left: 0,
  filled: null,
};
const SHOWN = 10;
const SHOWN_WITH_DETAILS = 1000;
const DEFAULT_REVIEW = path.join(MATCH_FOLDER, 'review.csv');

export default class MatchCommand extends WaterfallCommand<MatchResult> {
  static override readonly summary = 'Match the leads that are already there to accounts, and convert them.';
  static override readonly description =
    "Compares every unconverted lead with every account: company names with legal forms, noise, spelling and typing errors seen through, domains by the public suffix list, contacts' addresses, subsidiaries, countries. Each match has a score and its reasons. Changes nothing by itself: it writes a review file whose column Decision you edit (convert, review, leave). --apply converts what is decided, 100 leads at a time, into contacts of the accounts; a contact with the same address is reused and no opportunity is created. It can be stopped and resumed; no lead is converted twice.";
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> --target-org my-sandbox',
    '<%= config.bin %> <%= command.id %> -o my-sandbox --apply --review .waterfall/match/review.csv',
    '<%= config.bin %> <%= command.id %> -o my-sandbox --apply --resume 20260105-093012-match',
    `<%= config.bin %> <%= command.id %> -o my-sandbox --leads-where "LeadSource = 'Web'" --accounts-where "Type != 'Former'"`,
    '<%= config.bin %> <%= command.id %> -o my-sandbox --fill-keys',
  ];
  static override readonly flags = {
    ...orgFlag,
    ...modelFlag,
    ...productionFlag,
    apply: Flags.boolean({ summary: 'Convert what is decided; without --review, what matches.', default: false }),
    review: Flags.string({
      char: 'r',
      summary: `The review file: carried out with --apply, written without it (${DEFAULT_REVIEW}; never over one that is there).`,
      exclusive: ['resume'],
    }),
    resume: Flags.string({ summary: 'Go on with a run that was stopped or broken off.', dependsOn: ['apply'] }),
    status: Flags.string({ summary: "The status of converted leads; the org's first converted status without it." }),
    'match-from': Flags.integer({
      summary: 'The score from which on a lead matches.',
      min: 1,
      max: 100,
      default: THRESHOLDS.match,
    }),
    'review-from': Flags.integer({
      summary: 'The score from which on a match is shown for review.',
      min: 0,
      max: 100,
      default: THRESHOLDS.review,
    }),
    'leads-where': Flags.string({ summary: 'Only leads that meet this SOQL condition.' }),
    'accounts-where': Flags.string({ summary: 'Only accounts that meet this SOQL condition.' }),
    'fill-keys': Flags.boolean({
      summary:
        "Instead: fill the fields by which the org's own flows match, of accounts and leads that were there before.",
      default: false,
      exclusive: ['apply', 'review', 'resume'],
    }),
    details: Flags.boolean({
      char: 'd',
      summary: `Show up to ${SHOWN_WITH_DETAILS} matches and reviews.`,
      default: false,
    }),
  };

  async run(): Promise<MatchResult> {
    const { flags } = await this.parse(MatchCommand);
    const given = flags.apply && flags.review !== undefined ? this.decisions(flags.review) : null;
    const recorded = flags.resume === undefined ? null : readRun(process.cwd(), flags.resume);
    const org = await connectDataOrg(flags['target-org']);
    if (flags.apply || flags['fill-keys']) guardProduction(org.identity, flags['allow-production']);
    if (flags['fill-keys']) return this.fill(org);
    if (recorded) return this.resume(org, recorded, flags.status);
    if (given) {
      const run = newRun(process.cwd(), new Date());
      copyFileSync(flags.review!, run.decisions);
      return { ...NOTHING, ...(await this.convert(org, this.started(org, run, given), given, flags.status)) };
    }
    const run = flags.apply ? newRun(process.cwd(), new Date()) : null;
    const found = await this.match(org, run?.decisions ?? flags.review ?? DEFAULT_REVIEW, flags);
    if (run === null) {
      const file = path.relative(process.cwd(), path.resolve(found.reviewFile));
      this.log(`\nNothing has been changed. Look through ${file}, edit its column Decision, and then: `);
      this.log(
        `  ${this.spelled(`waterfall match --apply --review ${file}`)}${flags['target-org'] === undefined ? '' : ` -o ${flags['target-org']}`}`,
      );
      return { ...NOTHING, ...found };
    }
    const decided = this.decisions(run.decisions);
    return {
      ...NOTHING,
      ...found,
      ...(await this.convert(org, this.started(org, run, decided), decided, flags.status)),
    };
  }

  private decisions(file: string): ReadReview {
    const review = readReview(file);
    if (review.findings.length === 0) return review;
    throw new FindingsError('The review file cannot be carried out; nothing has been converted.', review.findings);
  }

  private async match(
    org: DataOrg,
    file: string,
    flags: {
      readonly model?: string | undefined;
      readonly details: boolean;
      readonly 'match-from': number;
      readonly 'review-from': number;
      readonly 'leads-where'?: string | undefined;
      readonly 'accounts-where'?: string | undefined;
    },
  ): Promise<{ readonly backlog: Backlog; readonly reviewFile: string }> {
    const { leads } = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const review = openReview(file);
    this.progressStart('Matching');
    const backlog = await matchBacklog({
      org,
      options: {
        thresholds: { match: flags['match-from'], review: flags['review-from'] },
        ...(leads === null
          ? {}
          : { tieBreakers: leads.tieBreakers, publicMailDomains: new Set(leads.publicMailDomains) }),
      },
      leadsWhere: flags['leads-where'],
      accountsWhere: flags['accounts-where'],
      review,
      shown: flags.details ? SHOWN_WITH_DETAILS : SHOWN,
      progress: this.progressTo,
    })
      .catch((error: unknown) => {
        review.discard();
        throw error;
      })
      .finally(() => this.progressEnd());
    review.close();
    this.log(backlogText(backlog));
    for (const [title, rows, count] of [
      ['Matches', backlog.matches, backlog.match],
      ['For review', backlog.reviews, backlog.review],
    ] as const) {
      if (rows.length === 0) continue;
      this.log('');
      this.table({
        title: rows.length < count ? `${title} (the first ${rows.length} of ${count}; --details shows more)` : title,
        data: rows.map(shownRow),
        columns: ['lead', 'company', 'account', 'score', 'because'],
        overflow: 'wrap',
      });
    }
    return { backlog, reviewFile: review.file };
  }

  private started(org: DataOrg, run: MatchRun, { convert }: ReadReview): RecordedMatchRun {
    const { orgId } = org.identity;
    run.write([{ event: 'started', orgId, leads: convert.length }]);
    return { run, orgId, leads: convert.length, done: [], uncertain: new Set(), finished: false };
  }

  private async resume(org: DataOrg, recorded: RecordedMatchRun, status: string | undefined): Promise<MatchResult> {
    const { run, orgId, finished } = recorded;
    if (orgId !== org.identity.orgId)
      throw new OrgError(
        'RUN_OTHER_ORG',
        `Run ${run.id} belongs to the org ${orgId}.`,
        'Name that org with --target-org.',
      );
    if (finished) {
      this.log(`Run ${run.id} was carried out to its end; nothing is left of it.`);
      return { ...NOTHING, run: run.id, resultsFile: run.results, outcomes: recorded.done };
    }
    run.write([{ event: 'resumed' }]);
    return { ...NOTHING, ...(await this.convert(org, recorded, this.decisions(run.decisions), status)) };
  }

  private async convert(
    org: DataOrg,
    { run, done, uncertain }: RecordedMatchRun,
    { convert, open }: ReadReview,
    wantedStatus: string | undefined,
  ): Promise<Pick<MatchResult, 'run' | 'resultsFile' | 'outcomes' | 'left'>> {
    const goOn = `Go on with: ${this.spelled(`waterfall match --apply --resume ${run.id}`)}`;
    const status = await convertedStatus(org, wantedStatus);
    const signal = this.stopSignal('Stopping after this batch of leads.');
    if (open > 0) this.log(`Still to be reviewed, and left alone: ${open}.`);
    this.progressStart('Converting');
    const { outcomes, left } = await convertLeads({
      org,
      run,
      convertedStatus: status,
      decided: convert,
      done,
      uncertain,
      signal,
      progress: (count, of) => this.progressTo(`Converting leads: ${count} of ${of}`),
    })
      .catch((error: unknown) => {
        if (!(error instanceof OrgError)) throw error;
        throw new OrgError(error.code, `${error.message} (run ${run.id})`, `${error.action} ${goOn}.`, {
          cause: error,
        });
      })
      .finally(() => this.progressEnd());
    this.log(conversionText(outcomes, left));
    this.log(`Row by row in ${path.relative(process.cwd(), run.results)} (run ${run.id}).`);
    if (left > 0) {
      process.stderr.write(`Stopped; leads left: ${left}. ${goOn}\n`);
      process.exitCode = EXIT_STOPPED;
    } else if (outcomes.some(({ outcome }) => outcome === 'refused')) process.exitCode = 1;
    return { run: run.id, resultsFile: run.results, outcomes, left };
  }

  private async fill(org: DataOrg): Promise<MatchResult> {
    this.progressStart('Filling keys');
    const filled = await fillKeys(org, this.progressTo).finally(() => this.progressEnd());
    for (const { object, looked, updated, failed } of filled) {
      const refused = failed.length === 0 ? '' : `, refused: ${failed.length}`;
      this.log(`${object}: looked at ${looked}, blank or wrong and filled: ${updated}${refused}.`);
      for (const [error, rows] of Map.groupBy(failed, (each) => each.error))
        this.log(`  ${String(rows.length).padStart(5)}  ${error}, for example ${rows[0]!.id}`);
    }
    if (filled.some(({ failed }) => failed.length > 0)) process.exitCode = 1;
    return { ...NOTHING, filled };
  }
}
