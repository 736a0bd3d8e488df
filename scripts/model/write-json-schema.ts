import { writeFile } from 'node:fs/promises';
import { modelJsonSchema } from './json-schema.ts';

export const JSON_SCHEMA_FILE = 'config/waterfall.schema.json';

if (import.meta.main) await writeFile(JSON_SCHEMA_FILE, modelJsonSchema());
