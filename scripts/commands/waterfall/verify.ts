import { Flags } from '@salesforce/sf-plugins-core';
import { lastTransaction, limitsUsedSince } from '../../local-org-client/limits-used.ts';
import { openLocalOrg } from '../../local-org-client/open-local-org.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { connectOrg } from '../../org/connect.ts';
import { readNames } from '../../org/read-names.ts';
import type { Org } from '../../org/types.ts';
import { adopt } from '../../plan/adopt.ts';
import { checkIntegrity } from '../../verify/integrity/check-integrity.ts';
import { renderIntegrity } from '../../verify/integrity/render-integrity.ts';
import type { IntegrityReport } from '../../verify/integrity/types.ts';
import { parseRecordValues } from '../../verify/record-values.ts';
import { renderReport } from '../../verify/render-report.ts';
import type { VerifyReport } from '../../verify/types.ts';
import { verifyOrg } from '../../verify/verify-org.ts';
import { nameOf, readMapping } from '../mapping-file.ts';
import { loadWaterfall } from '../load-waterfall.ts';
import { PROJECT_FOLDER } from '../project-folder.ts';
import { WaterfallCommand, mappingFlag, modelFlag, orgFlag, productionFlag } from '../waterfall-command.ts';

/** Remembers where the log of the local org stands, and tells later what has been used since. */
const limitsOfRun = async (target: string | undefined) => {
  const local = await openLocalOrg(target);
  const before = await lastTransaction(local);
  return () => limitsUsedSince(local, before);
};

export default class VerifyCommand extends WaterfallCommand<VerifyReport | IntegrityReport> {
  static override readonly summary = 'Prove in the org that the waterfall works there.';
  static override readonly description =
    'Looks up what an admin would look up, then takes marked test records of every opportunity type through the whole path, skips, regressions, clones, wins and renewals, and deletes them again, also after a failure or Ctrl-C. With --integrity it writes nothing and looks through the records that are there.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> --target-org my-sandbox',
    '<%= config.bin %> <%= command.id %> -o my-sandbox --details',
    '<%= config.bin %> <%= command.id %> -o my-org --integrity',
    '<%= config.bin %> <%= command.id %> -o my-sandbox --value Opportunity.Region__c=EMEA --value Account.Industry=Energy',
  ];
  static override readonly flags = {
    ...orgFlag,
    ...modelFlag,
    ...mappingFlag,
    ...productionFlag,
    value: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary:
        'A value that test records get because this org requires it: Opportunity.Field=Value or Account.Field=Value.',
    }),
    details: Flags.boolean({ char: 'd', summary: 'Show a row for each stage trigger.', default: false }),
    integrity: Flags.boolean({
      summary: 'Only look through the records of the org for orphans, doubles and wrong counts; nothing is written.',
      exclusive: ['value', 'details', 'allow-production'],
      default: false,
    }),
  };

  async run(): Promise<VerifyReport | IntegrityReport> {
    const { flags } = await this.parse(VerifyCommand);
    const values = parseRecordValues(flags.value ?? []);
    const model = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const org = await connectOrg(flags['target-org']);
    const mapping = readMapping(PROJECT_FOLDER, nameOf(org, flags['target-org']), flags.mapping);
    const { waterfall } = adopt(model, mapping, await readNames(org));
    if (flags.integrity) return this.lookThrough(org, waterfall);
    const limitsUsed = org.identity.kind === 'local' ? await limitsOfRun(flags['target-org']) : undefined;
    this.progressStart('Verifying');
    const report = await verifyOrg(org, waterfall, {
      allowProduction: flags['allow-production'],
      values,
      layoutByHand: mapping.opportunityLayout === 'manual',
      ...(limitsUsed && { limitsUsed }),
      signal: this.stopSignal('Stopping after this step; test records are being deleted.'),
      progress: ({ phase, text }) => this.progressTo(`${phase}: ${text}`),
    }).finally(() => this.progressEnd());
    this.log(renderReport(report, flags.details));
    if (!report.ok) process.exitCode = 1;
    return report;
  }

  private async lookThrough(org: Org, waterfall: Waterfall): Promise<IntegrityReport> {
    this.progressStart('Reading');
    const report = await checkIntegrity(org, waterfall, this.progressTo).finally(() => this.progressEnd());
    this.log(renderIntegrity(report));
    if (!report.ok) process.exitCode = 1;
    return report;
  }
}
