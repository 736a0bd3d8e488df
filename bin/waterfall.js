#!/usr/bin/env node
// Runs on any Node from 20 on: the sources are TypeScript, so an older Node hands over to the Node 24 of the npm package `node`.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

// Not awaited at the top: where a reader goes away (`| head`), oclif waits for a flush that never comes, and Node would warn of it.
// The command itself goes on to its end all the same: a deploy is not cut off because nobody reads about it.
if (root.split(path.sep).includes('node_modules')) refuse();
else if (process.features.typescript) void run();
else handOver();

/** Node strips no types below node_modules; and a model or the journal of a run kept there would go with the next install. */
function refuse() {
  console.error(
    'Error: waterfall runs in a checkout of its repository, where your model and the journals of its runs stay, not from node_modules. Clone the repository and run npm start there.',
  );
  process.exitCode = 1;
}

async function run() {
  module.enableCompileCache?.();
  // Telemetry and the log file belong to sf; alone, this command keeps to itself and to the org.
  process.env.SF_DISABLE_TELEMETRY ??= 'true';
  process.env.SF_DISABLE_LOG_FILE ??= 'true';
  const { execute } = await import('@oclif/core');
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  // The commands are `waterfall plan` and so on, as under sf; alone they are called as `npx waterfall plan`.
  const pjson = { ...manifest, oclif: { ...manifest.oclif, bin: 'npx' } };
  await execute({ args: ['waterfall', ...process.argv.slice(2)], loadOptions: { root, pjson } });
}

function handOver() {
  const windows = process.platform === 'win32';
  const node = path.join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    console.error(
      'Error: this Node cannot run TypeScript, and the Node that comes with the project is missing. Run npm install first.',
    );
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}
