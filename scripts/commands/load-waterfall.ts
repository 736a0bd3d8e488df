import path from 'node:path';
import { DEFAULT_MODEL_FILE, loadModel } from '../model/load-model.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { FindingsError } from './command-error.ts';

/** Throws FindingsError for a model with errors. */
export async function loadWaterfall(file: string | undefined, projectFolder: string): Promise<Waterfall> {
  const { waterfall, findings } = await loadModel(file ?? path.join(projectFolder, DEFAULT_MODEL_FILE));
  if (waterfall) return waterfall;
  throw new FindingsError('The model cannot be used as it is.', findings);
}
