import { spawn } from 'node:child_process';
import path from 'node:path';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `waterfall …` as a process of its own, with a home directory of its own. */
export function runWaterfall(
  args: readonly string[],
  home: string,
  more: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(PROJECT_FOLDER, 'bin', 'waterfall.js'), ...args], {
      cwd: more.cwd ?? home,
      env: { ...process.env, HOME: home, SF_DISABLE_TELEMETRY: 'true', NO_COLOR: '1', FORCE_COLOR: '0', ...more.env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Makes `alias` known in that home directory, as `sf org login access-token` would. */
export async function logIn(home: string, alias: string, url: string, token: string): Promise<void> {
  const script = `
    const { AuthInfo } = await import('@salesforce/core');
    const info = await (await fetch(${JSON.stringify(url)} + '/services/oauth2/userinfo', { headers: { authorization: 'Bearer ' + ${JSON.stringify(token)} } })).json();
    const username = info.preferred_username;
    const accessTokenOptions = { accessToken: ${JSON.stringify(token)}, instanceUrl: ${JSON.stringify(url)}, loginUrl: ${JSON.stringify(url)}, username, orgId: info.organization_id, userId: info.user_id, isDevHub: false, namespacePrefix: null };
    const auth = await AuthInfo.create({ username, accessTokenOptions });
    await auth.save();
    await auth.handleAliasAndDefaultSettings({ alias: ${JSON.stringify(alias)}, setDefault: false, setDefaultDevHub: false });
  `;
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: PROJECT_FOLDER,
      env: { ...process.env, HOME: home, SF_DISABLE_LOG_FILE: 'true', SF_USE_GENERIC_UNIX_KEYCHAIN: 'true' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`login failed: ${said}`))));
  });
}
