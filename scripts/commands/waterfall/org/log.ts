import { Flags, StandardColors } from '@salesforce/sf-plugins-core';
import { readClock } from '../../../local-org-client/clock.ts';
import { readLog } from '../../../local-org-client/log.ts';
import type { TransactionRecord } from '../../../local-org-client/log.ts';
import { openLocalOrg } from '../../../local-org-client/open-local-org.ts';
import { renderTransaction } from '../../../local-org-client/render-log.ts';
import type { Paint, Tone } from '../../../local-org-client/render-log.ts';
import { WaterfallCommand, orgFlag } from '../../waterfall-command.ts';

const DEFAULT_LAST = 3;

/** Sparingly: what failed, what is near its limit, how it ended; the lines of the tree step back. */
const COLORS: Readonly<Partial<Record<Tone, (text: string) => string>>> = {
  good: StandardColors.success,
  bad: StandardColors.error,
  warning: StandardColors.warning,
  quiet: StandardColors.info,
};
const paint: Paint = (tone, text) => COLORS[tone]?.(text) ?? text;

export default class OrgLogCommand extends WaterfallCommand<readonly TransactionRecord[]> {
  static override readonly summary = "Show the local org's last transactions.";
  static override readonly description =
    "Each one in its order of execution: the steps of every save, each flow's path with the values it set, what a validation rule refused, the saves that flows made, and the governor limits used. The newest comes last.";
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --last 20 --contains Waterfall_Renewal',
    '<%= config.bin %> <%= command.id %> --transaction 6203 --all',
  ];
  static override readonly flags = {
    ...orgFlag,
    last: Flags.integer({ summary: `How many transactions; ${DEFAULT_LAST} without it.`, min: 1, max: 200 }),
    transaction: Flags.integer({
      summary: 'Only the transaction with this number.',
      min: 1,
      exclusive: ['last', 'contains'],
    }),
    contains: Flags.string({ summary: 'Only transactions that tell of this: a record id, a name, a flow.' }),
    all: Flags.boolean({
      summary: 'Show every record of a batch, not just the first ones of each flow.',
      default: false,
    }),
  };

  async run(): Promise<readonly TransactionRecord[]> {
    const { flags } = await this.parse(OrgLogCommand);
    const org = await openLocalOrg(flags['target-org']);
    const { transaction, contains } = flags;
    const last = transaction === undefined ? (flags.last ?? DEFAULT_LAST) : undefined;
    const records = await readLog(org, { last, transaction, contains });
    if (this.jsonEnabled()) return records;
    const { timeZone } = await readClock(org);
    if (records.length === 0)
      this.log(
        contains === undefined ? 'Nothing has been saved yet.' : `No transaction that is kept tells of "${contains}".`,
      );
    for (const record of records)
      this.log(`${renderTransaction(record, { timeZone, all: flags.all, paint }).join('\n')}\n`);
    return records;
  }
}
