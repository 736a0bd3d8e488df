import { Flags } from '@salesforce/sf-plugins-core';
import { writeFileSync } from 'node:fs';
import { modelToMermaid } from '../../../render/model-mermaid.ts';
import { modelToSvg } from '../../../render/model-svg.ts';
import { OrgError } from '../../../org/types.ts';
import { loadWaterfall } from '../../load-waterfall.ts';
import { PROJECT_FOLDER } from '../../project-folder.ts';
import { WaterfallCommand, modelFlag } from '../../waterfall-command.ts';

interface Diagram {
  readonly format: string;
  readonly text: string;
}

export default class ModelDiagramCommand extends WaterfallCommand<Diagram> {
  static override readonly summary =
    'Draw the model: a funnel per opportunity type, owners as lanes, handshakes on the lines.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> --type acquisition',
    '<%= config.bin %> <%= command.id %> --format svg --out waterfall.svg',
  ];
  static override readonly flags = {
    ...modelFlag,
    format: Flags.option({
      options: ['mermaid', 'svg'] as const,
      default: 'mermaid' as const,
      summary: 'How to draw it.',
    })(),
    type: Flags.string({ summary: 'Only this opportunity type (Mermaid): acquisition, renewal, upsell or crossSell.' }),
    out: Flags.string({ summary: 'Write it to this file instead of the terminal.' }),
  };

  async run(): Promise<Diagram> {
    const { flags } = await this.parse(ModelDiagramCommand);
    const waterfall = await loadWaterfall(flags.model, PROJECT_FOLDER);
    const type = waterfall.opportunityTypes.find(({ key }) => key === flags.type)?.key;
    if (flags.type !== undefined && type === undefined) {
      const keys = waterfall.opportunityTypes.map(({ key }) => key).join(', ');
      throw new OrgError('MODEL_TYPE', `The model has no opportunity type ${flags.type}.`, `Use one of ${keys}.`);
    }
    const text = flags.format === 'svg' ? modelToSvg(waterfall) : modelToMermaid(waterfall, type);
    if (flags.out) writeFileSync(flags.out, text);
    else this.log(text);
    return { format: flags.format, text };
  }
}
