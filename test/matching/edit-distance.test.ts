import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance, wordSimilarity } from '../../scripts/matching/edit-distance.ts';
import { nearWords } from '../../scripts/matching/near-words.ts';

test('insertions, deletions, substitutions and swaps are one edit each', () => {
  for (const [a, b, edits] of [
    ['robotics', 'robotics', 0],
    ['robotics', 'robotis', 1],
    ['robotics', 'robottics', 1],
    ['robotics', 'rabotics', 1],
    ['robotics', 'robotcis', 1],
    ['robotics', 'rabotcis', 2],
    ['robotics', 'plastics', 3],
  ] as const)
    assert.equal(editDistance(a, b, 2), Math.min(edits, 3));
});

const words = fc.stringMatching(/^[a-e]{4,12}$/);

test('the distance is the same both ways, zero only for the same word, and never more than asked for', () => {
  fc.assert(
    fc.property(words, words, (a, b) => {
      const edits = editDistance(a, b, 2);
      assert.equal(edits, editDistance(b, a, 2));
      assert.equal(edits === 0, a === b);
      assert.ok(edits <= 3);
      assert.equal(wordSimilarity(a, b), wordSimilarity(b, a));
    }),
  );
});

test('every word one edit away is found', () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 30 }), words, (list, word) => {
      const all = [...new Set(list)];
      const found = new Set(
        nearWords(all)
          .near(word)
          .map(({ index }) => index),
      );
      all.forEach((other, index) => {
        if (editDistance(word, other, 2) === 1) assert.ok(found.has(index), `${word} ${other}`);
        if (word === other) assert.ok(!found.has(index));
      });
    }),
  );
});
