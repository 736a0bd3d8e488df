import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLocalOrg } from '../../../local-org/start-local-org.ts';

const LIST = (token: string): string => `<?xml version="1.0"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
  <soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${token}</sessionId></SessionHeader></soapenv:Header>
  <soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata"><listMetadata><queries><type>Flow</type></queries><asOfVersion>66.0</asOfVersion></listMetadata></soapenv:Body>
</soapenv:Envelope>`;

test('the Metadata API is for users who may modify metadata', async (t) => {
  const running = await startLocalOrg();
  t.after(() => running.close());
  const { http, context } = running.server;
  const [created] = running.org.transact(running.org.user('admin@waterfall.local'), (tx) => {
    const [standard] = tx.select({
      object: 'Profile',
      filter: { field: 'Name', operator: '=', value: 'Standard User' },
    });
    const who = { LastName: 'Plain', Username: 'plain@waterfall.local', Email: 'plain@example.com', Alias: 'plain' };
    const locale = {
      TimeZoneSidKey: 'Europe/Paris',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    };
    return tx.save({
      operation: 'insert',
      object: 'User',
      records: [{ ...who, ...locale, ProfileId: standard?.Id ?? null }],
      allOrNone: true,
    });
  });
  assert.deepEqual(created?.errors, []);
  const list = (token: string) =>
    http.inject({
      method: 'POST',
      url: '/services/Soap/m/66.0',
      headers: { 'content-type': 'text/xml' },
      payload: LIST(token),
    });

  const refused = await list(context.sessions.open('plain@waterfall.local'));
  assert.equal(refused.statusCode, 500);
  assert.match(
    refused.body,
    /sf:INSUFFICIENT_ACCESS<.*INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions/s,
  );
  assert.equal((await list(running.token)).statusCode, 200);

  const rest = await http.inject({
    method: 'POST',
    url: '/services/data/v66.0/metadata/deployRequest',
    headers: {
      authorization: `Bearer ${context.sessions.open('plain@waterfall.local')}`,
      'content-type': 'application/json',
    },
    payload: { validatedDeployRequestId: '0Af000000000001AAA' },
  });
  assert.deepEqual([rest.statusCode, rest.json<[{ errorCode: string }]>()[0].errorCode], [403, 'INSUFFICIENT_ACCESS']);
  // Nor may such a user look at somebody's deploy, or stop it.
  for (const method of ['GET', 'PATCH'] as const) {
    const other = await http.inject({
      method,
      url: '/services/data/v66.0/metadata/deployRequest/0Af000000000001AAA',
      headers: {
        authorization: `Bearer ${context.sessions.open('plain@waterfall.local')}`,
        'content-type': 'application/json',
      },
      ...(method === 'PATCH' ? { payload: { deployResult: { status: 'Canceling' } } } : {}),
    });
    assert.equal(other.statusCode, 403, method);
  }
});
