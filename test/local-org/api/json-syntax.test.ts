import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { jsonSyntaxProblem } from '../../../local-org/api/json-syntax.ts';
import { badTexts, SEED } from '../../fuzz/bad-input.ts';

test('what is wrong is said in the words of the platform’s parser, with its place', () => {
  const problems: Record<string, string> = {
    '{bad':
      "Unexpected character ('b' (code 98)): was expecting double-quote to start field name at [line:1, column:3]",
    '{"a":1,}':
      "Unexpected character ('}' (code 125)): was expecting double-quote to start field name at [line:1, column:9]",
    '{"a" 1}':
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value at [line:1, column:7]",
    '{\n"a":1\n"b":2}':
      "Unexpected character ('\"' (code 34)): was expecting comma to separate OBJECT entries at [line:3, column:2]",
    '[1 2]':
      "Unexpected character ('2' (code 50)): was expecting comma to separate ARRAY entries at [line:1, column:5]",
    '{"a":}':
      "Unexpected character ('}' (code 125)): expected a valid value (number, String, array, object, 'true', 'false' or 'null') at [line:1, column:7]",
    '{"a":None}': "Unrecognized token 'None': was expecting 'null', 'true', 'false' or NaN at [line:1, column:10]",
    '{"a":1': 'Unexpected end-of-input: expected close marker for OBJECT at [line:1, column:7]',
    '{"a":"b': 'Unexpected end-of-input: was expecting closing quote for a string value at [line:1, column:8]',
  };
  for (const [text, problem] of Object.entries(problems)) assert.equal(jsonSyntaxProblem(text), problem, text);
});

test('what is JSON has no problem, and no text is too bad to be read', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 2 }), (value, spaces) => {
      assert.equal(jsonSyntaxProblem(JSON.stringify(value, null, spaces)), null);
    }),
  );
  const texts = badTexts(['{"a":[1,{"b":"c"},null],"d":-1.5e3}'], ['{', '}', '[', ']', ':', ',', '"', '\\', 'true']);
  fc.assert(
    fc.property(texts, (text) => {
      jsonSyntaxProblem(text);
    }),
    { seed: SEED, numRuns: 2_000 },
  );
});
