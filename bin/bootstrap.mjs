// What `npm start` and `npm test` run first, on a machine that has Node 20 or newer and npm and nothing else: installs what the
// lockfile says, once, and goes on with Node 24, which comes as an npm package. Plain JavaScript without a dependency, because
// nothing is installed yet when it starts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const TARGETS = { start: 'bin/start.ts', test: 'test/run-all.ts', bench: 'bench/run-all.ts', reset: 'bin/reset.ts' };
/** First version that runs TypeScript as it stands and has node:sqlite without a flag. */
const WANTED_MAJOR = 24;

const [name, ...args] = process.argv.slice(2);
const target = TARGETS[name];
if (target === undefined) fail(`"${name ?? ''}" is not one of ${Object.keys(TARGETS).join(', ')}.`);
if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node ${process.versions.node} is too old. Install Node 20 or newer.`);
install();
run(node(), target, args);

/** Installs when there is nothing, or when the lockfile is not the one that was installed from. */
function install() {
  const stamp = path.join(root, 'node_modules', '.installed-from');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages. This happens once and takes a minute or two.');
  const npm = process.env.npm_execpath;
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...flags], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', flags, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error || status !== 0)
    fail(
      `The packages could not be installed${error ? ` (${error.message})` : ''}. Look at npm's message above, then run this again.`,
    );
  writeFileSync(stamp, wanted);
}

function node() {
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath;
  const own = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(own))
    fail(
      `Node ${WANTED_MAJOR} is missing from node_modules. Delete node_modules and run this again, or install Node ${WANTED_MAJOR} yourself.`,
    );
  return own;
}

function run(executable, script, rest) {
  const bin = path.join(root, 'node_modules', '.bin');
  const child = spawn(executable, ['--disable-warning=ExperimentalWarning', script, ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: [path.dirname(executable), bin, process.env.PATH].join(path.delimiter) },
  });
  // Ctrl-C reaches the child by itself; this process only waits for it to end well.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

function fail(message) {
  console.error(`Error: ${message}`);
  process.exit(1);
}
