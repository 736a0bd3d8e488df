import { SfError } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { moveClock, readClock } from '../../../local-org-client/clock.ts';
import type { ClockMove, ClockReading } from '../../../local-org-client/clock.ts';
import { momentText, parseMoment, parseSpan } from '../../../local-org-client/moment.ts';
import { openLocalOrg } from '../../../local-org-client/open-local-org.ts';
import { WaterfallCommand, orgFlag } from '../../waterfall-command.ts';

const FLAGS = ['to', 'by', 'now'] as const;

export default class OrgClockCommand extends WaterfallCommand<ClockReading | ClockMove> {
  static override readonly summary = "Show or move the local org's clock.";
  static override readonly description =
    "Scheduled paths and schedule-triggered flows that fall due by the move run at once. Records saved afterwards carry the moved time. The time goes on from where it was moved to; a restart of the local org, or --now, goes back to this machine's.";
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --by "3 days"',
    '<%= config.bin %> <%= command.id %> --to 2026-12-24T09:00',
    '<%= config.bin %> <%= command.id %> --now',
  ];
  static override readonly flags = {
    ...orgFlag,
    to: Flags.string({
      summary: "The moment to move it to, in your user's time zone unless it ends in Z or an offset.",
      exclusive: FLAGS.filter((name) => name !== 'to'),
    }),
    by: Flags.string({
      summary: 'How far to move it on: seconds, minutes, hours, days or weeks.',
      exclusive: FLAGS.filter((name) => name !== 'by'),
    }),
    now: Flags.boolean({
      summary: "Go back to this machine's time.",
      exclusive: FLAGS.filter((name) => name !== 'now'),
    }),
  };

  async run(): Promise<ClockReading | ClockMove> {
    const { flags } = await this.parse(OrgClockCommand);
    const org = await openLocalOrg(flags['target-org']);
    const before = await readClock(org);
    const to = target(flags, before);
    if (to === undefined) {
      this.log(`The local org's clock shows ${said(before)}${before.moved ? ', moved' : ", this machine's time"}.`);
      return before;
    }
    const moved = await moveClock(org, to);
    this.log(
      `The local org's clock shows ${said(moved)}${to === null ? ", this machine's time" : ''}. It showed ${said(before)}.`,
    );
    this.logWork(moved);
    if (moved.now < before.now)
      this.warn('The clock went back: what was saved in the meantime now lies in the future.');
    return moved;
  }

  private logWork({ work, timeZone }: ClockMove): void {
    if (work.done.length === 0) this.log('No scheduled work fell due.');
    else
      this.table({
        data: work.done.map(({ kind, flow, path, recordId, due, outcome, error }) => ({
          due: momentText(new Date(due), timeZone),
          kind,
          flow: path === null ? flow : `${flow}: ${path}`,
          record: recordId ?? '',
          outcome: error === null ? outcome : `${outcome}: ${error}`,
        })),
        columns: ['due', 'kind', 'flow', 'record', 'outcome'],
      });
    if (work.interrupted)
      this.warn('Work that keeps scheduling work was interrupted; it goes on with the next look at the clock.');
  }
}

const said = ({ now, timeZone }: ClockReading): string => momentText(new Date(now), timeZone);

/** Undefined when nothing is to be moved, null for the machine's time. */
function target(
  flags: { readonly to?: string | undefined; readonly by?: string | undefined; readonly now?: boolean },
  { now, timeZone }: ClockReading,
): Date | null | undefined {
  if (flags.now === true) return null;
  if (flags.to !== undefined)
    return parseMoment(flags.to, timeZone) ?? refuse('to', flags.to, 'a moment', '2026-12-24T09:00');
  if (flags.by === undefined) return undefined;
  const span = parseSpan(flags.by);
  return span === null
    ? refuse('by', flags.by, 'a span of time', '"3 days"')
    : new Date(new Date(now).getTime() + span);
}

const refuse = (flag: string, given: string, what: string, example: string): never => {
  throw new SfError(
    `--${flag} ${given} is not ${what}.`,
    'CLOCK_TIME',
    [`Write it like this: --${flag} ${example}.`],
    1,
  );
};
