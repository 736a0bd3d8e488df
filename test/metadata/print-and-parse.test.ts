import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { MetadataError } from '../../scripts/metadata/metadata-error.ts';
import { parseMetadata } from '../../scripts/metadata/parse-xml.ts';
import { printMetadata } from '../../scripts/metadata/print-xml.ts';
import { arbitraryMetadata } from './arbitrary-metadata.ts';

const ROOTS = [
  'CustomObject',
  'Flow',
  'FlexiPage',
  'Layout',
  'PermissionSet',
  'Profile',
  'StandardValueSet',
  'PathAssistant',
];

test('parsing what was printed gives the same value, and printing it again the same bytes', () => {
  for (const root of ROOTS) {
    fc.assert(
      fc.property(arbitraryMetadata(root), (value) => {
        const xml = printMetadata(root, value);
        const parsed = parseMetadata(xml, 'a.xml');
        assert.deepEqual(parsed.value, value);
        assert.equal(parsed.root, root);
        assert.equal(printMetadata(root, parsed.value), xml);
      }),
      { numRuns: 60 },
    );
  }
});

test('the order of keys in the value does not matter to the bytes', () => {
  const one = { label: 'Won', fullName: 'Won', closed: true, default: false };
  const other = { default: false, closed: true, fullName: 'Won', label: 'Won' };
  const xml = (value: object): string => printMetadata('StandardValueSet', { standardValue: [value], sorted: false });
  assert.equal(xml(one), xml(other));
});

test('elements come in the order in which the platform retrieves them, inherited ones first', () => {
  const stage = {
    won: true,
    closed: true,
    probability: 100,
    forecastCategory: 'Closed',
    label: 'Won',
    default: false,
    fullName: 'Won',
  };
  assert.equal(
    printMetadata('StandardValueSet', { sorted: false, standardValue: [stage] }),
    `<?xml version="1.0" encoding="UTF-8"?>
<StandardValueSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <sorted>false</sorted>
    <standardValue>
        <fullName>Won</fullName>
        <default>false</default>
        <label>Won</label>
        <closed>true</closed>
        <forecastCategory>Closed</forecastCategory>
        <probability>100</probability>
        <won>true</won>
    </standardValue>
</StandardValueSet>
`,
  );
});

test('a double is printed with a decimal point, an int without', () => {
  const xml = printMetadata('Flow', { apiVersion: 66, start: { locationX: 50, locationY: 0 } });
  assert.match(xml, /<apiVersion>66\.0<\/apiVersion>/);
  assert.match(xml, /<locationX>50<\/locationX>/);
});

test('the five characters are escaped as a retrieve escapes them', () => {
  const xml = printMetadata('ValidationRule', { errorConditionFormula: `A < 1 && B > "x" & 'y'` });
  assert.match(xml, /A &lt; 1 &amp;&amp; B &gt; &quot;x&quot; &amp; &apos;y&apos;/);
});

test('elements that the schema does not know survive, as an array once they occur twice', () => {
  const xml = printMetadata('Profile', { custom: true, zNew: [{ a: '1' }, { a: '2' }], aNew: 'x' });
  assert.deepEqual(parseMetadata(xml, 'p').value, { custom: true, aNew: 'x', zNew: [{ a: '1' }, { a: '2' }] });
});

test('CDATA is text, comments are nothing', () => {
  const xml = '<Flow><!-- c --><description><![CDATA[a < b & c]]></description></Flow>';
  assert.deepEqual(parseMetadata(xml, 'f').value, { description: 'a < b & c' });
});

test('damaged files are refused with the place', () => {
  const refused = (xml: string, message: RegExp): void => {
    assert.throws(
      () => parseMetadata(xml, 'x.flow'),
      (error: unknown) => error instanceof MetadataError && message.test(error.message),
    );
  };
  refused('<Flow><label>a</Flow>', /^x\.flow is not well-formed XML/);
  refused('', /x\.flow/);
  refused('<Flow><isTemplate>maybe</isTemplate></Flow>', /Flow\.isTemplate is "maybe"; write true or false/);
  refused('<Flow><apiVersion>new</apiVersion></Flow>', /Flow\.apiVersion is "new"; write a number/);
  refused('<Flow><label>a</label><label>b</label></Flow>', /Flow\.label occurs twice/);
  assert.throws(() => printMetadata('Flow', { label: 'a\u0001' }), MetadataError);
});
