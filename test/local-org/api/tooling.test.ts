import assert from 'node:assert/strict';
import test from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { deploy } from '../../../local-org/metadata/deploy.ts';
import { apiClient, type ApiClient } from './api-client.ts';

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

const flow = (label: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Flow ${XMLNS}>
  <apiVersion>66.0</apiVersion>
  <label>${label}</label>
  <processType>AutoLaunchedFlow</processType>
  <start>
    <locationX>0</locationX>
    <locationY>0</locationY>
    <object>Opportunity</object>
    <recordTriggerType>Create</recordTriggerType>
    <triggerType>RecordBeforeSave</triggerType>
    <connector><targetReference>Note</targetReference></connector>
  </start>
  <assignments>
    <name>Note</name>
    <label>Note</label>
    <locationX>0</locationX>
    <locationY>0</locationY>
    <assignmentItems>
      <assignToReference>$Record.NextStep</assignToReference>
      <operator>Assign</operator>
      <value><stringValue>${label}</stringValue></value>
    </assignmentItems>
  </assignments>
  <status>Active</status>
</Flow>`;

const rule = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject ${XMLNS}>
  <validationRules>
    <fullName>Positive</fullName>
    <active>true</active>
    <errorConditionFormula>Amount &lt; 0</errorConditionFormula>
    <errorMessage>Not below zero</errorMessage>
  </validationRules>
</CustomObject>`;

function deployFiles({ running }: ApiClient, types: Record<string, string>, files: Record<string, string>): void {
  const members = Object.entries(types).map(
    ([name, member]) => `<types><members>${member}</members><name>${name}</name></types>`,
  );
  const manifest = `<?xml version="1.0" encoding="UTF-8"?><Package ${XMLNS}>${members.join('')}<version>66.0</version></Package>`;
  const zip = zipSync(
    Object.fromEntries(
      Object.entries({ 'package.xml': manifest, ...files }).map(([path, text]) => [path, strToU8(text)]),
    ),
  );
  const user = running.server.context.sessions.userOf(running.token);
  assert.ok(user);
  const result = deploy(running.org, user, zip, { singlePackage: true, rollbackOnError: true });
  assert.equal(result.status, 'Succeeded', JSON.stringify(result.details.componentFailures));
}

async function tooling<Row>({ call }: ApiClient, soql: string): Promise<Row[]> {
  const { status, body } = await call<{ records: Row[] }>('GET', `/tooling/query?q=${encodeURIComponent(soql)}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.records;
}

test('flows, their versions, and the active one is switched', async (t) => {
  const client = await apiClient(t);
  for (const label of ['First', 'Second'])
    deployFiles(client, { Flow: 'Note_Flow' }, { 'flows/Note_Flow.flow': flow(label) });
  interface Definition {
    Id: string;
    ActiveVersion: { VersionNumber: number } | null;
    LatestVersion: { VersionNumber: number };
  }
  const soql =
    "SELECT Id, ActiveVersion.VersionNumber, LatestVersion.VersionNumber FROM FlowDefinition WHERE DeveloperName = 'Note_Flow'";
  const [before] = await tooling<Definition>(client, soql);
  assert.equal(before?.ActiveVersion?.VersionNumber, 2);
  const versions = await tooling<{ VersionNumber: number; Status: string }>(
    client,
    "SELECT VersionNumber, Status FROM Flow WHERE Definition.DeveloperName = 'Note_Flow' ORDER BY VersionNumber",
  );
  assert.deepEqual(
    versions.map(({ VersionNumber, Status }) => [VersionNumber, Status]),
    [
      [1, 'Obsolete'],
      [2, 'Active'],
    ],
  );
  const path = `/tooling/sobjects/FlowDefinition/${before.Id}`;
  const patch = (activeVersionNumber: number | null) =>
    client.call('PATCH', path, { Metadata: { activeVersionNumber } });
  assert.equal((await patch(1)).status, 204);
  assert.equal((await tooling<Definition>(client, soql))[0]?.ActiveVersion?.VersionNumber, 1);
  assert.equal((await patch(9)).status, 400);
  assert.equal((await patch(0)).status, 204);
  assert.equal((await tooling<Definition>(client, soql))[0]?.ActiveVersion, null);
  const views = await client.query<{ ApiName: string; IsActive: boolean }>(
    'SELECT ApiName, IsActive FROM FlowDefinitionView',
  );
  assert.deepEqual(
    views.filter(({ ApiName }) => ApiName === 'Note_Flow').map(({ IsActive }) => IsActive),
    [false],
  );
});

test('validation rules with their metadata, one at a time', async (t) => {
  const client = await apiClient(t);
  deployFiles(client, { ValidationRule: 'Opportunity.Positive' }, { 'objects/Opportunity.object': rule });
  const where = "FROM ValidationRule WHERE EntityDefinition.QualifiedApiName = 'Opportunity'";
  const rows = await tooling<{
    ValidationName: string;
    Active: boolean;
    FullName: string;
    Metadata: { errorConditionFormula: string };
  }>(client, `SELECT Id, ValidationName, Active, FullName, Metadata ${where}`);
  const positive = rows.find(({ ValidationName }) => ValidationName === 'Positive');
  assert.equal(positive?.FullName, 'Opportunity.Positive');
  assert.equal(positive.Metadata.errorConditionFormula, 'Amount < 0');
});

test('layouts, profiles’ layouts, fields and objects', async (t) => {
  const client = await apiClient(t);
  const layouts = await tooling<{ Name: string }>(
    client,
    "SELECT Name FROM Layout WHERE EntityDefinition.QualifiedApiName = 'Opportunity'",
  );
  assert.ok(layouts.some(({ Name }) => Name === 'Opportunity Layout'));
  const assigned = await tooling<{ Profile: { Name: string } }>(
    client,
    "SELECT Profile.Name, Layout.Name FROM ProfileLayout WHERE TableEnumOrId = 'Opportunity'",
  );
  assert.ok(assigned.length === 0 || assigned.every(({ Profile }) => typeof Profile.Name === 'string'));
  const fields = await tooling<{ QualifiedApiName: string }>(
    client,
    "SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Opportunity'",
  );
  assert.ok(fields.some(({ QualifiedApiName }) => QualifiedApiName === 'StageName'));
  const [organization] = await tooling<{ OrganizationType: string }>(
    client,
    'SELECT OrganizationType FROM Organization',
  );
  assert.ok(organization?.OrganizationType);
  assert.equal((await client.call('GET', '/tooling/sobjects/SourceMember/describe')).status, 404);
  assert.equal((await client.call('PATCH', '/tooling/sobjects/Layout/00h000000000001AAA', {})).status, 403);
  const unknown = await client.call<{ errorCode: string }[]>(
    'GET',
    `/tooling/query?q=${encodeURIComponent('SELECT Id FROM SandboxProcess')}`,
  );
  assert.equal(unknown.body[0]?.errorCode, 'INVALID_TYPE');
});
