import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployFiles, failuresOf, file, openTestOrg } from './deploy-helpers.ts';

/** Deploys an object with so many fields of one kind; answers what is said of it. */
function deployFields(count: number, field: (index: number) => string): readonly string[] {
  const scene = openTestOrg();
  const fields = Array.from(
    { length: count },
    (_field, i) => `<fields><fullName>F${i}__c</fullName><label>F${i}</label>${field(i)}</fields>`,
  );
  const body = `<deploymentStatus>Deployed</deploymentStatus><enableHistory>true</enableHistory>${fields.join('')}<label>Many</label>
    <nameField><label>Name</label><type>Text</type></nameField><pluralLabel>Many</pluralLabel><sharingModel>ReadWrite</sharingModel>`;
  const failures = failuresOf(
    deployFiles(scene, { CustomObject: ['Many__c'] }, { 'objects/Many__c.object': file('CustomObject', body) }),
  );
  scene.org.close();
  return failures;
}

const lookup = (i: number): string =>
  `<referenceTo>Account</referenceTo><relationshipName>R${i}</relationshipName><type>Lookup</type>`;
const picklist = (values: number): string => {
  const list = Array.from(
    { length: values },
    (_value, i) => `<value><fullName>V${i}</fullName><default>false</default></value>`,
  );
  return `<type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted>${list.join('')}</valueSetDefinition></valueSet>`;
};

/** Help: Custom Fields Allowed Per Object, Custom Field Attributes, Field History Tracking, Object Relationships Overview. */
const LIMITS: readonly [what: string, most: number, field: (index: number) => string, said: RegExp][] = [
  [
    'custom fields',
    500,
    () => '<type>Checkbox</type><defaultValue>false</defaultValue>',
    /number of custom fields \(500\)/,
  ],
  ['lookups', 40, lookup, /number of relationship fields \(40\)/],
  [
    'external ids',
    25,
    () => '<type>Text</type><length>10</length><externalId>true</externalId>',
    /external ID fields \(25\)/,
  ],
  ['tracked fields', 20, () => '<type>Date</type><trackHistory>true</trackHistory>', /history-tracked fields \(20\)/],
];

for (const [what, most, field, said] of LIMITS) {
  test(`an object has ${most} ${what}, and not one more`, () => {
    assert.deepEqual(deployFields(most, field), []);
    assert.match(deployFields(most + 1, field).join('\n'), said);
  });
}

test('a picklist of its own has 1,000 values, and not one more', () => {
  assert.deepEqual(
    deployFields(1, () => picklist(1_000)),
    [],
  );
  assert.match(deployFields(1, () => picklist(1_001)).join('\n'), /limit is 1000/);
});
