import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { idSuffix, makeId, normalizeId } from '../../../local-org/data/ids.ts';

test("the suffix is the platform's", () => {
  // All lower-case letters and digits spell A, all upper-case letters spell 5 (binary 11111).
  assert.equal(idSuffix('000000000000000'), 'AAA');
  assert.equal(idSuffix('ABCDEFGHIJKLMNO'), '555');
});

test('an id survives losing its case, and its short form', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 45 }), fc.constantFrom('006', 'a0B', '00Q'), (number, prefix) => {
      const id = makeId(prefix, number);
      assert.equal(id.length, 18);
      assert.equal(normalizeId(id.slice(0, 15)), id);
      assert.equal(normalizeId(id.toLowerCase()), id);
      assert.equal(normalizeId(id), id);
    }),
  );
});

test('what is no id is refused', () => {
  for (const text of ['', 'abc', '0060000000000010', '006000000000-01', '006000000000001999'])
    assert.equal(normalizeId(text), null, text);
});
