import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { FIELD, stageDateField } from '../../scripts/compile/names.ts';
import { RESERVED_STAGE_NAMES } from '../../scripts/model/checks/names.ts';
import { modelJsonSchema } from '../../scripts/model/json-schema.ts';

test('config/waterfall.schema.json is what the schema generates', () => {
  assert.ok(
    readFileSync('config/waterfall.schema.json', 'utf8') === modelJsonSchema(),
    'run: node scripts/model/write-json-schema.ts',
  );
});

test('the reserved stage names are those whose date field would be one of the automation', () => {
  const own = new Set<string>(Object.values(FIELD));
  const colliding = [...own]
    .filter((field) => field.endsWith('_Date__c'))
    .map((field) => field.slice(0, -'_Date__c'.length).replaceAll('_', ' '));
  assert.deepEqual([...RESERVED_STAGE_NAMES].sort(), colliding.sort());
  for (const name of RESERVED_STAGE_NAMES) assert.ok(own.has(stageDateField(name)));
});
