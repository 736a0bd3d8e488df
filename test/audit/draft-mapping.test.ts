import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { draftMapping } from '../../scripts/audit/draft-mapping.ts';
import { loadWaterfall } from '../../scripts/commands/load-waterfall.ts';
import {
  findMapping,
  mappingPath,
  parseMapping,
  readMapping,
  writeMapping,
} from '../../scripts/commands/mapping-file.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import type { OpportunityCount, StageRow } from '../../scripts/org/snapshot.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import { component } from '../apply/fake-org.ts';
import { snapshotOf } from '../plan/snapshots.ts';
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

let waterfall: Waterfall;
before(async () => {
  waterfall = await loadWaterfall(undefined, PROJECT_FOLDER);
});

/** The standard stages of a new org, in order: name, probability. */
const STANDARD: readonly (readonly [string, number])[] = [
  ['Prospecting', 10],
  ['Qualification', 10],
  ['Needs Analysis', 20],
  ['Value Proposition', 50],
  ['Id. Decision Makers', 60],
  ['Perception Analysis', 70],
  ['Proposal/Price Quote', 75],
  ['Negotiation/Review', 90],
  ['Closed Won', 100],
  ['Closed Lost', 0],
];
const stages: readonly StageRow[] = STANDARD.map(([name, probability], index) => ({
  name,
  probability,
  active: true,
  closed: name.startsWith('Closed'),
  won: name === 'Closed Won',
  sortOrder: index,
}));
const recordType = (developerName: string) => ({ id: developerName, developerName, name: developerName, active: true });

test("a new org's stages correspond as one would say", () => {
  const drafted = new Map(
    draftMapping(waterfall, snapshotOf([], { stages })).stages.map(({ stage, is }) => [stage, is]),
  );
  assert.equal(drafted.get('Qualification'), 'Qualified');
  assert.equal(drafted.get('Needs Analysis'), 'Discovery');
  assert.equal(drafted.get('Proposal/Price Quote'), 'Proposal');
  assert.equal(drafted.get('Negotiation/Review'), 'Negotiation');
  assert.equal(drafted.has('Closed Won'), false, 'a stage of the same name is shared already');
});

test('a closed stage never corresponds to an open one, whatever its name', () => {
  const closed = [{ ...stages[6]!, closed: true }];
  const { stages: drafted } = draftMapping(waterfall, snapshotOf([], { stages: closed }));
  assert.ok(drafted.every(({ is }) => is !== 'Proposal'));
});

test('a record type corresponds by its name, or by the Type of its records', () => {
  const counts: readonly OpportunityCount[] = [
    { stage: 'Prospecting', type: 'New Customer', recordType: 'X17', count: 90 },
    { stage: 'Prospecting', type: 'Other', recordType: 'X17', count: 10 },
  ];
  const drafted = draftMapping(
    waterfall,
    snapshotOf([], { recordTypes: [recordType('Contract_Renewal'), recordType('X17'), recordType('Z99')], counts }),
  ).recordTypes;
  assert.deepEqual(
    drafted.map(({ recordType: name, is, adopt }) => [name, is, adopt]),
    [
      ['Contract_Renewal', 'renewal', false],
      ['X17', 'acquisition', false],
    ],
  );
  assert.match(drafted[1]!.reason!, /90 % of its 100 opportunities/);
});

test('the drafted file reads back as it was written', () => {
  const mapping = draftMapping(waterfall, snapshotOf([], { stages }));
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'waterfall-mapping-')), 'org.yaml');
  writeMapping(file, mapping, '00D000000000001EAA');
  assert.deepEqual(parseMapping(readFileSync(file, 'utf8'), file), mapping);
});

test('what is ours already is not drafted; a record type of the org that only has our name is', () => {
  const renewal = (businessProcess: string) =>
    draftMapping(
      waterfall,
      snapshotOf([component('RecordType', 'Opportunity.Renewal', { businessProcess })], {
        stages: [{ ...stages[0]!, name: 'Targeted' }],
        recordTypes: [recordType('Renewal')],
      }),
    );
  assert.deepEqual(renewal('Waterfall Renewal'), { ...EMPTY_MAPPING, recordTypes: [], stages: [] });
  assert.deepEqual(
    renewal('Old Renewals').recordTypes.map(({ recordType: name, is }) => [name, is]),
    [['Renewal', 'renewal']],
  );
});

test("an org's mapping file is found by its name or by its org, is never another org's, and is never overwritten", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'waterfall-mapping-'));
  const org = { target: 'my-org', orgId: '00D000000000001EAA' };
  assert.equal(findMapping(folder, org.target, org.orgId), null);
  const file = mappingPath(folder, org.target);
  writeMapping(file, { ...EMPTY_MAPPING, assign: 'nobody' }, org.orgId);
  assert.equal(readMapping(folder, org).assign, 'nobody');
  assert.equal(readMapping(folder, { ...org, target: 'admin@fake.test' }).assign, 'nobody', 'named by username');
  assert.equal(readMapping(folder, { target: 'other', orgId: '00D000000000002EAA' }).assign, 'runningUser');
  assert.throws(() => readMapping(folder, { ...org, orgId: '00D000000000002EAA' }), /another org/);
  assert.throws(() => writeMapping(file, EMPTY_MAPPING, org.orgId), /EEXIST/);
});
