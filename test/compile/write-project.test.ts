import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { writeProject } from '../../scripts/compile/write-project.ts';
import { twoTypes, typeFieldOnly } from './models.ts';

const LAYOUT = 'force-app/waterfall/main/default/layouts/Opportunity-Waterfall Renewal.layout-meta.xml';
let project = '';

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'waterfall-project-'));
  const lwc = join(project, 'force-app/main/default/lwc/stageTracker');
  await mkdir(lwc, { recursive: true });
  await writeFile(join(lwc, 'stageTracker.js-meta.xml'), '<LightningComponentBundle/>');
});
after(() => rm(project, { recursive: true }));

test('a first run writes everything, a second one nothing', async () => {
  const components = compileWaterfall(twoTypes);
  const first = await writeProject(components, project);
  assert.ok(first.written.includes(LAYOUT));
  assert.deepEqual(first.removed, []);
  const second = await writeProject(components, project);
  assert.deepEqual(second, { written: [], removed: [], unchanged: first.written.length });
});

test('the manifest names the hand-written components that the record page needs', async () => {
  const manifest = await readFile(join(project, 'manifest/package.xml'), 'utf8');
  assert.match(
    manifest,
    /<members>stageTracker<\/members>\n\s+<members>waterfallStages<\/members>\n\s+<name>LightningComponentBundle/,
  );
});

test('what an earlier model left is removed, what is written by hand stays', async () => {
  const { removed } = await writeProject(compileWaterfall(typeFieldOnly), project);
  assert.ok(removed.includes(LAYOUT));
  await assert.rejects(readFile(join(project, LAYOUT)));
  assert.equal(
    await readFile(join(project, 'force-app/main/default/lwc/stageTracker/stageTracker.js-meta.xml'), 'utf8'),
    '<LightningComponentBundle/>',
  );
});
