import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { openReview, readReview } from '../../scripts/backlog/review-file.ts';
import type { LeadMatch } from '../../scripts/matching/types.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'waterfall-review-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const id = (prefix: string, number: number): string => `${prefix}${String(number).padStart(12, '0')}AAA`;
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const lead = fc.record({
  name: text,
  company: text,
  email: text,
  country: text,
  account: text,
  decision: fc.constantFrom<LeadMatch['decision'][]>('match', 'review', 'none'),
  score: fc.integer({ min: 0, max: 100 }),
  reasons: fc.array(text, { maxLength: 3 }),
});

test('what is written is what is decided, whatever is in it and whatever separator comes back', () => {
  fc.assert(
    fc.property(fc.array(lead, { maxLength: 20 }), fc.constantFrom(',', ';', '\t'), (leads, separator) => {
      const review = openReview(path.join(folder, 'review.csv'));
      leads.forEach(({ account, decision, score, reasons, ...rest }, at) =>
        review.add(rest, {
          leadId: id('00Q', at),
          decision,
          score,
          reasons,
          account: { id: id('001', at), name: account },
          others: [],
        }),
      );
      review.close();
      if (separator !== ',') {
        // As a spreadsheet of another country saves it.
        const rows = readFileSync(review.file, 'utf8');
        writeFileSync(review.file, reseparated(rows, separator));
      }
      const { convert, open, left, findings } = readReview(review.file);
      rmSync(review.file);
      assert.deepEqual(findings, []);
      assert.deepEqual(
        convert.map(({ leadId, accountId }) => [leadId, accountId]),
        leads.flatMap(({ decision }, at) => (decision === 'match' ? [[id('00Q', at), id('001', at)]] : [])),
      );
      assert.deepEqual(
        [open, left],
        [
          leads.filter(({ decision }) => decision === 'review').length,
          leads.filter(({ decision }) => decision === 'none').length,
        ],
      );
    }),
    { numRuns: 60 },
  );
});

/** Values that hold any separator are in quotes already. */
function reseparated(csv: string, separator: string): string {
  let quoted = false;
  return Array.from(csv)
    .map((letter) => {
      if (letter === '"') quoted = !quoted;
      return letter === ',' && !quoted ? separator : letter;
    })
    .join('');
}
