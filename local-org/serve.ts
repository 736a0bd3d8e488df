import { parseArgs } from 'node:util';
import { describeStartFailure, StartRefused } from './serve/start-failure.ts';
import { readServeOptions, USAGE } from './serve/serve-options.ts';
import { ensureSampleOrg } from './serve/sample-file.ts';
import { startLocalOrg, type RunningOrg } from './start-local-org.ts';

/**
 * `node local-org/serve.ts --file .local-org/org.sqlite --port 4646 [--sample] [--jwt-public-key key.pem]`
 *
 * Serves one org until SIGINT or SIGTERM. When it is ready it prints one line of JSON on standard output, for the
 * process that started it: `{url, token, orgId, username, pid}`. Everything for people goes to standard error. What
 * keeps it from starting is one message there, and exit code 1.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      port: { type: 'string' },
      sample: { type: 'boolean', default: false },
      'jwt-public-key': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const { file, port, jwtPublicKey } = readServeOptions(values);
  if (values.sample) await ensureSampleOrg(file, say);
  const running = await startLocalOrg({
    file,
    port,
    jwtPublicKey,
    onUnknownPath: (request) => say(`Not in the local org: ${request}`),
  }).catch((error: unknown) => {
    throw new StartRefused(describeStartFailure(error, file, port), { cause: error });
  });
  stopOnSignals(running);
  const user = running.server.context.sessions.userOf(running.token);
  const ready = {
    url: running.url,
    token: running.token,
    orgId: running.org.orgId,
    username: user?.username,
    pid: process.pid,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

function stopOnSignals(running: RunningOrg): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        say(`The local org did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // A reader of standard output that went away is no reason to stop serving.
  process.stdout.on('error', () => undefined);
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
