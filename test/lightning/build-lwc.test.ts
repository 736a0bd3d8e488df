import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { buildLwc } from '../../scripts/lwc/build-lwc.ts';
import { compilerProblems } from '../../scripts/lwc/compiler-check.ts';
import { lwcDeployEntries } from '../../scripts/lwc/deploy-entries.ts';
import { eraseTypes } from '../../scripts/lwc/erase-types.ts';
import { pathsConfig } from '../../scripts/lwc/generate-paths.ts';
import { lwcModules } from '../../scripts/lwc/module-folders.ts';

const PROJECT = path.join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'waterfall-lwc-'));

/** A project with the given files; returns its folder. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  const folder = path.join(scratch, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

describe('the build of the Lightning components', () => {
  after(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it('yields JavaScript that the compiler accepts, without tests and types', async () => {
    const { files, members } = await lwcDeployEntries(PROJECT);
    assert.deepEqual(compilerProblems(files), []);
    assert.ok(members.LightningComponentBundle.includes('stageTracker'));
    assert.ok(members.LightningComponentBundle.includes('waterfallStages'));
    assert.ok(members.CustomLabel.includes('Stage_Tracker_Title'));
    const names = [...files.keys()];
    assert.ok(names.includes('lwc/stageTracker/stageTracker.js'));
    assert.ok(names.includes('lwc/stageTracker/stageTracker.js-meta.xml'));
    assert.deepEqual(
      names.filter((name) => name.endsWith('.ts') || name.includes('__tests__')),
      [],
    );
    const code = Buffer.from(files.get('lwc/stageTracker/stageTracker.js') ?? []).toString('utf8');
    assert.match(code, /@wire\(getRecord/);
    assert.doesNotMatch(code, /import type/);
  });

  it('keeps every line where it is', () => {
    const source = "import type { A } from 'a';\nexport const one: number = 1;\nexport const two = one as A;\n";
    const code = eraseTypes(source, 'x.ts');
    assert.equal(code.split('\n').length, source.split('\n').length);
    assert.match(code.split('\n')[1] ?? '', /^export const one\s+= 1;$/);
  });

  it('refuses TypeScript that cannot be erased, with file and line', () => {
    assert.throws(
      () => eraseTypes('const a = 1;\nenum Color { Red }\n', 'lwc/x/x.ts'),
      /lwc\/x\/x\.ts:2: .*enum Color/,
    );
  });

  it('names the file that the compiler refuses', () => {
    const files = new Map([['lwc/bad/bad.html', Buffer.from('<template><p>{a b}</p></template>')]]);
    const problems = compilerProblems(files);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^lwc\/bad\/bad\.html: /);
  });

  it('writes a project that can be deployed, and clears what an earlier build left', async () => {
    const out = path.join(scratch, 'out');
    const count = await buildLwc(PROJECT, out);
    writeFileSync(path.join(out, 'force-app', 'left-over.js'), '');
    assert.equal(await buildLwc(PROJECT, out), count);
    const written = readdirSync(path.join(out, 'force-app'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    assert.equal(written.length, count);
    assert.match(
      readFileSync(path.join(out, 'force-app/main/default/labels/CustomLabels.labels-meta.xml'), 'utf8'),
      /Stage_Tracker_Title/,
    );
  });

  it('refuses two modules of one name', async () => {
    const folder = project('twice', {
      'force-app/main/default/lwc/a/a.ts': 'export {};',
      'force-app/other/default/lwc/a/a.ts': 'export {};',
    });
    await assert.rejects(lwcModules(folder), /main\/default\/lwc\/a and force-app\/other\/default\/lwc\/a/);
  });

  it('has every module in tsconfig.paths.json', async () => {
    const written = readFileSync(path.join(PROJECT, 'tsconfig.paths.json'), 'utf8');
    assert.equal(written, await pathsConfig(PROJECT), 'run: node scripts/lwc/generate-paths.ts');
  });
});
