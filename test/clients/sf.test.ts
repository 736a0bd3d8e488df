import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fieldPath, PROXIES, QUIET, servedOrg, temporaryFolder, textField, writeProject } from './client-org.ts';

const SF = join(import.meta.dirname, '../../node_modules/.bin/sf');

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The unmodified `sf` with a home of its own, logged in to an org of its own as `local`, in a project with the given
 * files.
 */
async function sfProject(t: TestContext, files: Record<string, string> = {}) {
  const { url, token } = await servedOrg(t);
  const folder = temporaryFolder(t, 'sf');
  const home = join(folder, 'home');
  const project = join(folder, 'project');
  mkdirSync(home);
  mkdirSync(project);
  writeProject(project, { 'README.md': '', ...files });
  const env = { ...process.env, ...QUIET, HOME: home, SF_ACCESS_TOKEN: token };
  for (const name of PROXIES) Reflect.deleteProperty(env, name);
  const sf = (...args: string[]): Promise<Run> =>
    new Promise((resolve) => {
      execFile(SF, args, { cwd: project, env, maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows the command's result
  const json = async <Result>(...args: string[]): Promise<{ status: number; result: Result }> => {
    const { stdout } = await sf(...args, '--json');
    return JSON.parse(stdout) as { status: number; result: Result };
  };
  const login = await sf('org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--alias', 'local');
  assert.equal(login.code, 0, login.stderr);
  return { sf, json, project };
}

test('sf: display, create, query, get, update and delete', async (t) => {
  const { sf, json } = await sfProject(t);
  const display = await json<{ connectedStatus: string; apiVersion: string }>('org', 'display', '-o', 'local');
  assert.deepEqual([display.result.connectedStatus, display.result.apiVersion], ['Connected', '67.0']);
  const {
    result: { id },
  } = await json<{ id: string }>('data', 'create', 'record', '-o', 'local', '-s', 'Account', '-v', "Name='Acme Co'");
  const table = await sf('data', 'query', '-o', 'local', '-q', 'select id, name, owner.name from account');
  assert.match(table.stdout, new RegExp(`${id}.*Acme Co.*Local Admin`));
  const rows = await json<{ records: { Name: string }[] }>(
    'data',
    'query',
    '-o',
    'local',
    '-q',
    'SELECT Name FROM Account',
  );
  assert.equal(rows.result.records[0]?.Name, 'Acme Co');
  assert.equal(
    (await sf('data', 'update', 'record', '-o', 'local', '-s', 'Account', '-i', id, '-v', 'Industry=Energy')).code,
    0,
  );
  const read = await json<{ Industry: string }>('data', 'get', 'record', '-o', 'local', '-s', 'Account', '-i', id);
  assert.equal(read.result.Industry, 'Energy');
  assert.equal((await sf('data', 'delete', 'record', '-o', 'local', '-s', 'Account', '-i', id)).code, 0);
  const wrong = await sf('data', 'query', '-o', 'local', '-q', 'SELECT Nope FROM Account');
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /No such column 'Nope'/);
});

test('sf: deploy, validate, list and retrieve metadata', async (t) => {
  const good = textField('Good__c', '    <length>20</length>\n');
  const { sf, json, project } = await sfProject(t, { [fieldPath('Good__c')]: good });
  const dry = await sf('project', 'deploy', 'start', '-o', 'local', '-d', 'force-app', '--dry-run');
  assert.equal(dry.code, 0, dry.stdout);
  const none = await json<unknown[]>('org', 'list', 'metadata', '-o', 'local', '-m', 'CustomField');
  assert.deepEqual(none.result, []);
  const deployed = await sf('project', 'deploy', 'start', '-o', 'local', '-d', 'force-app');
  assert.equal(deployed.code, 0, deployed.stdout);
  assert.match(deployed.stdout, /Created\s*│\s*Opportunity\.Good__c/);
  const listed = await json<{ fullName: string }[]>('org', 'list', 'metadata', '-o', 'local', '-m', 'CustomField');
  assert.deepEqual(
    listed.result.map(({ fullName }) => fullName),
    ['Opportunity.Good__c'],
  );
  const described = await json<{ fields: { name: string }[] }>(
    'sobject',
    'describe',
    '-o',
    'local',
    '-s',
    'Opportunity',
  );
  // Nobody has been granted the new field yet, not even the administrator.
  assert.ok(described.result.fields.some(({ name }) => name === 'Amount'));
  assert.ok(!described.result.fields.some(({ name }) => name === 'Good__c'));
  const file = join(project, 'force-app/main/default', fieldPath('Good__c'));
  writeFileSync(file, textField('Good__c', '    <length>30</length>\n'));
  const retrieved = await sf('project', 'retrieve', 'start', '-o', 'local', '-m', 'CustomField:Opportunity.Good__c');
  assert.equal(retrieved.code, 0, retrieved.stdout);
  assert.equal(readFileSync(file, 'utf8'), good);
});

test('sf: a deploy that fails says so in the platform’s words', async (t) => {
  const { sf } = await sfProject(t, { [fieldPath('Bad__c')]: textField('Bad__c', '') });
  const { code, stdout, stderr } = await sf('project', 'deploy', 'start', '-o', 'local', '-d', 'force-app');
  assert.equal(code, 1);
  assert.match(stdout + stderr, /CustomField\s*│\s*Opportunity\.Bad__c\s*│.*length/);
});

test('sf: bulk import and export, REST request', async (t) => {
  const { sf, project } = await sfProject(t);
  writeFileSync(join(project, 'accounts.csv'), 'Name,Industry\nOne,Energy\n"Two, too",\n');
  const imported = await sf('data', 'import', 'bulk', '-o', 'local', '-s', 'Account', '-f', 'accounts.csv', '-w', '2');
  assert.equal(imported.code, 0, imported.stdout + imported.stderr);
  const soql = 'SELECT Name,Industry FROM Account ORDER BY Name';
  const exported = await sf('data', 'export', 'bulk', '-o', 'local', '-q', soql, '--output-file', 'out.csv', '-w', '2');
  assert.equal(exported.code, 0, exported.stdout + exported.stderr);
  assert.ok(existsSync(join(project, 'out.csv')));
  assert.equal(readFileSync(join(project, 'out.csv'), 'utf8'), '"Name","Industry"\n"One","Energy"\n"Two, too",""\n');
  const { stdout } = await sf('api', 'request', 'rest', '/services/data/v67.0/limits', '-o', 'local');
  assert.equal((JSON.parse(stdout) as Record<string, { Max: number }>).DailyApiRequests?.Max, 101_000);
});
