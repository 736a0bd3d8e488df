import { z } from 'zod';
import { waterfallSchema } from './schema/waterfall.ts';

/** The JSON schema of a model file, for editors: completion, descriptions, errors while typing. Byte-stable. */
export const modelJsonSchema = (): string => {
  const schema = z.toJSONSchema(waterfallSchema, { io: 'input', target: 'draft-7', reused: 'ref' });
  return `${JSON.stringify({ $id: 'waterfall.schema.json', title: 'Revenue waterfall model', ...schema }, null, 2)}\n`;
};
