import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fieldPath, grantToAdministrators, textField } from './client-org.ts';
import { sfCli } from './sf-cli.ts';

const good = textField('Good__c', '    <length>20</length>\n');
const sf = await sfCli({ [fieldPath('Good__c')]: good });
const file = join(sf.project, 'force-app/main/default', fieldPath('Good__c'));
const source = ['--source-dir', 'force-app'];
const listed = async (): Promise<readonly string[]> =>
  (await sf.json<{ fullName: string }[]>('org', 'list', 'metadata', '--metadata-type', 'CustomField')).map(
    ({ fullName }) => fullName,
  );

test('sf project: validate, quick deploy, report, list, describe, retrieve and delete', async () => {
  const validated = await sf.json<{ id: string }>('project', 'deploy', 'validate', ...source);
  assert.deepEqual(await listed(), []);
  await sf.ok('project', 'deploy', 'quick', '--job-id', validated.id);
  grantToAdministrators(sf.running, 'Opportunity.Good__c');
  const [reported, list, described, objects, types] = await Promise.all([
    sf.json<{ status: string; checkOnly: boolean }>('project', 'deploy', 'report', '--job-id', validated.id),
    listed(),
    sf.json<{ fields: { name: string }[] }>('sobject', 'describe', '--sobject', 'Opportunity'),
    sf.json<string[]>('sobject', 'list', '--sobject', 'all'),
    sf.json<{ metadataObjects: { xmlName: string }[] }>('org', 'list', 'metadata-types'),
  ]);
  assert.deepEqual([reported.status, reported.checkOnly], ['Succeeded', true]);
  assert.deepEqual(list, ['Opportunity.Good__c']);
  assert.ok(described.fields.some(({ name }) => name === 'Good__c'));
  assert.ok(objects.includes('Opportunity'));
  assert.ok(types.metadataObjects.some(({ xmlName }) => xmlName === 'Flow'));
  writeFileSync(file, textField('Good__c', '    <length>30</length>\n'));
  await sf.ok('project', 'retrieve', 'start', '--metadata', 'CustomField:Opportunity.Good__c');
  assert.equal(readFileSync(file, 'utf8'), good);
  const deployed = await sf.ok('project', 'deploy', 'start', ...source);
  assert.match(deployed, /Unchanged|Changed|Succeeded/);
  await sf.ok('project', 'delete', 'source', '--metadata', 'CustomField:Opportunity.Good__c', '--no-prompt');
  assert.deepEqual(await listed(), []);
  assert.equal(existsSync(file), false);
});

test('sf project: a deploy that fails says so in the platform’s words; a dry run changes nothing', async () => {
  writeFileSync(file, textField('Good__c', '    <length>20</length>\n'));
  await sf.ok('project', 'deploy', 'start', '--dry-run', ...source);
  const bad = join(sf.project, 'force-app/main/default', fieldPath('Bad__c'));
  writeFileSync(bad, textField('Bad__c', ''));
  const { code, stdout, stderr } = await sf.run('project', 'deploy', 'start', '--target-org', 'local', ...source);
  assert.equal(code, 1);
  assert.match(stdout + stderr, /CustomField[\s│]*Opportunity\.Bad__c[\s│].*length/);
  assert.deepEqual(await listed(), []);
});
