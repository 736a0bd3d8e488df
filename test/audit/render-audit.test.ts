import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderAudit } from '../../scripts/audit/render-audit.ts';
import type { Finding } from '../../scripts/finding.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import { snapshotOf } from '../plan/snapshots.ts';

const finding = (severity: Finding['severity'], place: string, action: string): Finding => ({
  severity,
  code: 'X',
  message: `Something about ${place} that takes a long sentence to say, longer than fits beside its place on one line.`,
  place,
  action,
});

test('an audit is grouped by weight, fits a hundred columns, and asks for nothing where there is nothing to do', () => {
  const stages = [{ stage: 'Qualification', is: 'Qualified', adopt: false, confidence: 0.84, reason: 'usual synonym' }];
  const text = renderAudit(
    {
      findings: [
        finding('info', 'A', 'Nothing.'),
        finding('warning', 'B', 'Read it.'),
        finding('error', 'C', 'Mend it.'),
      ],
      mapping: { ...EMPTY_MAPPING, stages },
    },
    snapshotOf([]).identity,
    '66.0',
  );
  const lines = text.split('\n');
  assert.ok(lines.every((line) => line.length <= 100));
  assert.deepEqual(lines.filter((line) => /^[A-Z]/.test(line)).slice(1), [
    'What the org has',
    'To be settled before a deploy (1)',
    'Worth a look (1)',
    "What of the org's own may correspond to the model's",
  ]);
  assert.doesNotMatch(text, /Nothing/);
  assert.match(text, /Stages: Qualification = Qualified \(84 %\)/);
});
