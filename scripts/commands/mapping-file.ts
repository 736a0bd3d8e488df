import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../finding.ts';
import type { Org } from '../org/types.ts';
import { EMPTY_MAPPING } from '../plan/mapping.ts';
import type { Mapping } from '../plan/mapping.ts';
import { FindingsError } from './command-error.ts';
import { readYaml } from './read-yaml.ts';

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
  accountLayouts: z.enum(['merge', 'manual']).default('merge'),
  opportunityLayout: z.enum(['manual', 'assign']).default('manual'),
});

export interface OrgName {
  /** As the user named it, else its username. */
  readonly target: string;
  readonly orgId: string;
}

/** `config/mapping/<alias or username>.yaml` of the project. */
export const mappingPath = (projectFolder: string, target: string): string =>
  path.join(projectFolder, 'config', 'mapping', `${target.replaceAll(/[^\w.@-]/g, '_')}.yaml`);

export const nameOf = (org: Pick<Org, 'identity'>, target: string | undefined): OrgName => ({
  target: target ?? org.identity.username,
  orgId: org.identity.orgId,
});

/** An org is named by alias, by username or not at all; its mapping file is the same. */
export function findMapping(projectFolder: string, target: string, orgId: string): string | null {
  const named = mappingPath(projectFolder, target);
  const folder = path.dirname(named);
  if (existsSync(named)) return named;
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [];
  const ofOrg = new RegExp(`^org: ["']?${orgId}["']?\\s*$`, 'm');
  const same = others.toSorted().find((name) => ofOrg.test(readFileSync(path.join(folder, name), 'utf8')));
  return same === undefined ? null : path.join(folder, same);
}

/** The file named, else the org's own if there is one, else the empty mapping. Throws FindingsError for one that is damaged or another org's. */
export function readMapping(projectFolder: string, org: OrgName, file?: string): Mapping {
  if (file === undefined) {
    const found = findMapping(projectFolder, org.target, org.orgId);
    return found === null ? EMPTY_MAPPING : parseMapping(readFileSync(found, 'utf8'), found, org.orgId);
  }
  const place = file;
  if (!existsSync(place)) {
    throw new FindingsError('The mapping file cannot be read.', [
      finding(
        'MAPPING_FILE',
        'There is no such file.',
        place,
        'Correct the path; waterfall audit drafts one where there is none.',
      ),
    ]);
  }
  return parseMapping(readFileSync(place, 'utf8'), place);
}

/** With `orgId` only a mapping that is that org's, or nobody's, will do. */
export function parseMapping(text: string, place: string, orgId?: string): Mapping {
  const read = readYaml(text, place);
  if (!('value' in read))
    throw new FindingsError('The mapping file is not valid YAML.', [
      finding('MAPPING_YAML', read.message, read.place, 'Correct the line.'),
    ]);
  const result = schema.safeParse(read.value ?? {});
  if (result.success) {
    const { org, ...mapping } = result.data;
    if (org === undefined || orgId === undefined || org === orgId) return mapping;
    throw new FindingsError('The mapping file belongs to another org.', [
      finding(
        'MAPPING_OTHER_ORG',
        `It was drafted for the org ${org}, and this is ${orgId}.`,
        place,
        'Move it away and audit again, or name the file you mean with --mapping.',
      ),
    ]);
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

/** Never overwrites. */
export function writeMapping(file: string, mapping: Mapping, orgId: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, HEADING + stringify({ org: orgId, ...mapping }, { lineWidth: 120 }), { flag: 'wx' });
}
