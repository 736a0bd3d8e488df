import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this project: where its model, its Lightning components and its runs are. */
export const PROJECT_FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
