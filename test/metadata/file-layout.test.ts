import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Component } from '../../scripts/metadata/component.ts';
import { printManifest } from '../../scripts/metadata/manifest.ts';
import { componentOfSourcePath, sourceFiles, sourcePath } from '../../scripts/metadata/source-files.ts';
import { fromMetadataZipEntries, metadataPath, toMetadataZipEntries } from '../../scripts/metadata/zip-entries.ts';

const SOURCE_PATHS: readonly (readonly [string, string, string])[] = [
  ['CustomField', 'Opportunity.Targeted_Date__c', 'objects/Opportunity/fields/Targeted_Date__c.field-meta.xml'],
  ['RecordType', 'Opportunity.Renewal', 'objects/Opportunity/recordTypes/Renewal.recordType-meta.xml'],
  [
    'BusinessProcess',
    'Opportunity.Waterfall Renewal',
    'objects/Opportunity/businessProcesses/Waterfall Renewal.businessProcess-meta.xml',
  ],
  ['ListView', 'Opportunity.Open', 'objects/Opportunity/listViews/Open.listView-meta.xml'],
  ['CustomObject', 'Opportunity', 'objects/Opportunity/Opportunity.object-meta.xml'],
  ['Layout', 'Opportunity-Waterfall Renewal', 'layouts/Opportunity-Waterfall Renewal.layout-meta.xml'],
  ['StandardValueSet', 'OpportunityStage', 'standardValueSets/OpportunityStage.standardValueSet-meta.xml'],
  ['LightningComponentBundle', 'waterfallStages', 'lwc/waterfallStages/waterfallStages.js-meta.xml'],
  ['Settings', 'Opportunity', 'settings/Opportunity.settings-meta.xml'],
  ['CustomApplication', 'standard__Sales', 'applications/standard__Sales.app-meta.xml'],
  ['Profile', 'Admin', 'profiles/Admin.profile-meta.xml'],
];

test('source-format paths, both ways', () => {
  for (const [type, fullName, path] of SOURCE_PATHS) {
    assert.equal(sourcePath({ type, fullName }), path);
    assert.deepEqual(componentOfSourcePath(path), { type, fullName });
  }
  assert.equal(componentOfSourcePath('lwc/waterfallStages/waterfallStages.ts'), undefined);
  assert.equal(componentOfSourcePath('triggers/A.trigger-meta.xml'), undefined);
});

test('metadata-format paths: children share the file of their object', () => {
  assert.equal(metadataPath({ type: 'CustomField', fullName: 'Account.X__c' }), 'objects/Account.object');
  assert.equal(metadataPath({ type: 'Layout', fullName: 'Opportunity-A B' }), 'layouts/Opportunity-A B.layout');
  assert.equal(metadataPath({ type: 'Settings', fullName: 'Opportunity' }), 'settings/Opportunity.settings');
  assert.throws(() => metadataPath({ type: 'ApexTrigger', fullName: 'A' }), /No file layout is known for ApexTrigger/);
});

const component = (type: string, fullName: string, metadata: object): Component => ({
  type,
  fullName,
  metadata,
  source: 's',
});
const components: readonly Component[] = [
  component('CustomObject', 'Opportunity', { compactLayoutAssignment: 'SYSTEM' }),
  component('CustomField', 'Opportunity.B__c', { label: 'B', type: 'Date' }),
  component('CustomField', 'Opportunity.A__c', { label: 'A', type: 'Date' }),
  component('CustomField', 'Account.C__c', { label: 'C', type: 'Date' }),
  component('RecordType', 'Opportunity.R', { active: true, label: 'R' }),
  component('Settings', 'Opportunity', { enableUpdateReminders: true }),
  component('StandardValueSet', 'ContactRole', { sorted: false, standardValue: [{ fullName: 'X', default: false }] }),
];

test('a zip holds an object once, with its children, and package.xml names each', () => {
  const entries = toMetadataZipEntries(components, {
    apiVersion: '66.0',
    removeAfter: [{ type: 'Flow', fullName: 'Old' }],
  });
  assert.deepEqual(
    [...entries.keys()],
    [
      'destructiveChangesPost.xml',
      'objects/Account.object',
      'objects/Opportunity.object',
      'package.xml',
      'settings/Opportunity.settings',
      'standardValueSets/ContactRole.standardValueSet',
    ],
  );
  assert.match(entries.get('settings/Opportunity.settings')!, /<OpportunitySettings xmlns/);
  assert.match(entries.get('package.xml')!, /<members>Opportunity\.A__c<\/members>\n\s+<members>Opportunity\.B__c/);
  assert.match(entries.get('destructiveChangesPost.xml')!, /<members>Old<\/members>/);
});

test('reading a zip back gives the components that made it', () => {
  const back = fromMetadataZipEntries(toMetadataZipEntries(components, { apiVersion: '66.0' }), 's');
  const key = ({ type, fullName }: Component): string => `${type}:${fullName}`;
  const sorted = (list: readonly Component[]): Component[] => [...list].sort((a, b) => key(a).localeCompare(key(b)));
  assert.deepEqual(sorted(back), sorted(components));
});

test('a child in source format begins with its own name', () => {
  const [text] = sourceFiles(components[1]!).values();
  assert.match(text!, /<CustomField [^>]+>\n {4}<fullName>B__c<\/fullName>\n {4}<label>B<\/label>/);
});

test('code: TypeScript in the project, JavaScript in a deployment', () => {
  const bundle = {
    ...component('LightningComponentBundle', 'x', { apiVersion: 66 }),
    files: { 'x.ts': 'ts', 'x.js': 'js' },
  };
  assert.deepEqual([...sourceFiles(bundle).keys()], ['lwc/x/x.js-meta.xml', 'lwc/x/x.ts']);
  assert.deepEqual(
    [...toMetadataZipEntries([bundle], { apiVersion: '66.0' }).keys()],
    ['lwc/x/x.js', 'lwc/x/x.js-meta.xml', 'package.xml'],
  );
});

test('a manifest sorts types and members and names each once', () => {
  const text = printManifest([...components, components[0]!], '66.0');
  assert.equal(text.match(/<name>/g)?.length, 5);
  assert.match(text, /<version>66\.0<\/version>\n<\/Package>\n$/);
});

test('Apex: the code lies beside its description, in both formats and both ways', () => {
  const apex: Component = {
    type: 'ApexClass',
    fullName: 'A',
    metadata: { apiVersion: '66.0', status: 'Active' },
    files: { 'A.cls': 'public class A {}' },
    source: 'x',
  };
  const entries = toMetadataZipEntries([apex], { apiVersion: '66.0' });
  assert.deepEqual([...entries.keys()].sort(), ['classes/A.cls', 'classes/A.cls-meta.xml', 'package.xml']);
  assert.deepEqual(fromMetadataZipEntries(entries, 'x'), [apex]);
  assert.deepEqual([...sourceFiles(apex).keys()], ['classes/A.cls-meta.xml', 'classes/A.cls']);
  assert.throws(
    () => fromMetadataZipEntries(new Map([['classes/A.cls', 'public class A {}']]), 'x'),
    /classes\/A\.cls has no A\.cls-meta\.xml beside it/,
  );
});
