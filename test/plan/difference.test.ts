import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from '../../scripts/plan/difference.ts';

const of = (type: string, metadata: Readonly<Record<string, unknown>>, files?: Readonly<Record<string, string>>) => ({
  type,
  fullName: 'X',
  metadata,
  ...(files ? { files } : {}),
});

test('what the platform adds or writes its own way is no difference', () => {
  const sent = of('CustomField', {
    label: 'Solution',
    type: 'Picklist',
    valueSet: { restricted: true, valueSetDefinition: { value: [{ fullName: 'A', default: false }] } },
  });
  const returned = of('CustomField', {
    label: 'Solution',
    type: 'Picklist',
    externalId: 'false',
    trackHistory: false,
    valueSet: {
      restricted: 'true',
      valueSetDefinition: { sorted: 'false', value: { fullName: 'A', default: 'false', label: 'A' } },
    },
  });
  assert.deepEqual(differences(returned, sent), []);
});

test('values of a sales process are the same in any order and quoted or not', () => {
  const sent = of('BusinessProcess', {
    isActive: true,
    values: [
      { fullName: 'Proposal/Price Quote', default: false },
      { fullName: 'Closed Won', default: false },
    ],
  });
  const returned = of('BusinessProcess', {
    isActive: true,
    values: [
      { fullName: 'Closed Won', default: false },
      { fullName: 'Proposal%2FPrice Quote', default: false },
    ],
  });
  assert.deepEqual(differences(returned, sent), []);
});

test('a changed element is named with both values', () => {
  const before = of('Layout', {
    layoutSections: [{ label: 'Dates', layoutColumns: [{ layoutItems: [{ behavior: 'Edit', field: 'A__c' }] }] }],
  });
  const after = of('Layout', {
    layoutSections: [{ label: 'Dates', layoutColumns: [{ layoutItems: [{ behavior: 'Readonly', field: 'A__c' }] }] }],
  });
  assert.deepEqual(differences(before, after), [
    { path: 'layoutSections.layoutColumns.layoutItems.behavior', before: 'Edit', after: 'Readonly' },
  ]);
});

test('items of a list are found by name, and an order that means something is compared', () => {
  const before = of('CompactLayout', { fields: ['Name', 'StageName'] });
  assert.deepEqual(differences(before, of('CompactLayout', { fields: ['StageName', 'Name'] })), [
    { path: 'fields (order)', before: 'Name, StageName', after: 'StageName, Name' },
  ]);
  assert.deepEqual(differences(before, of('CompactLayout', { fields: ['Name', 'StageName', 'Amount'] })), [
    { path: 'fields[Amount]', before: null, after: 'Amount' },
  ]);
});

test('files of a bundle are compared by their text, descriptions by their XML', () => {
  const before = of(
    'LightningComponentBundle',
    {},
    { 'a.js': 'one\r\n', 'a.js-meta.xml': '<?xml version="1.0"?>\n<A>\n  <b>1</b>\n</A>' },
  );
  const same = of('LightningComponentBundle', {}, { 'a.js': 'one', 'a.js-meta.xml': '<A><b>1</b></A>\n' });
  assert.deepEqual(differences(before, same), []);
  assert.deepEqual(differences(before, of('LightningComponentBundle', {}, { ...same.files, 'a.js': 'two' })), [
    { path: 'a.js', before: '2 lines', after: '1 lines' },
  ]);
});
