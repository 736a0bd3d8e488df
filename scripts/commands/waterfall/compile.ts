import { Flags } from '@salesforce/sf-plugins-core';
import { compileWaterfall } from '../../compile/compile-waterfall.ts';
import { writeProject } from '../../compile/write-project.ts';
import type { WrittenProject } from '../../compile/write-project.ts';
import { loadWaterfall } from '../load-waterfall.ts';
import { PROJECT_FOLDER } from '../project-folder.ts';
import { WaterfallCommand, modelFlag } from '../waterfall-command.ts';

export default class CompileCommand extends WaterfallCommand<WrittenProject> {
  static override readonly summary = 'Compile the model into metadata files under force-app/waterfall.';
  static override readonly description =
    'The same model gives the same bytes. Deploying does not need it: plan and deploy compile by themselves.';
  static override readonly examples = ['<%= config.bin %> <%= command.id %>'];
  static override readonly flags = {
    ...modelFlag,
    project: Flags.string({ summary: 'The SFDX project to write into; this one without it.' }),
  };

  async run(): Promise<WrittenProject> {
    const { flags } = await this.parse(CompileCommand);
    const waterfall = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const result = await writeProject(compileWaterfall(waterfall), flags.project ?? PROJECT_FOLDER);
    for (const path of result.written) this.log(`written ${path}`);
    for (const path of result.removed) this.log(`removed ${path}`);
    this.log(
      `${result.written.length} files written, ${result.removed.length} removed, ${result.unchanged} unchanged.`,
    );
    return result;
  }
}
