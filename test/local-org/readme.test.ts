import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { standardObjects } from '../../local-org/schema/standard-objects.ts';

const README = readFileSync(join(import.meta.dirname, '../../local-org/README.md'), 'utf8');

test('the README names the standard objects that there are', () => {
  const [, listed = ''] = /<!-- standard-objects -->(.*)<!-- \/standard-objects -->/s.exec(README) ?? [];
  const names = listed
    .replace(/\.\s*$/, '')
    .split(',')
    .map((name) => name.trim());
  assert.deepEqual(names, [...standardObjects().keys()].sort());
});
