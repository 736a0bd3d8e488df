import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { openMetadataStore } from '../../../local-org/metadata/open-metadata-store.ts';
import { apiClient, type ApiClient } from './api-client.ts';

interface RecordError {
  readonly enhancedErrorType: string;
  readonly message: string;
  readonly statusCode: number;
  readonly output: {
    readonly errors: readonly { errorCode: string; message: string; field: string | null }[];
    readonly fieldErrors: Readonly<
      Record<string, readonly { errorCode: string; message: string; fieldLabel: string }[]>
    >;
  };
}
type RestErrors = readonly { readonly errorCode: string; readonly message: string }[];

/** An org whose accounts have two validation rules: one that shows at a field, one at the top of the page. */
async function orgWithRules(t: TestContext): Promise<ApiClient> {
  const client = await apiClient(t);
  const { org } = client.running;
  const metadata = openMetadataStore(org.database);
  const rule = (name: string, word: string, errorDisplayField?: string) =>
    metadata.put({
      type: 'ValidationRule',
      fullName: `Account.${name}`,
      metadata: {
        active: true,
        errorConditionFormula: `Name = "${word}"`,
        errorMessage: `${word} is no name`,
        ...(errorDisplayField === undefined ? {} : { errorDisplayField }),
      },
    });
  rule('At_Field', 'Wrong', 'Name');
  rule('At_Top', 'Bad');
  org.reload();
  return client;
}

/** A session of a user who may read accounts and nothing more. */
async function readOnlySession({ running, create, query }: ApiClient): Promise<{ authorization: string }> {
  const none = { allowCreate: false, allowEdit: false, allowDelete: false, modifyAllRecords: false };
  const objectPermissions = [{ ...none, object: 'Account', allowRead: true, viewAllRecords: true }];
  const reader = { custom: true, userLicense: 'Salesforce', objectPermissions };
  openMetadataStore(running.org.database).put({ type: 'Profile', fullName: 'Reader', metadata: reader });
  running.org.reload();
  const [profile] = await query<{ Id: string }>("SELECT Id FROM Profile WHERE Name = 'Reader'");
  const id = await create('User', {
    ...{ Username: 'reader@test.example', LastName: 'Reader', Email: 'reader@test.example', Alias: 'reader' },
    ...{ TimeZoneSidKey: 'UTC', LocaleSidKey: 'en_US', LanguageLocaleKey: 'en_US', EmailEncodingKey: 'UTF-8' },
    ProfileId: profile?.Id,
  });
  return { authorization: `Bearer ${running.server.context.sessions.open(id)}` };
}

test('a validation rule is told under its field, or for the record as a whole; nothing is saved', async (t) => {
  const { call, create, query } = await orgWithRules(t);
  const id = await create('Account', { Name: 'Good' });
  const atField = await call<RecordError>('PATCH', `/ui-api/records/${id}`, { fields: { Name: 'Wrong' } });
  assert.equal(atField.status, 400);
  assert.deepEqual(atField.body, {
    enhancedErrorType: 'RecordError',
    message: 'An error occurred while trying to update the record. Please try again.',
    output: {
      errors: [],
      fieldErrors: {
        Name: [
          {
            constituentField: null,
            duplicateRecordError: null,
            errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
            field: 'Name',
            fieldLabel: 'Account Name',
            message: 'Wrong is no name',
          },
        ],
      },
    },
    statusCode: 400,
  });
  const atTop = await call<RecordError>('POST', '/ui-api/records', { apiName: 'Account', fields: { Name: 'Bad' } });
  assert.equal(atTop.status, 400);
  assert.deepEqual(atTop.body.output.fieldErrors, {});
  assert.deepEqual(
    atTop.body.output.errors.map(({ errorCode, field, message }) => [errorCode, field, message]),
    [['FIELD_CUSTOM_VALIDATION_EXCEPTION', null, 'Bad is no name']],
  );
  assert.deepEqual(await names(query), ['Good']);
});

const names = async (query: ApiClient['query']): Promise<readonly string[]> =>
  (await query<{ Name: string }>('SELECT Name FROM Account ORDER BY Name')).map(({ Name }) => Name);

test('a missing required field, a value that does not fit and a wrong picklist value are told under their fields', async (t) => {
  const { call } = await apiClient(t);
  const post = async (
    fields: Record<string, unknown>,
  ): Promise<readonly [number, Record<string, string | undefined>]> => {
    const { status, body } = await call<RecordError>('POST', '/ui-api/records', { apiName: 'Opportunity', fields });
    const byField = Object.entries(body.output.fieldErrors).map(([name, errors]) => [name, errors[0]?.errorCode]);
    return [status, Object.fromEntries(byField) as Record<string, string>];
  };
  const required = 'REQUIRED_FIELD_MISSING';
  assert.deepEqual(await post({ Name: 'Half' }), [400, { CloseDate: required, StageName: required }]);
  const deal = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2030-01-01' };
  assert.deepEqual(await post({ ...deal, Name: 'x'.repeat(121) }), [400, { Name: 'STRING_TOO_LONG' }]);
});

