import { Flags } from '@salesforce/sf-plugins-core';
import path from 'node:path';
import { renderAudit } from '../../audit/render-audit.ts';
import { runAudit } from '../../audit/run-audit.ts';
import type { Audit } from '../../audit/run-audit.ts';
import { FLOW } from '../../compile/names.ts';
import { connectOrg } from '../../org/connect.ts';
import { readAutomation } from '../../org/read-automation.ts';
import { findMapping, mappingPath, nameOf, readMapping, writeMapping } from '../mapping-file.ts';
import type { OrgName } from '../mapping-file.ts';
import { loadWaterfall } from '../load-waterfall.ts';
import { preparePlan } from '../prepare-plan.ts';
import { PROJECT_FOLDER } from '../project-folder.ts';
import { WaterfallCommand, mappingFlag, modelFlag, orgFlag } from '../waterfall-command.ts';

/** `mappingFile` is null when none was drafted and there is none. */
type Audited = Audit & { readonly mappingFile: string | null };

export default class AuditCommand extends WaterfallCommand<Audited> {
  static override readonly summary = 'Say what an org has and what stands in the way of the waterfall.';
  static override readonly description =
    "Changes nothing in the org. Each finding has a severity, a place and what to do. Ends with an error when something must be settled before a deploy. Drafts config/mapping/<org>.yaml, which of the org's stages and record types correspond to the model's, unless there is one.";
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> --target-org my-sandbox',
    '<%= config.bin %> <%= command.id %> -o my-sandbox --no-draft --json',
  ];
  static override readonly flags = {
    ...orgFlag,
    ...modelFlag,
    ...mappingFlag,
    draft: Flags.boolean({
      summary: 'Draft the mapping file where there is none; one that is there is never overwritten.',
      default: true,
      allowNo: true,
    }),
  };

  async run(): Promise<Audited> {
    const { flags } = await this.parse(AuditCommand);
    const waterfall = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const org = await connectOrg(flags['target-org']);
    const name = nameOf(org, flags['target-org']);
    const mapping = readMapping(PROJECT_FOLDER, name, flags.mapping);
    const prepared = await preparePlan({ org, waterfall, mapping, projectFolder: PROJECT_FOLDER, now: new Date() });
    const automation = await readAutomation(org, new Set(Object.values(FLOW)));
    const audit = runAudit({ ...prepared, automation, newestVersion: org.newestVersion });
    this.log(renderAudit(audit, org.identity, org.newestVersion));
    const mappingFile = flags.mapping ?? this.mappingFile(name, audit, flags.draft);
    const errors = audit.findings.filter(({ severity }) => severity === 'error').length;
    this.log(errors === 0 ? '\nNothing stands in the way.' : `\n${errors} to settle before a deploy.`);
    if (errors > 0) process.exitCode = 1;
    return { ...audit, mappingFile };
  }

  /** Drafts it where there is none and something to decide on. What a person may have edited is left alone. */
  private mappingFile(name: OrgName, { mapping }: Audit, draft: boolean): string | null {
    const present = findMapping(PROJECT_FOLDER, name.target, name.orgId);
    const shown = (file: string): string => path.relative(process.cwd(), file);
    if (present !== null) {
      this.log(`  The mapping file ${shown(present)} is followed, and left as it is.`);
      return present;
    }
    if (!draft || mapping.recordTypes.length + mapping.stages.length === 0) return null;
    const file = mappingPath(PROJECT_FOLDER, name.target);
    writeMapping(file, mapping, name.orgId);
    this.log(`  Drafted with reasons in ${shown(file)}. Nothing is adopted until you set adopt: true there.`);
    return file;
  }
}
