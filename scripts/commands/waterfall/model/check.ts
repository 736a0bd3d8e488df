import { loadModel } from '../../../model/load-model.ts';
import { DEFAULT_MODEL_FILE } from '../../../model/load-model.ts';
import type { Finding } from '../../../finding.ts';
import path from 'node:path';
import { FindingsError } from '../../command-error.ts';
import { findingText } from '../../finding-text.ts';
import { PROJECT_FOLDER } from '../../project-folder.ts';
import { WaterfallCommand, modelFlag } from '../../waterfall-command.ts';

interface Checked {
  readonly file: string;
  readonly findings: readonly Finding[];
}

export default class ModelCheckCommand extends WaterfallCommand<Checked> {
  static override readonly summary = 'Check the model file.';
  static override readonly description = 'Every finding names file, line and column, the rule, and what to do.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --model config/my-waterfall.yaml',
  ];
  static override readonly flags = { ...modelFlag };

  async run(): Promise<Checked> {
    const { flags } = await this.parse(ModelCheckCommand);
    const file = flags.model ?? path.join(PROJECT_FOLDER, DEFAULT_MODEL_FILE);
    const { waterfall, findings } = await loadModel(file);
    if (waterfall === null) throw new FindingsError('The model cannot be used as it is.', findings);
    for (const finding of findings) this.log(findingText(finding));
    const stages = waterfall.opportunityTypes.map((type) => `${type.label} (${type.stages.length} stages)`).join(', ');
    this.log(`${waterfall.name} is sound: ${stages}.`);
    return { file, findings };
  }
}
