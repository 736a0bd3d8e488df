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
  const mixed = await partner(
    '<create><sObjects><s:type>Account</s:type><s:Name>A</s:Name></sObjects>' +
      '<sObjects><s:type>Contact</s:type></sObjects></create>',
    header,
  );
  assert.deepEqual(
    mixed.results.map((result) => [childText(result, 'id'), childText(child(result, 'errors'), 'statusCode')]),
    [
      [undefined, 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
      [undefined, 'REQUIRED_FIELD_MISSING'],
    ],
  );
});

test('partner: convertLead converts, refuses per lead, and refuses what it does not know by name', async (t) => {
  const { partner, running } = await soap(t);
  const create = (company: string) =>
    `<sObjects><s:type>Lead</s:type><s:LastName>Fry</s:LastName><s:Company>${company}</s:Company></sObjects>`;
  const leads = (await partner(`<create>${create('A')}${create('B')}</create>`)).results.map((one) =>
    childText(one, 'id'),
  );
  const convert = (leadId: string | undefined, more: string, status = 'Closed - Converted') =>
    `<leadConverts><convertedStatus>${status}</convertedStatus><leadId>${leadId ?? ''}</leadId>${more}` +
    '<overwriteLeadSource>false</overwriteLeadSource><sendNotificationEmail>true</sendNotificationEmail></leadConverts>';
  const no = '<doNotCreateOpportunity>true</doNotCreateOpportunity>';
  const { results } = await partner(
    `<convertLead>${convert(leads[0], no)}${convert(leads[1], no, 'Open')}</convertLead>`,
  );
  const [done, refused] = results;
  assert.equal(childText(done, 'success'), 'true');
  assert.match(childText(done, 'accountId') ?? '', /^001/);
  assert.equal(childText(done, 'opportunityId'), undefined);
  assert.equal(childText(child(refused, 'errors'), 'statusCode'), 'INVALID_STATUS');
  const unknown = convert(leads[1], '<relatedPersonAccountId>001000000000001AAA</relatedPersonAccountId>');
  assert.match(
    faultOf((await partner(`<convertLead>${unknown}</convertLead>`)).content).text ?? '',
    /does not support relatedPersonAccountId/,
  );
  const header =
    `<SessionHeader><sessionId>${running.token}</sessionId></SessionHeader>` +
    '<AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>';
  const together = `<convertLead>${convert(leads[1], no)}${convert('', no)}</convertLead>`;
  const all = await partner(together, header);
  assert.deepEqual(
    all.results.map((one) => childText(child(one, 'errors'), 'statusCode')),
    ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'MISSING_ARGUMENT'],
  );
});

test('partner: convertLead needs its permission', async (t) => {
  const { partner, running } = await soap(t);
  const { org, server } = running;
  const admin = org.user('admin@waterfall.local');
  const userId = org.transact(admin, (tx) => {
    const filter = { field: 'Name', operator: '=', value: 'Minimum Access - Salesforce' } as const;
    const [profile] = tx.select({ object: 'Profile', filter });
    const plain = {
      Username: 'plain@test.example',
      LastName: 'Plain',
      Email: 'plain@test.example',
      Alias: 'plain',
      ProfileId: profile?.['Id'] ?? null,
      TimeZoneSidKey: 'America/New_York',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      IsActive: true,
    };
    return tx.save({ operation: 'insert', object: 'User', records: [plain], allOrNone: true })[0]?.id ?? '';
  });
  const session = server.context.sessions.open(userId);
  const { content } = await partner(
    '<convertLead><leadConverts><leadId>00Q000000000001AAA</leadId></leadConverts></convertLead>',
    `<SessionHeader><sessionId>${session}</sessionId></SessionHeader>`,
  );
  assert.equal(faultOf(content).code, 'sf:INSUFFICIENT_ACCESS');
});

test('partner: describes, retrieves, tells changes, and knows the recycle bin', async (t) => {
  const { partner } = await soap(t);
  const account = '<create><sObjects><s:type>Account</s:type><s:Name>A</s:Name></sObjects></create>';
  const id = childText((await partner(account)).results[0], 'id') ?? '';
  const global = (await partner('<describeGlobal/>')).results[0];
  assert.ok(childrenNamed(global, 'sobjects').some((one) => childText(one, 'name') === 'Opportunity'));
  const [one, other] = (
    await partner(
      '<describeSObjects><sObjectType>Account</sObjectType><sObjectType>Lead</sObjectType></describeSObjects>',
    )
  ).results;
  assert.deepEqual([childText(one, 'keyPrefix'), childText(other, 'name')], ['001', 'Lead']);
  assert.ok(childrenNamed(one, 'fields').some((field) => childText(field, 'soapType') === 'tns:ID'));
  const retrieved = await partner(
    `<retrieve><fieldList>Name</fieldList><sObjectType>Account</sObjectType><ids>${id}</ids><ids>001000000000999AAA</ids></retrieve>`,
  );
  assert.deepEqual(
    retrieved.results.map((record) => (record.nil ? null : childText(record, 'Name'))),
    ['A', null],
  );
  const minute = (offset: number) => new Date(Date.now() + offset * 60_000).toISOString();
  const range = `<sObjectType>Account</sObjectType><startDate>${minute(-1)}</startDate><endDate>${minute(1)}</endDate>`;
  assert.equal(childText((await partner(`<getUpdated>${range}</getUpdated>`)).results[0], 'ids'), id);
  await partner(`<delete><ids>${id}</ids></delete>`);
  const deleted = (await partner(`<getDeleted>${range}</getDeleted>`)).results[0];
  assert.equal(childText(child(deleted, 'deletedRecords'), 'id'), id);
  assert.equal(childText((await partner(`<undelete><ids>${id}</ids></undelete>`)).results[0], 'success'), 'true');
  await partner(`<delete><ids>${id}</ids></delete>`);
  const empty = `<emptyRecycleBin><ids>${id}</ids></emptyRecycleBin>`;
  assert.equal(childText((await partner(empty)).results[0], 'success'), 'true');
  assert.equal(childText((await partner(empty)).results[0], 'success'), 'false');
  assert.equal(childText((await partner(`<undelete><ids>${id}</ids></undelete>`)).results[0], 'success'), 'false');
  assert.match(faultOf((await partner('<describeTabs/>')).content).text ?? '', /does not support tabs/);
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
  assert.match(faultOf((await partner('<merge/>')).content).text ?? '', /does not support merging records/);
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
