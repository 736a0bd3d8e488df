import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseXml } from '../../../local-org/metadata/xml/parse-xml.ts';
import { readMetadata } from '../../../local-org/metadata/xml/read-metadata.ts';
import type { TestComponent } from './test-org.ts';

const ROOT = fileURLToPath(new URL('../../../force-app/waterfall/', import.meta.url));

/** File suffix, metadata type, and whether the component belongs to the object in whose folder it lies. */
const TYPES: readonly (readonly [string, string, boolean])[] = [
  ['object', 'CustomObject', false],
  ['field', 'CustomField', true],
  ['recordType', 'RecordType', true],
  ['businessProcess', 'BusinessProcess', true],
  ['validationRule', 'ValidationRule', true],
  ['standardValueSet', 'StandardValueSet', false],
  ['customPermission', 'CustomPermission', false],
  ['flow', 'Flow', false],
];

/** The compiled package's components that automation depends on, read as a deploy reads them. */
export function productComponents(): readonly TestComponent[] {
  const apex = { type: 'ApexClass', fullName: 'WaterfallLeadConversion', metadata: {} };
  const compiled = TYPES.flatMap(([suffix, type, ofObject]) =>
    globSync(`**/*.${suffix}-meta.xml`, { cwd: ROOT }).map((path) => {
      const { value, problems } = readMetadata(type, parseXml(readFileSync(`${ROOT}${path}`, 'utf8')));
      assert.deepEqual(problems, [], path);
      const name = basename(path, `.${suffix}-meta.xml`);
      const object = /objects[\\/]([^\\/]+)[\\/]/.exec(path)?.[1];
      return { type, fullName: ofObject ? `${object}.${name}` : name, metadata: value };
    }),
  );
  return [apex, ...compiled];
}
