import { Flags } from '@salesforce/sf-plugins-core';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_PLAN_FILE, writePlan } from '../../apply/plan-file.ts';
import { connectOrg } from '../../org/connect.ts';
import { planHtml } from '../../plan/render/plan-html.ts';
import { planText } from '../../plan/render/plan-text.ts';
import type { Plan } from '../../plan/types.ts';
import { nameOf, readMapping } from '../mapping-file.ts';
import { loadWaterfall } from '../load-waterfall.ts';
import { preparePlan } from '../prepare-plan.ts';
import { PROJECT_FOLDER } from '../project-folder.ts';
import { WaterfallCommand, mappingFlag, modelFlag, orgFlag } from '../waterfall-command.ts';

export default class PlanCommand extends WaterfallCommand<Plan> {
  static override readonly summary = 'Compare the model with an org and plan what to change in it.';
  static override readonly description =
    'Changes nothing. Every step says what it does, why, at what risk and how it is undone. The plan is saved for waterfall deploy, which refuses it once the org has changed.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> --target-org my-sandbox',
    '<%= config.bin %> <%= command.id %> -o my-sandbox --details --html plan.html',
  ];
  static override readonly flags = {
    ...orgFlag,
    ...modelFlag,
    ...mappingFlag,
    out: Flags.string({ summary: 'Where the plan is saved.', default: DEFAULT_PLAN_FILE }),
    html: Flags.string({ summary: 'Write the plan as a page to read and pass on, too.' }),
    details: Flags.boolean({ char: 'd', summary: 'Show why, risk and undo of every step.', default: false }),
  };

  async run(): Promise<Plan> {
    const { flags } = await this.parse(PlanCommand);
    const waterfall = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const org = await connectOrg(flags['target-org']);
    const mapping = readMapping(PROJECT_FOLDER, nameOf(org, flags['target-org']), flags.mapping);
    const { plan } = await preparePlan({ org, waterfall, mapping, projectFolder: PROJECT_FOLDER, now: new Date() });
    writePlan(flags.out, plan);
    if (flags.html) writeFileSync(flags.html, planHtml(plan));
    this.log(planText(plan, flags.details));
    this.log(
      `Saved to ${path.relative(process.cwd(), path.resolve(flags.out))}${flags.html ? ` and ${flags.html}` : ''}.`,
    );
    return plan;
  }
}
