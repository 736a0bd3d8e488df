import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysToQuarterEnd, quarterEndWarning } from '../../scripts/apply/quarter-end.ts';

const on = (day: string): Date => new Date(`${day}T12:00:00Z`);

test('days to the end of the fiscal quarter', () => {
  assert.equal(daysToQuarterEnd(on('2026-03-31'), 1), 0);
  assert.equal(daysToQuarterEnd(on('2026-04-01'), 1), 90);
  assert.equal(daysToQuarterEnd(on('2026-12-25'), 1), 6);
  assert.equal(daysToQuarterEnd(on('2026-01-31'), 2), 0);
  assert.equal(daysToQuarterEnd(on('2024-02-27'), 3), 2);
});

test('only the last days are warned of', () => {
  assert.equal(quarterEndWarning(on('2026-02-10'), 1), null);
  assert.match(quarterEndWarning(on('2026-03-31'), 1)!, /ends today/);
  assert.match(quarterEndWarning(on('2026-03-30'), 1)!, /ends tomorrow/);
  assert.match(quarterEndWarning(on('2026-03-28'), 1)!, /in 3 days/);
});
