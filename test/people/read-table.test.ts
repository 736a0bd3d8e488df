import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvLine } from '../../scripts/csv/csv-line.ts';
import { decodeText } from '../../scripts/people/decode-text.ts';
import { delimiterOf, readTable } from '../../scripts/people/read-table.ts';

const TEXT = 'Name;Ort\nJörg Müller;Köln\nZoë Ångström;Åre\n';
const utf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

test('whatever encoding a file has, its text is the same', () => {
  for (const [encoding, bytes] of [
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\u{FEFF}${TEXT}`)],
    ['utf-16le', utf16(`\u{FEFF}${TEXT}`, false)],
    ['utf-16be', utf16(`\u{FEFF}${TEXT}`, true)],
    ['utf-16le', utf16(TEXT, false)],
    ['utf-16be', utf16(TEXT, true)],
    ['windows-1252', Buffer.from(TEXT, 'latin1')],
  ] as const) {
    const decoded = decodeText(bytes);
    assert.equal(decoded.encoding, encoding);
    assert.deepEqual(readTable(decoded.text).rows[0]?.values, ['Jörg Müller', 'Köln']);
  }
});

test('the separator is found, also where Excel tells it', () => {
  assert.equal(delimiterOf('a,b;c,d\n'), ',');
  assert.equal(delimiterOf('"a,b,c";d\n'), ';');
  assert.equal(delimiterOf('a\tb\tc'), '\t');
  assert.equal(delimiterOf('a|b'), '|');
  assert.deepEqual(readTable('sep=|\r\na|b\r\n1|2\r\n'), {
    columns: ['a', 'b'],
    delimiter: '|',
    rows: [{ line: 3, values: ['1', '2'] }],
    bad: [],
  });
});

test('rows know their line, also behind values of several lines; rows that do not fit are kept apart', () => {
  const { rows, bad } = readTable('a,b,c\n"x\ny",2,3\n\n4,5\nonly\n1,2,3,4\n6,7,8,\n,,\n');
  assert.deepEqual(rows, [
    { line: 2, values: ['x\ny', '2', '3'] },
    { line: 5, values: ['4', '5', ''] },
    { line: 8, values: ['6', '7', '8'] },
  ]);
  assert.deepEqual(
    bad.map(({ line, reason }) => [line, reason]),
    [
      [6, 'The row has 1 values for 3 columns.'],
      [7, 'The row has 4 values for 3 columns.'],
    ],
  );
});

test('what is written as CSV is read back as it was', () => {
  const value = fc.string({ maxLength: 20 }).map((text) => `x${text.trim()}`);
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 10 }), (rows) => {
      const text = [['a', 'b', 'c'], ...rows].map((row) => `${csvLine(row)}\n`).join('');
      assert.deepEqual(
        readTable(text).rows.map(({ values }) => values),
        rows,
      );
    }),
  );
});
