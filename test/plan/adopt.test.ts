import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadWaterfall } from '../../scripts/commands/load-waterfall.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import { recordTypeName } from '../../scripts/compile/names.ts';
import { allStages } from '../../scripts/model/waterfall.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { adopt } from '../../scripts/plan/adopt.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import type { Mapping } from '../../scripts/plan/mapping.ts';

let waterfall: Waterfall;
before(async () => {
  waterfall = await loadWaterfall(undefined, PROJECT_FOLDER);
});

const stage = (name: string, more: object = {}) => ({
  name,
  active: true,
  closed: false,
  won: false,
  probability: 42,
  sortOrder: 1,
  ...more,
});
const org = {
  recordTypes: [
    { id: '012000000000001AAA', developerName: 'New_Business', name: 'New Business', active: true },
    { id: '012000000000002AAA', developerName: 'NB2', name: 'New business (EMEA)', active: true },
  ],
  stages: [stage('Needs Analysis'), stage('Proposal/Price Quote'), stage('Signed', { closed: true, won: true })],
};
const mapped = (mapping: Partial<Mapping>) => adopt(waterfall, { ...EMPTY_MAPPING, ...mapping }, org);

test('an empty mapping changes nothing', () => {
  assert.deepEqual(mapped({}), { waterfall, findings: [] });
});

test('an adopted record type gives its developer name to everything compiled', () => {
  for (const name of ['New_Business', 'NB2']) {
    const { waterfall: after, findings } = mapped({
      recordTypes: [{ recordType: name, is: 'acquisition', adopt: true }],
    });
    assert.deepEqual(findings, []);
    assert.equal(recordTypeName(after.opportunityTypes.find(({ key }) => key === 'acquisition')!), name);
  }
});

test('an adopted stage takes the name and probability of the org wherever the model names it', () => {
  const { waterfall: after, findings } = mapped({
    stages: [{ stage: 'Needs Analysis', is: 'Discovery', adopt: true }],
  });
  assert.deepEqual(findings, []);
  assert.equal(allStages(after).find(({ name }) => name === 'Needs Analysis')?.probability, 42);
  assert.doesNotMatch(
    JSON.stringify([
      after.promotions,
      after.closedWon.map((rule) => rule.stage),
      after.handshakes.map((rule) => rule.stage),
    ]),
    /"Discovery"/,
  );
});

test('what cannot be adopted is refused by name', () => {
  const codes = (mapping: Partial<Mapping>): readonly string[] => mapped(mapping).findings.map(({ code }) => code);
  const one = (stageName: string, is: string) => ({ stages: [{ stage: stageName, is, adopt: true }] });
  assert.deepEqual(codes(one('Proposal/Price Quote', 'Proposal')), ['MAPPING_STAGE_NAME']);
  assert.deepEqual(codes(one('Signed', 'Discovery')), ['MAPPING_STAGE_OUTCOME']);
  assert.deepEqual(codes(one('Nowhere', 'Discovery')), ['MAPPING_STAGE_UNKNOWN']);
  assert.deepEqual(codes({ recordTypes: [{ recordType: 'Nowhere', is: 'renewal', adopt: true }] }), [
    'MAPPING_RECORD_TYPE_UNKNOWN',
  ]);
  assert.deepEqual(codes({ recordTypes: [{ recordType: 'NB2', is: 'nothing', adopt: true }] }), [
    'MAPPING_TYPE_UNKNOWN',
  ]);
});
