import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../finding.ts';
import { EMPTY_MAPPING } from '../plan/mapping.ts';
import type { Mapping } from '../plan/mapping.ts';
import { FindingsError } from './command-error.ts';

const drafted = {
  adopt: z.boolean().default(false),
  confidence: z.number().min(0).max(1).optional(),
  reason: z.string().optional(),
};

const schema = z.strictObject({
  org: z.string().optional(),
  recordTypes: z.array(z.strictObject({ recordType: z.string(), is: z.string(), ...drafted })).default([]),
  stages: z.array(z.strictObject({ stage: z.string(), is: z.string(), ...drafted })).default([]),
  profiles: z.union([z.literal('inUse'), z.array(z.string())]).default('inUse'),
  defaultRecordTypes: z.record(z.string(), z.string()).default({}),
  assign: z.enum(['runningUser', 'nobody']).default('runningUser'),
  recordPage: z.enum(['whenNone', 'manual']).default('whenNone'),
});

/** `config/mapping/<alias or username>.yaml` of the project. */
export const mappingPath = (projectFolder: string, target: string): string =>
  path.join(projectFolder, 'config', 'mapping', `${target.replaceAll(/[^\w.@-]/g, '_')}.yaml`);

/** The file named, else the org's own if there is one, else the empty mapping. Throws FindingsError for one that is damaged. */
export function readMapping(projectFolder: string, target: string, file?: string): Mapping {
  const place = file ?? mappingPath(projectFolder, target);
  if (!existsSync(place)) {
    if (file === undefined) return EMPTY_MAPPING;
    throw new FindingsError('The mapping file cannot be read.', [
      finding(
        'MAPPING_FILE',
        'There is no such file.',
        place,
        'Draft one with waterfall audit --write-mapping, or correct the path.',
      ),
    ]);
  }
  return parseMapping(readFileSync(place, 'utf8'), place);
}

export function parseMapping(text: string, place: string): Mapping {
  let value: unknown;
  try {
    value = parse(text) ?? {};
  } catch (error) {
    const at =
      error instanceof YAMLParseError && error.linePos ? `:${error.linePos[0].line}:${error.linePos[0].col}` : '';
    throw new FindingsError('The mapping file is not valid YAML.', [
      finding('MAPPING_YAML', (error as Error).message.split('\n')[0]!, `${place}${at}`, 'Correct the line.'),
    ]);
  }
  const result = schema.safeParse(value);
  if (result.success) {
    const { org: _org, ...mapping } = result.data;
    return mapping;
  }
  throw new FindingsError(
    'The mapping file does not say what it should.',
    result.error.issues.map((issue) =>
      finding(
        'MAPPING_CONTENT',
        issue.message,
        `${place} ${issue.path.join('.')}`.trim(),
        'Correct the entry, or draft the file again with waterfall audit.',
      ),
    ),
  );
}

const finding = (code: string, message: string, place: string, action: string): Finding => ({
  severity: 'error',
  code,
  message,
  place,
  action,
});

const HEADING = `# How this org's own words correspond to the model's. Drafted by waterfall audit: read it and change it.
# adopt: true uses the org's record type or stage in place of the model's; everything else is created beside what the org has.
# confidence and reason say why a line was drafted; they have no effect.
`;

export function writeMapping(file: string, mapping: Mapping, orgId: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, HEADING + stringify({ org: orgId, ...mapping }, { lineWidth: 120 }));
}
