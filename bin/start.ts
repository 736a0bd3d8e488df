/**
 * `npm start`: serves the local org with its sample company and brings the waterfall into it with the very commands that serve a
 * real org. Keeps serving until Ctrl-C.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fail } from './fail.ts';
import { startLocalOrgProcess } from './local-org-process.ts';
import { logIn } from './log-in.ts';
import { chosenPort, isAnOrg, isTaken } from './port.ts';
import { recordPageLink, warmUpPages } from './record-page-link.ts';
import { LOCAL_ORG_ALIAS, LOCAL_ORG_FILE, LOCAL_ORG_FOLDER } from './state.ts';

// The clients would send loopback requests to a proxy: jsforce does not look at NO_PROXY.
for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'])
  Reflect.deleteProperty(process.env, name);
process.env.SF_DISABLE_TELEMETRY ??= 'true';
process.env.SF_DISABLE_LOG_FILE ??= 'true';

const STEPS = [
  // No mapping file is drafted: the sample org keeps all its own, and this checkout stays as it was cloned.
  { command: 'audit', args: ['--no-draft'], title: 'Audit: what the org has, and what stands in the way' },
  { command: 'plan', args: [], title: 'Plan: what would change' },
  { command: 'deploy', args: [], title: 'Deploy' },
  // In a real org its admin decides who holds what.
  {
    command: 'org users',
    args: ['--assign'],
    title: "Permission sets: each of the sample company's people gets his department's",
  },
  { command: 'verify', args: [], title: 'Verify: opportunities of every type walk their path' },
] as const;

const waterfall = (command: string, args: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['bin/waterfall.js', ...command.split(' '), '--target-org', LOCAL_ORG_ALIAS, ...args],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', () => resolve(1));
  });

const freePort = async (): Promise<number> => {
  let port: number;
  try {
    port = chosenPort();
  } catch (error) {
    return fail((error as Error).message);
  }
  if (!(await isTaken(port))) return port;
  const other = `WATERFALL_PORT=${String(port + 1)} npm start`;
  return fail(
    (await isAnOrg(port))
      ? `A local org is serving at port ${String(port)} already: use it from this terminal (npx waterfall plan -o ${LOCAL_ORG_ALIAS}), stop it with Ctrl-C in its own, or, if it is another checkout's, choose another port: ${other}.`
      : `Port ${String(port)} is in use by another program. Choose another: ${other}.`,
  );
};

const started = performance.now();
const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
const port = await freePort();
try {
  mkdirSync(LOCAL_ORG_FOLDER, { recursive: true });
} catch (error) {
  fail(`The folder ${LOCAL_ORG_FOLDER} cannot be made: ${(error as Error).message}`);
}
const local = await startLocalOrgProcess({ file: LOCAL_ORG_FILE, port });
if (!local) process.exit(1);
process.on('SIGTERM', () => local.child.kill('SIGTERM'));
// Ctrl-C reaches the local org by itself, since it runs in the same terminal; this process waits for it to end.
process.on('SIGINT', () => undefined);
console.log(`The local org listens at ${local.org.url} (${seconds()}).`);
await logIn(local.org, LOCAL_ORG_ALIAS);

let failed: string | null = null;
for (const { command, args, title } of STEPS) {
  console.log(`\n== ${title}\n`);
  const code = await Promise.race([waterfall(command, args), local.ended.then(() => -1)]);
  if (code === -1) process.exit(await local.ended);
  if (code !== 0) {
    failed = command;
    break;
  }
}

const say =
  failed === null
    ? `\nThe waterfall is in the local org (${seconds()}).`
    : `\nStopped at ${failed}: its message is above. The local org keeps serving, so that you can look.`;
console.log(`${say}

  A record page      ${await recordPageLink(local.org)}
  As a seller        npx waterfall org login --as sales, or --as marketing, customer-success …
  What ran           npx waterfall org log -o ${LOCAL_ORG_ALIAS}, and org outbox for what flows sent
  What would change  npx waterfall plan -o ${LOCAL_ORG_ALIAS}
  Prove it again     npx waterfall verify -o ${LOCAL_ORG_ALIAS}
  Take it back       npx waterfall runs, then npx waterfall rollback <run> -o ${LOCAL_ORG_ALIAS}
  With plain sf      npx sf data query -o ${LOCAL_ORG_ALIAS} -q "SELECT Name, StageName, Stage_Entered_At__c FROM Opportunity LIMIT 5"
                     npx sf org list metadata -o ${LOCAL_ORG_ALIAS} -m Flow

Use them in a second terminal. Ctrl-C stops the org and keeps its data; npm run reset starts over.`);
void warmUpPages(local.org);
const code = await local.ended;
console.log('\nThe local org has stopped. Its data is kept in .local-org.');
process.exitCode = code || (failed === null ? 0 : 1);
