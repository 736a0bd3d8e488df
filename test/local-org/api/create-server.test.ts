import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { createServer } from '../../../local-org/api/create-server.ts';
import { ADMIN, orgDouble } from './org-double.ts';

const EXPIRED = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];

test('the session id has the form that @salesforce/core accepts', () => {
  const { token } = createServer(orgDouble());
  assert.match(token, /^00D\w{12}![.\w]{30,}$/);
});

test('userinfo answers by Bearer and by cookie, and 401 INVALID_SESSION_ID otherwise', async () => {
  const { http, token } = createServer(orgDouble());
  const ask = (headers: Record<string, string>) => http.inject({ url: '/services/oauth2/userinfo', headers });
  const valid: Record<string, string>[] = [
    { authorization: `Bearer ${token}` },
    { cookie: `a=b; sid=${encodeURIComponent(token)}` },
  ];
  for (const headers of valid) {
    const answer = await ask(headers);
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.json<Record<string, string>>().preferred_username, ADMIN.username);
  }
  for (const headers of [{}, { authorization: 'Bearer 00D000000000001!wrong' }] as Record<string, string>[]) {
    const answer = await ask(headers);
    assert.equal(answer.statusCode, 401);
    assert.deepEqual(answer.json(), EXPIRED);
  }
});

test('doubled slashes are one, and the version list needs no session', async () => {
  const { http } = createServer(orgDouble());
  const answer = await http.inject('//services//data/');
  assert.equal(answer.statusCode, 200);
  const versions = answer.json<{ version: string; label: string }[]>();
  assert.deepEqual(versions.at(-1), { label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
  assert.equal(versions.find(({ version }) => version === '65.0')?.label, "Winter '26");
});

test('an address above 16,384 bytes is 414, with its headers 431; a query goes through a composite body instead', async (t) => {
  const server = createServer(orgDouble());
  t.after(() => server.close());
  const base = await server.listen(0);
  const ask = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(base + url, { headers });
    const [error] = (await answer.json()) as { message: string }[];
    return [answer.status, error?.message];
  };
  const long = '/services/data/v67.0/nothing?q=';
  assert.deepEqual(await ask(long + 'x'.repeat(16_384)), [414, 'URI Too Long']);
  assert.deepEqual(await ask(long + 'x'.repeat(16_000), { 'x-more': 'y'.repeat(400) }), [
    431,
    'Request Header Fields Too Large',
  ]);
  assert.equal((await ask(long + 'x'.repeat(15_000)))[0], 404);
});

test('an unknown path is 404 NOT_FOUND and kept by name', async () => {
  const seen: string[] = [];
  const { http, context } = createServer(orgDouble(), { onUnknownPath: (request) => seen.push(request) });
  for (let time = 0; time < 2; time++) {
    const answer = await http.inject({ method: 'POST', url: '/services/data/v67.0/nothing?x=1' });
    assert.equal(answer.statusCode, 404);
    assert.deepEqual(answer.json(), [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]);
  }
  assert.deepEqual(context.unknownPaths.list(), [{ request: 'POST /services/data/v67.0/nothing', count: 2 }]);
  assert.deepEqual(seen, ['POST /services/data/v67.0/nothing']);
});

test('a method that a path does not have is 405, with those that it has', async () => {
  const { http } = createServer(orgDouble());
  const allowed = async (method: 'PUT' | 'POST', path: string): Promise<unknown[]> => {
    const answer = await http.inject({ method, url: `/services/data/v67.0${path}` });
    return [answer.statusCode, answer.json<{ errorCode: string; message: string }[]>()[0]];
  };
  const refusal = (method: string, methods: string) => ({
    message: `HTTP Method '${method}' not allowed. Allowed are ${methods}`,
    errorCode: 'METHOD_NOT_ALLOWED',
  });
  assert.deepEqual(await allowed('PUT', '/sobjects/Account'), [405, refusal('PUT', 'HEAD,GET,POST')]);
  assert.deepEqual(await allowed('POST', '/query?q=x'), [405, refusal('POST', 'HEAD,GET')]);
  const record = '/sobjects/Account/001000000000001AAA';
  assert.deepEqual(await allowed('POST', record), [405, refusal('POST', 'HEAD,GET,PATCH,DELETE')]);
});

test('a defect reaches the log with its stack and the client as an id; a GET is not 5xx', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'org-log-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const logFile = join(folder, 'org.log');
  const { http } = createServer(orgDouble(), { logFile });
  const broken = (): never => {
    throw new TypeError('secret detail');
  };
  http.get('/broken', broken);
  http.post('/broken', broken);
  const post = await http.inject({ method: 'POST', url: '/broken' });
  const get = await http.inject('/broken');
  assert.equal(post.statusCode, 500);
  assert.equal(get.statusCode, 400);
  const [error] = post.json<{ errorCode: string; message: string }[]>();
  assert.equal(error?.errorCode, 'UNKNOWN_EXCEPTION');
  assert.doesNotMatch(post.body, /secret detail/);
  const log = readFileSync(logFile, 'utf8');
  const id = /: ([0-9a-f]{8})$/.exec(error.message)?.[1] ?? 'no id';
  assert.ok(log.includes(id));
  assert.match(log, /TypeError: secret detail\n\s+at .*broken/);
});

test('frontdoor sets the cookie and stays on this org', async () => {
  const { http, token } = createServer(orgDouble());
  const open = (retURL: string) => http.inject({ url: '/secur/frontdoor.jsp', query: { sid: token, retURL } });
  const inside = await open('/lightning/r/Opportunity/006/view');
  assert.equal(inside.statusCode, 302);
  assert.equal(inside.headers.location, '/lightning/r/Opportunity/006/view');
  assert.match(String(inside.headers['set-cookie']), /^sid=.*HttpOnly; SameSite=Strict$/);
  for (const outside of ['https://example.com/', '//example.com/', '/\\example.com']) {
    assert.equal((await open(outside)).headers.location, '/lightning/page/home');
  }
});

test('a request under another host name is refused', async () => {
  const { http, token } = createServer(orgDouble());
  const headers = { host: 'example.com:4646', authorization: `Bearer ${token}` };
  assert.equal((await http.inject({ url: '/services/oauth2/userinfo', headers })).statusCode, 403);
});

test('a JWT opens a session only when it was signed with the key the org was started with', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwtPublicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const { http } = createServer(orgDouble(), { jwtPublicKey });
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const login = async (key: typeof pair.privateKey, seconds: number) => {
    const claims = { iss: 'any', sub: ADMIN.username, exp: Math.floor(Date.now() / 1000) + seconds };
    const signed = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
    const assertion = `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
    const payload = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return http.inject({ method: 'POST', url: '/services/oauth2/token', payload: payload.toString(), headers });
  };
  const granted = await login(pair.privateKey, 60);
  assert.equal(granted.statusCode, 200);
  const authorization = `Bearer ${granted.json<{ access_token: string }>().access_token}`;
  assert.equal((await http.inject({ url: '/services/oauth2/userinfo', headers: { authorization } })).statusCode, 200);
  assert.equal((await login(stranger.privateKey, 60)).json<{ error: string }>().error, 'invalid_grant');
  assert.equal((await login(pair.privateKey, -60)).json<{ error: string }>().error, 'invalid_grant');
});
