import { compileWaterfall } from '../../../compile/compile-waterfall.ts';
import { accessTable } from '../../../render/access-table.ts';
import { loadWaterfall } from '../../load-waterfall.ts';
import { PROJECT_FOLDER } from '../../project-folder.ts';
import { WaterfallCommand, modelFlag } from '../../waterfall-command.ts';

interface AccessTable {
  readonly format: 'markdown';
  readonly text: string;
}

export default class ModelAccessCommand extends WaterfallCommand<AccessTable> {
  static override readonly summary = 'Show what each permission set of the model lets its holder do.';
  static override readonly description =
    'A Markdown table, for whoever has to agree: opportunity types, objects, the fields people fill in. Whoever has a set of people reads all fields of the waterfall.';
  static override readonly examples = ['<%= config.bin %> <%= command.id %>'];
  static override readonly flags = { ...modelFlag };

  async run(): Promise<AccessTable> {
    const { flags } = await this.parse(ModelAccessCommand);
    const text = accessTable(compileWaterfall(await loadWaterfall(flags.model, PROJECT_FOLDER)));
    this.log(text);
    return { format: 'markdown', text };
  }
}
