import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOutbox, type SentMessage } from '../../../local-org/outbox/outbox.ts';
import { startLocalOrg } from '../../../local-org/start-local-org.ts';

test('everything below /local/ is for an administrator with a session', async (t) => {
  const running = await startLocalOrg();
  t.after(() => running.close());
  const { http, context } = running.server;
  const [created] = running.org.transact(running.org.user('admin@waterfall.local'), (tx) => {
    const filter = { field: 'Name', operator: '=', value: 'Standard User' } as const;
    const [standard] = tx.select({ object: 'Profile', filter });
    const values = { LastName: 'Plain', Username: 'plain@waterfall.local', Email: 'plain@example.com', Alias: 'plain' };
    const locale = { TimeZoneSidKey: 'Europe/Paris', LocaleSidKey: 'en_US', LanguageLocaleKey: 'en_US' };
    const record = { ...values, ...locale, EmailEncodingKey: 'UTF-8', ProfileId: standard?.Id ?? null };
    return tx.save({ operation: 'insert', object: 'User', records: [record], allOrNone: true });
  });
  assert.deepEqual(created?.errors, []);
  const plain = context.sessions.open('plain@waterfall.local');
  const paths = [
    ['GET', '/local/log'],
    ['GET', '/local/outbox'],
    ['GET', '/local/clock'],
    ['POST', '/local/clock'],
    ['POST', '/local/login'],
  ] as const;
  for (const [method, url] of paths) {
    const as = async (token: string | null): Promise<readonly [number, string]> => {
      const headers = token === null ? {} : { authorization: `Bearer ${token}` };
      const answer = await http.inject({ method, url, headers });
      return [answer.statusCode, answer.json<[{ errorCode: string }]>()[0].errorCode];
    };
    assert.deepEqual(await as(null), [401, 'INVALID_SESSION_ID'], url);
    assert.deepEqual(await as(plain), [403, 'INSUFFICIENT_ACCESS'], url);
  }
});

test('what is asked for wrongly is refused with a reason', async (t) => {
  const running = await startLocalOrg();
  t.after(() => running.close());
  const ask = async (method: 'GET' | 'POST', url: string, body?: unknown): Promise<readonly [number, string]> => {
    const answer = await running.server.http.inject({
      method,
      url,
      headers: { authorization: `Bearer ${running.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return [answer.statusCode, answer.json<[{ errorCode: string }]>()[0].errorCode];
  };
  assert.deepEqual(await ask('GET', '/local/log?last=none'), [400, 'INVALID_INPUT']);
  assert.deepEqual(await ask('GET', '/local/log?transaction=999999'), [404, 'NOT_FOUND']);
  assert.deepEqual(await ask('GET', '/local/outbox?last=0'), [400, 'INVALID_INPUT']);
  assert.deepEqual(await ask('GET', '/local/outbox?kind=letter'), [400, 'INVALID_INPUT']);
  assert.deepEqual(await ask('POST', '/local/clock', { to: 'soon' }), [400, 'INVALID_INPUT']);
  assert.deepEqual(await ask('POST', '/local/clock', {}), [400, 'INVALID_INPUT']);
  assert.deepEqual(await ask('POST', '/local/login', {}), [400, 'INVALID_INPUT']);
  assert.deepEqual(await ask('POST', '/local/login', { username: 'nobody' }), [404, 'NOT_FOUND']);
});

test('what flows sent is read newest first, by kind and by what it says', async (t) => {
  const running = await startLocalOrg();
  t.after(() => running.close());
  const { org } = running;
  const mail = { cc: [], bcc: [], html: false, from: 'CurrentUser', relatedRecordId: null };
  const emails = ['Won: "Acme"', 'Lost'].map(
    (subject) => ({ ...mail, kind: 'email', to: ['ann@example.com'], subject, body: 'Text' }) as const,
  );
  const target = { targetId: '006000000000001AAA', targetPageRef: null, typeId: '0ML000000000001AAA' };
  const notification = { ...target, kind: 'notification', recipientIds: [], title: 'Look', body: 'There' } as const;
  const user = org.user('admin@waterfall.local');
  org.transact(user, (tx) => openOutbox(org.database).send(tx, 'Tell_Them', [...emails, notification]));
  const read = async (query: string): Promise<readonly SentMessage[]> => {
    const headers = { authorization: `Bearer ${running.token}` };
    const answer = await running.server.http.inject({ method: 'GET', url: `/local/outbox${query}`, headers });
    assert.equal(answer.statusCode, 200);
    return answer.json<{ messages: SentMessage[] }>().messages;
  };
  const all = await read('');
  assert.deepEqual(
    all.map(({ message }) => message),
    [notification, emails[1], emails[0]],
  );
  assert.deepEqual([all[0]?.by, all[0]?.userId], ['Tell_Them', user.id]);
  assert.deepEqual(await read('?kind=email&last=1'), [all[1]]);
  assert.deepEqual(await read(`?contains=${encodeURIComponent('won: "acme"')}`), [all[2]]);
  assert.deepEqual(await read('?contains=nothing'), []);
});
