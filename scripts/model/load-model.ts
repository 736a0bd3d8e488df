import { readFile } from 'node:fs/promises';
import { parseModel } from './parse-model.ts';
import type { ParsedModel } from './parse-model.ts';

export const DEFAULT_MODEL_FILE = 'config/waterfall.yaml';

/** Reads and checks a model file. A file that cannot be read is a finding too. */
export const loadModel = async (file: string): Promise<ParsedModel> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const reason =
      cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
        ? 'There is no such file'
        : `It cannot be read: ${String(cause)}`;
    return {
      waterfall: null,
      findings: [
        {
          severity: 'error',
          code: 'MODEL_FILE',
          message: `${reason}.`,
          place: file,
          action: 'Name a model file with --model, or run in the project folder.',
        },
      ],
    };
  }
  return parseModel(text, file);
};
