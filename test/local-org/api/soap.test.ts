import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import {
  child,
  childrenNamed,
  childText,
  parseXml,
  type XmlElement,
} from '../../../local-org/api/soap/parse-envelope.ts';
import { startLocalOrg } from '../../../local-org/start-local-org.ts';

async function soap(t: TestContext) {
  const running = await startLocalOrg();
  t.after(() => running.close());
  const post = async (
    path: string,
    body: string,
    header = `<SessionHeader><sessionId>${running.token}</sessionId></SessionHeader>`,
  ) => {
    const answer = await running.server.http.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      payload:
        '<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" ' +
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="urn:sobject.partner.soap.sforce.com">' +
        `<e:Header>${header}</e:Header><e:Body>${body}</e:Body></e:Envelope>`,
    });
    assert.match(String(answer.headers['content-type']), /^text\/xml/);
    const content = child(parseXml(answer.body), 'Body')?.children[0];
    assert.ok(content);
    return { status: answer.statusCode, content, results: childrenNamed(content, 'result') };
  };
  return { partner: (body: string, header?: string) => post('/services/Soap/u/67.0', body, header), post, running };
}

const faultOf = (content: XmlElement) => ({
  code: childText(content, 'faultcode'),
  text: childText(content, 'faultstring'),
});

test('partner: create, query, update, upsert and delete', async (t) => {
  const { partner } = await soap(t);
  const create = await partner(
    '<create><sObjects><s:type>Account</s:type><s:Name>A &amp; B</s:Name></sObjects>' +
      '<sObjects><s:type>Account</s:type></sObjects></create>',
  );
  assert.deepEqual(
    create.results.map((result) => childText(result, 'success')),
    ['true', 'false'],
  );
  const [first, second] = create.results;
  const id = childText(first, 'id') ?? '';
  assert.equal(childText(child(second, 'errors'), 'statusCode'), 'REQUIRED_FIELD_MISSING');
  const read = await partner(
    "<query><queryString>SELECT Name, Industry, Owner.Name FROM Account WHERE Name = 'A &amp; B'</queryString></query>",
  );
  const [result] = read.results;
  assert.equal(childText(result, 'size'), '1');
  const record = child(result, 'records');
  assert.equal(childText(record, 'Name'), 'A & B');
  assert.equal(childText(child(record, 'Owner'), 'Name'), 'Local Admin');
  const update = await partner(
    `<update><sObjects><s:type>Account</s:type><s:Id>${id}</s:Id><s:Industry>Energy</s:Industry></sObjects></update>`,
  );
  assert.equal(childText(update.results[0], 'success'), 'true');
  const cleared = await partner(
    `<update><sObjects><s:type>Account</s:type><fieldsToNull>Industry</fieldsToNull><s:Id>${id}</s:Id></sObjects></update>`,
  );
  assert.equal(childText(cleared.results[0], 'success'), 'true');
  const remove = await partner(`<delete><ids>${id}</ids></delete>`);
  assert.equal(childText(remove.results[0], 'success'), 'true');
});

test('partner: AllOrNoneHeader takes back what was fine', async (t) => {
  const { partner, running } = await soap(t);
  const header = `<SessionHeader><sessionId>${running.token}</sessionId></SessionHeader><AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>`;
  const { results } = await partner(
    '<create><sObjects><s:type>Account</s:type><s:Name>A</s:Name></sObjects>' +
      '<sObjects><s:type>Account</s:type></sObjects></create>',
    header,
  );
  assert.deepEqual(
    results.map((result) => childText(result, 'success')),
    ['false', 'false'],
  );
  const {
    results: [count],
  } = await partner('<query><queryString>SELECT COUNT() FROM Account</queryString></query>');
  assert.equal(childText(count, 'size'), '0');
});

test('faults: no session, unknown operation, what is not supported, what is no envelope', async (t) => {
  const { partner, post, running } = await soap(t);
  const foreign = await partner(
    '<getUserInfo/>',
    '<SessionHeader><sessionId>00D000000000001!x</sessionId></SessionHeader>',
  );
  assert.equal(foreign.status, 500);
  assert.equal(faultOf(foreign.content).code, 'sf:INVALID_SESSION_ID');
  assert.equal(faultOf((await partner('<launchRocket/>')).content).code, 'sf:INVALID_OPERATION');
  assert.ok(
    running.server.context.unknownPaths.list().some(({ request }) => request === 'SOAP /services/Soap/u launchRocket'),
  );
  assert.match(faultOf((await partner('<convertLead/>')).content).text ?? '', /does not support lead conversion/);
  assert.equal(faultOf((await partner('<create><unclosed></create>')).content).code, 'sf:UNKNOWN_EXCEPTION');
  const metadata = await post(
    '/services/Soap/m/67.0',
    '<checkDeployStatus><asyncProcessId>0Af000000000009AAA</asyncProcessId></checkDeployStatus>',
  );
  assert.equal(faultOf(metadata.content).code, 'sf:INVALID_ID_FIELD');
  const bad = await post('/services/Soap/m/67.0', '<constructor/>');
  assert.equal(faultOf(bad.content).code, 'sf:INVALID_OPERATION');
});

test('a document type, and with it entities of the sender’s own, is refused', () => {
  assert.throws(() => parseXml('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), { code: 'UNKNOWN_EXCEPTION' });
});
