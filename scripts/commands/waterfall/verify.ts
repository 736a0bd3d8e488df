import { Flags } from '@salesforce/sf-plugins-core';
import { connectOrg } from '../../org/connect.ts';
import { readNames } from '../../org/read-names.ts';
import { adopt } from '../../plan/adopt.ts';
import { renderReport } from '../../verify/render-report.ts';
import type { VerifyReport } from '../../verify/types.ts';
import { verifyOrg } from '../../verify/verify-org.ts';
import { readMapping } from '../mapping-file.ts';
import { loadWaterfall } from '../prepare-plan.ts';
import { PROJECT_FOLDER } from '../project-folder.ts';
import { WaterfallCommand, mappingFlag, modelFlag, orgFlag } from '../waterfall-command.ts';

export default class VerifyCommand extends WaterfallCommand<VerifyReport> {
  static override readonly summary = 'Prove in the org that the waterfall works there.';
  static override readonly description =
    'Looks up what an admin would look up, then takes marked test records of every opportunity type through the whole path, skips, regressions, clones, wins and renewals, and deletes them again, also after a failure.';
  static override readonly examples = ['<%= config.bin %> <%= command.id %> --target-org my-sandbox'];
  static override readonly flags = {
    ...orgFlag,
    ...modelFlag,
    ...mappingFlag,
    'allow-production': Flags.boolean({ summary: 'Create the test records in a production org, too.', default: false }),
  };

  async run(): Promise<VerifyReport> {
    const { flags } = await this.parse(VerifyCommand);
    const model = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const org = await connectOrg(flags['target-org']);
    const mapping = readMapping(PROJECT_FOLDER, flags['target-org'] ?? org.identity.username, flags.mapping);
    const { waterfall } = adopt(model, mapping, await readNames(org));
    const report = await verifyOrg(org, waterfall, {
      allowProduction: flags['allow-production'],
      progress: ({ phase, done, total, text }) => {
        if (!this.jsonEnabled()) this.spinner.status = `${phase} ${done} of ${total}: ${text}`;
      },
    });
    this.log(renderReport(report));
    if (!report.ok) process.exitCode = 1;
    return report;
  }
}
