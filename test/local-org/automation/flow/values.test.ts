import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shown, shownFields } from '../../../../local-org/automation/flow/values.ts';

test('the log names the first items of a long collection', () => {
  assert.equal(shown([1, 2, 3, 4, 5]), '[1, 2, 3, 4, 5]');
  assert.equal(shown(Array.from({ length: 2000 }, (_, n) => n)), '[0, 1, 2, 3, 4, … 1995 more]');
});

test('the log names the fields that are set, long texts cut', () => {
  assert.equal(
    shownFields({ Id: '006', NextStep: 'Call', Amount: 5, Site: null }),
    ' (NextStep = "Call", Amount = 5, Site = null)',
  );
  assert.equal(shownFields({ Id: '006' }), '');
  assert.equal(shownFields({ Description: 'x'.repeat(200) }), ` (Description = "${'x'.repeat(80)}…")`);
});
