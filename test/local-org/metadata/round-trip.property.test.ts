import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { retrieve } from '../../../local-org/metadata/retrieve.ts';
import { deployFiles, failuresOf, file, openTestOrg, type TestOrg } from './deploy-helpers.ts';

interface Field {
  readonly name: string;
  readonly label: string;
  readonly help: string | null;
  readonly kind: string;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const KINDS: readonly string[] = [
  '<length>40</length><type>Text</type>',
  '<externalId>true</externalId><length>18</length><type>Text</type><unique>true</unique>',
  '<precision>10</precision><scale>2</scale><type>Number</type>',
  '<defaultValue>true</defaultValue><type>Checkbox</type>',
  '<type>Date</type>',
  '<type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted><value><fullName>A &amp; B</fullName><default>true</default><label>a</label></value><value><fullName>C/D</fullName><default>false</default><label>c</label></value></valueSetDefinition></valueSet>',
];

/** Text as people write it: with what XML must escape, accents and quotes; no blanks at its ends. */
const words = fc
  .array(fc.constantFrom('a', 'B', ' ', '&', '<', '>', '"', "'", 'é', '漢', '%', '0'), { minLength: 1, maxLength: 20 })
  .map((list) => `x${list.join('')}x`);

const fields: fc.Arbitrary<readonly Field[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('One__c', 'Two__c', 'Three_3__c', 'Four__c'),
    label: words,
    help: fc.option(words),
    kind: fc.constantFrom(...KINDS),
  }),
  { selector: ({ name }) => name, minLength: 1 },
);

const objectFile = (list: readonly Field[]): string =>
  file(
    'CustomObject',
    list
      .map(({ name, label, help, kind }) => {
        const inline = help === null ? '' : `<inlineHelpText>${escape(help)}</inlineHelpText>`;
        return `<fields><fullName>${name}</fullName>${inline}<label>${escape(label)}</label>${kind}</fields>`;
      })
      .join('\n'),
  );

const members = (list: readonly Field[]): Record<string, string[]> => ({
  CustomField: list.map(({ name }) => `Opportunity.${name}`),
});

function retrieveFields({ org, admin }: TestOrg, list: readonly Field[]): Record<string, string> {
  const types = Object.entries(members(list)).map(([name, names]) => ({ name, members: names }));
  const { zipFile } = retrieve(org, admin, { apiVersion: '66.0', unpackaged: { types, version: '66.0' } });
  const files = Object.entries(unzipSync(zipFile)).filter(([path]) => !path.endsWith('package.xml'));
  return Object.fromEntries(files.map(([path, bytes]) => [path.replace('unpackaged/', ''), strFromU8(bytes)]));
}

test('what was deployed comes back as it was, and deploying what came back changes nothing', () => {
  const scene = openTestOrg();
  fc.assert(
    fc.property(fields, (list) => {
      const gone = deployFiles(
        scene,
        {},
        {
          'destructiveChanges.xml': file(
            'Package',
            '<version>66.0</version>' +
              list
                .map(({ name }) => `<types><members>Opportunity.${name}</members><name>CustomField</name></types>`)
                .join(''),
          ),
        },
      );
      assert.deepEqual(failuresOf(gone), []);
      assert.deepEqual(
        failuresOf(deployFiles(scene, members(list), { 'objects/Opportunity.object': objectFile(list) })),
        [],
      );
      const stored = list.map(({ name }) => scene.org.metadata.get('CustomField', `Opportunity.${name}`)!.metadata);
      for (const [i, { label, help }] of list.entries()) {
        assert.equal(stored[i]!['label'], label);
        assert.equal(stored[i]!['inlineHelpText'] ?? null, help);
      }
      const first = retrieveFields(scene, list);
      const again = deployFiles(scene, members(list), first);
      assert.deepEqual(failuresOf(again), []);
      const changed = again.details.componentSuccesses.filter(
        (one) => one.componentType === 'CustomField' && one.changed,
      );
      assert.deepEqual(
        changed.map(({ fullName }) => fullName),
        [],
      );
      assert.deepEqual(
        list.map(({ name }) => scene.org.metadata.get('CustomField', `Opportunity.${name}`)!.metadata),
        stored,
      );
      assert.deepEqual(retrieveFields(scene, list), first);
    }),
    { seed: 20_260_331, numRuns: 25, interruptAfterTimeLimit: 10_000 },
  );
});
