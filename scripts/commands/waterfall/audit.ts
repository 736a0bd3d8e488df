import { Flags } from '@salesforce/sf-plugins-core';
import { existsSync } from 'node:fs';
import { runAudit } from '../../audit/run-audit.ts';
import type { Audit } from '../../audit/run-audit.ts';
import { connectOrg } from '../../org/connect.ts';
import { readAutomation } from '../../org/read-automation.ts';
import { OrgError } from '../../org/types.ts';
import { bySeverity } from '../finding-text.ts';
import { mappingPath, readMapping, writeMapping } from '../mapping-file.ts';
import { loadWaterfall, preparePlan } from '../prepare-plan.ts';
import { PROJECT_FOLDER } from '../project-folder.ts';
import { WaterfallCommand, mappingFlag, modelFlag, orgFlag } from '../waterfall-command.ts';

export default class AuditCommand extends WaterfallCommand<Audit> {
  static override readonly summary = 'Say what an org has and what stands in the way of the waterfall.';
  static override readonly description =
    "Changes nothing. Each finding has a severity, a place and what to do. Ends with an error when something must be settled before a deploy. Drafts the mapping file: which of the org's stages and record types correspond to the model's.";
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> --target-org my-sandbox',
    '<%= config.bin %> <%= command.id %> -o my-sandbox --write-mapping',
  ];
  static override readonly flags = {
    ...orgFlag,
    ...modelFlag,
    ...mappingFlag,
    'write-mapping': Flags.boolean({ summary: 'Write the drafted mapping file, unless there is one.', default: false }),
  };

  async run(): Promise<Audit> {
    const { flags } = await this.parse(AuditCommand);
    const waterfall = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const org = await connectOrg(flags['target-org']);
    const target = flags['target-org'] ?? org.identity.username;
    const mapping = readMapping(PROJECT_FOLDER, target, flags.mapping);
    const prepared = await preparePlan({ org, waterfall, mapping, projectFolder: PROJECT_FOLDER, now: new Date() });
    const ours = new Set(prepared.components.filter(({ type }) => type === 'Flow').map(({ fullName }) => fullName));
    const automation = await readAutomation(org, ours);
    const audit = runAudit({ ...prepared, automation, newestVersion: org.newestVersion });
    const { name, edition, kind, username } = org.identity;
    this.log(`${name}: ${edition}, ${kind}, API ${org.newestVersion}, as ${username}`);
    for (const { severity, place, message, action } of bySeverity(audit.findings)) {
      this.log(`  ${severity.padEnd(7)} ${place}: ${message}\n          ${action}`);
    }
    for (const { recordType, is, confidence, reason } of audit.mapping.recordTypes)
      this.log(`  record type ${recordType} may be ${is} (${confidence}: ${reason})`);
    for (const { stage, is, confidence, reason } of audit.mapping.stages)
      this.log(`  stage ${stage} may be ${is} (${confidence}: ${reason})`);
    if (flags['write-mapping']) this.log(`Mapping drafted in ${this.draft(target, audit, org.identity.orgId)}.`);
    const errors = audit.findings.filter(({ severity }) => severity === 'error').length;
    this.log(errors === 0 ? 'Nothing stands in the way.' : `${errors} to settle before a deploy.`);
    if (errors > 0) process.exitCode = 1;
    return audit;
  }

  private draft(target: string, { mapping }: Audit, orgId: string): string {
    const file = mappingPath(PROJECT_FOLDER, target);
    if (existsSync(file)) {
      throw new OrgError(
        'MAPPING_EXISTS',
        `There is a mapping file for this org already: ${file}.`,
        'Edit it, or move it away to have a new one drafted.',
      );
    }
    writeMapping(file, mapping, orgId);
    return file;
  }
}
