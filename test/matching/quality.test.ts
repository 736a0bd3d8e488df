import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldOutWorld } from '../../bench/matching/held-out-world.ts';
import { judgePlainly } from '../../bench/matching/plain-matcher.ts';
import { qualityOf } from '../../bench/matching/run-world.ts';
import { tuningWorld } from '../../bench/matching/tuning-world.ts';
import { measure } from '../../scripts/matching/measure.ts';

const FLOOR = { precision: 0.985, recall: 0.89, recallWithReview: 0.93 };
const SIZE = { accounts: 3000, leads: 6000 };

test('on the set kept apart, matches are right and few are missed', () => {
  for (const seed of [1, 2]) {
    const { precision, recall, recallWithReview, review } = qualityOf(heldOutWorld({ seed, ...SIZE }));
    const said = `seed ${seed}: precision ${precision}, recall ${recall}, with review ${recallWithReview}, review ${review}`;
    assert.ok(precision >= FLOOR.precision, said);
    assert.ok(recall >= FLOOR.recall, said);
    assert.ok(recallWithReview >= FLOOR.recallWithReview, said);
    assert.ok(review <= 0.06, said);
  }
});

test('on the set that the weights were set on, no less', () => {
  const { precision, recall, recallWithReview } = qualityOf(tuningWorld({ seed: 1, ...SIZE }));
  assert.ok(
    precision >= 0.98 && recall >= 0.93 && recallWithReview >= 0.96,
    `${precision} ${recall} ${recallWithReview}`,
  );
});

test("the floor is one that the flows' plain rule would miss, on both sides", () => {
  const { precision, recall } = measure(judgePlainly(heldOutWorld({ seed: 1, ...SIZE })));
  assert.ok(precision < FLOOR.precision - 0.02 && recall < FLOOR.recall - 0.1, `${precision} ${recall}`);
});
