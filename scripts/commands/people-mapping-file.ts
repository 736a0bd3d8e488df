import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../finding.ts';
import type { PeopleMapping } from '../people/guess-mapping.ts';
import { FIELD_KEYS, PERSON_FIELDS } from '../people/people-fields.ts';
import type { PersonField } from '../people/people-fields.ts';
import { FindingsError } from './command-error.ts';
import { readYaml } from './read-yaml.ts';

const shape = Object.fromEntries(FIELD_KEYS.map((field) => [field, z.string().min(1).optional()])) as Record<
  PersonField,
  z.ZodOptional<z.ZodString>
>;
const schema = z.strictObject({ columns: z.strictObject(shape) });

/** `config/mapping/people-zoominfo.yaml` of the project. */
export const peopleMappingPath = (projectFolder: string, name: string): string =>
  path.join(
    projectFolder,
    'config',
    'mapping',
    `people-${
      name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '') || 'list'
    }.yaml`,
  );

/** Null when there is no such file. Throws FindingsError for one that is damaged, or names columns that the list lacks. */
export function readPeopleMapping(file: string, columns: readonly string[]): PeopleMapping | null {
  if (!existsSync(file)) return null;
  const read = readYaml(readFileSync(file, 'utf8'), file);
  if (!('value' in read))
    throw refused([
      finding(read.place, read.message, 'Correct the line, or delete the file to have it guessed again.'),
    ]);
  const result = schema.safeParse(read.value);
  if (!result.success)
    throw refused(
      result.error.issues.map((issue) =>
        finding(
          `${file} ${issue.path.join('.')}`.trim(),
          issue.message,
          `Under columns there may be: ${FIELD_KEYS.join(', ')}.`,
        ),
      ),
    );
  const mapping = result.data.columns;
  const missing = FIELD_KEYS.filter((field) => mapping[field] !== undefined && !columns.includes(mapping[field]));
  if (missing.length > 0)
    throw refused(
      missing.map((field) =>
        finding(
          file,
          `The list has no column "${mapping[field]!}", which ${field} is mapped to.`,
          `Its columns are: ${columns.join(', ')}. Correct the mapping, or name another one with --mapping.`,
        ),
      ),
    );
  return mapping;
}

const HEADING = `# Which column of a list of people holds what, for waterfall import-people. Change it as you need; a column that is not named is left out.
`;

export function writePeopleMapping(file: string, mapping: PeopleMapping): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const lines = FIELD_KEYS.flatMap((field) =>
    mapping[field] === undefined
      ? []
      : [`  ${stringify({ [field]: mapping[field] }).trim()} # ${PERSON_FIELDS[field].label}`],
  );
  writeFileSync(file, `${HEADING}columns:\n${lines.join('\n')}\n`);
}

const finding = (place: string, message: string, action: string): Finding => ({
  severity: 'error',
  code: 'PEOPLE_MAPPING',
  message,
  place,
  action,
});
const refused = (findings: readonly Finding[]): FindingsError =>
  new FindingsError('The mapping of the columns cannot be used.', findings);