test('what changed since it was loaded is not overwritten; what did not is', async (t) => {
  const { call, create, query } = await apiClient(t);
  const id = await create('Account', { Name: 'First' });
  const [row] = await query<{ LastModifiedDate: string }>('SELECT LastModifiedDate FROM Account');
  const modified = new Date(row?.LastModifiedDate ?? '');
  const patch = (since: Date) =>
    call<RestErrors>(
      'PATCH',
      `/ui-api/records/${id}`,
      { fields: { Name: 'Second' } },
      {
        'if-unmodified-since': since.toUTCString(),
      },
    );
  const stale = await patch(new Date(modified.getTime() - 5000));
  assert.deepEqual([stale.status, stale.body[0]?.errorCode], [412, 'PRECONDITION_FAILED']);
  assert.deepEqual(await names(query), ['First']);
  assert.equal((await patch(modified)).status, 200);
  assert.deepEqual(await names(query), ['Second']);
});

test('who may only read is refused each write, and nothing is saved', async (t) => {
  const client = await apiClient(t);
  const { call, create, query } = client;
  const id = await create('Account', { Name: 'Kept' });
  const session = await readOnlySession(client);
  const read = await call('GET', `/ui-api/records/${id}?fields=Account.Name`, undefined, session);
  assert.equal(read.status, 200);
  const made = { apiName: 'Account', fields: { Name: 'New' } };
  const created = await call<RecordError>('POST', '/ui-api/records', made, session);
  const updated = await call<RecordError>('PATCH', `/ui-api/records/${id}`, { fields: { Name: 'Changed' } }, session);
  const deleted = await call<RecordError>('DELETE', `/ui-api/records/${id}`, undefined, session);
  assert.deepEqual(
    [created, updated, deleted].map(({ status, body }) => [status, body.output.errors[0]?.errorCode]),
    [
      [400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'],
      [400, 'INSUFFICIENT_ACCESS_OR_READONLY'],
      [400, 'INSUFFICIENT_ACCESS_OR_READONLY'],
    ],
  );
  assert.deepEqual(await names(query), ['Kept']);
});

test('what is not there is 404, what is malformed is 400', async (t) => {
  const { call, create } = await apiClient(t);
  const id = await create('Account', { Name: 'Gone' });
  assert.equal((await call('DELETE', `/ui-api/records/${id}`)).status, 204);
  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown> => {
    const answer = await call<RestErrors>(method, `/ui-api/records${path}`, body);
    return [answer.status, answer.body[0]?.errorCode];
  };
  const gone = [404, 'NOT_FOUND'];
  assert.deepEqual(await ask('GET', `/${id}?fields=Account.Name`), gone);
  assert.deepEqual(await ask('PATCH', `/${id}`, { fields: { Name: 'Back' } }), gone);
  assert.deepEqual(await ask('DELETE', `/${id}`), gone);
  const other = await create('Account', { Name: 'Here' });
  assert.deepEqual(await ask('GET', `/${other}?fields=Account.Nmae`), [400, 'INVALID_FIELD']);
  assert.deepEqual(await ask('GET', `/${other}`), [400, 'ILLEGAL_QUERY_PARAMETER_VALUE']);
  assert.deepEqual(await ask('GET', `/${other}?layoutTypes=Whole`), [400, 'INVALID_FIELD']);
  assert.deepEqual(await ask('PATCH', `/${other}`, { Name: 'No fields' }), [400, 'JSON_PARSER_ERROR']);
  assert.deepEqual(await ask('POST', '', []), [400, 'JSON_PARSER_ERROR']);
  assert.deepEqual(await ask('PATCH', `/${other}`, { fields: { Id: id, Name: 'x' } }), [400, 'INVALID_INPUT']);
  const text = await call<RestErrors>('PATCH', `/ui-api/records/${other}`, '{"fields":', {
    'content-type': 'application/json',
  });
  assert.deepEqual([text.status, text.body[0]?.errorCode], [400, 'JSON_PARSER_ERROR']);
});

test('actions are refused by name', async (t) => {
  const { call, create } = await apiClient(t);
  const id = await create('Account', { Name: 'A' });
  for (const path of [`record/${id}`, `record/${id},${id}`, `record/${id}/record-edit`, 'global']) {
    const { status, body } = await call<RestErrors>('GET', `/ui-api/actions/${path}`);
    assert.deepEqual([status, body[0]?.errorCode], [403, 'FUNCTIONALITY_NOT_ENABLED'], path);
    assert.match(body[0]?.message ?? '', /^The local org does not support .* actions/);
  }
});
