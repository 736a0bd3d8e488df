import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { packagesOfZip } from '../../../local-org/metadata/package/read-zip.ts';
import { planDeploy } from '../../../local-org/metadata/deploy/deploy-plan.ts';
import { PlatformError } from '../../../local-org/platform-error.ts';
import { elementsOf, enumValues } from '../../../local-org/metadata/xml/metadata-schema.ts';
import { parseXml, XmlSyntaxError } from '../../../local-org/metadata/xml/parse-xml.ts';
import { printMetadataFile } from '../../../local-org/metadata/xml/print-metadata.ts';
import { readMetadata } from '../../../local-org/metadata/xml/read-metadata.ts';
import { manifest, zipOf } from './deploy-helpers.ts';

/** Characters that XML can carry and a parser does not normalise. */
const text = fc.string({
  unit: fc.constantFrom('a', 'Z', '9', ' ', '&', '<', '>', '"', "'", '.', '%', '/', 'é', '–', '漢'),
  maxLength: 12,
});

/** Any value of a metadata type, to a depth. */
function valueOf(type: string, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const members = [...(elementsOf(type)?.values() ?? [])].map((element) => {
    const values = enumValues(element.type);
    let one: fc.Arbitrary<unknown>;
    if (element.type === 'boolean') one = fc.boolean();
    else if (element.type === 'number') one = fc.integer({ min: -5, max: 500 });
    else if (values) one = fc.constantFrom(...values);
    else if (elementsOf(element.type)) one = depth > 0 ? valueOf(element.type, depth - 1) : fc.constant(undefined);
    else one = text;
    const tooDeep = elementsOf(element.type) !== undefined && depth === 0;
    if (element.array) return [element.name, tooDeep ? fc.constant([]) : fc.array(one, { maxLength: 2 })] as const;
    return [element.name, element.required ? one : fc.option(one, { nil: undefined })] as const;
  });
  return fc
    .record(Object.fromEntries(members))
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)));
}

for (const type of [
  'CustomField',
  'RecordType',
  'StandardValueSet',
  'PathAssistant',
  'PermissionSet',
  'ListView',
  'ValidationRule',
]) {
  test(`${type}: what is printed is read back as it was`, () => {
    fc.assert(
      fc.property(valueOf(type, 3), (value) => {
        const read = readMetadata(type, parseXml(printMetadataFile(type, type, value)));
        const complaints = read.problems.filter((one) => !one.problem.startsWith('Required field is missing'));
        assert.deepEqual(complaints, []);
        assert.deepEqual(read.value, value);
      }),
      { numRuns: 40 },
    );
  });
}

test('no text makes the XML reader fail otherwise than with a syntax error that has a place', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '</a>',
    '<a>',
    '<a/>',
    '&amp;',
    '&x;',
    '<!DOCTYPE a>',
    '<![CDATA[',
    ']]>',
    '<?x?>',
    '"',
    ' b="c"',
    'text',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      try {
        parseXml(pieces.join(''));
      } catch (error) {
        assert.ok(error instanceof XmlSyntaxError, String(error));
        assert.ok(error.line >= 1);
      }
    }),
  );
});

test('deep nesting is refused, not followed', () => {
  assert.throws(() => parseXml('<a>'.repeat(100_000)), /nested deeper/);
});

test('no bytes make a deploy fail otherwise than with a platform error', () => {
  const sound = zipOf({ 'package.xml': manifest({ Flow: ['*'] }), 'flows/A.flow': '<Flow/>' });
  const damaged = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 4 }).map((changes) => {
    const bytes = Uint8Array.from(sound);
    for (const [at, value] of changes) bytes[at] = value;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 80 })), (bytes) => {
      try {
        planDeploy(packagesOfZip(bytes, true));
      } catch (error) {
        assert.ok(error instanceof PlatformError, String(error));
      }
    }),
    { numRuns: 300 },
  );
});
