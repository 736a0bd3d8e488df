import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { sfCli } from './sf-cli.ts';

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const sf = await sfCli({}, { jwtPublicKey: keys.publicKey });

test('sf org: display, list of limits, a REST request, a link that logs a browser in', async () => {
  const [display, limits, request, open] = await Promise.all([
    sf.json<{ connectedStatus: string; apiVersion: string; username: string }>('org', 'display'),
    sf.json<{ name: string; max: number }[]>('org', 'list', 'limits'),
    sf.ok('api', 'request', 'rest', '/services/data/v67.0/limits'),
    sf.json<{ url: string }>('org', 'open', '--url-only', '--path', '/lightning/o/Opportunity/list'),
  ]);
  assert.deepEqual([display.connectedStatus, display.apiVersion], ['Connected', '67.0']);
  assert.equal(limits.find(({ name }) => name === 'DailyApiRequests')?.max, 101_000);
  assert.equal((JSON.parse(request) as Record<string, { Max: number }>).DailyApiRequests?.Max, 101_000);
  const answer = await fetch(open.url, { redirect: 'manual' });
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.get('location'), '/lightning/o/Opportunity/list');
  assert.match(answer.headers.get('set-cookie') ?? '', /^sid=/);
});

test('sf org login jwt', async () => {
  const file = join(sf.project, 'server.key');
  writeFileSync(file, keys.privateKey);
  const login = ['org', 'login', 'jwt', '--username', 'admin@waterfall.local', '--client-id', 'any', '--alias', 'jwt'];
  const { code, stdout, stderr } = await sf.run(...login, '--jwt-key-file', file, '--instance-url', sf.running.url);
  assert.equal(code, 0, stdout + stderr);
  const query = await sf.run('data', 'query', '--target-org', 'jwt', '--query', 'SELECT Name FROM Organization');
  assert.match(query.stdout, /Revenue Waterfall Local Org/);
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(file, other.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const refused = await sf.run(...login, '--jwt-key-file', file, '--instance-url', sf.running.url);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /signature does not match/);
});
