import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { loadModel } from '../../../scripts/model/load-model.ts';
import type { Waterfall } from '../../../scripts/model/waterfall.ts';

export const defaultModel = async (): Promise<Waterfall> => {
  const { waterfall } = await loadModel(fileURLToPath(new URL('../../../config/waterfall.yaml', import.meta.url)));
  assert.ok(waterfall, 'config/waterfall.yaml has errors');
  return waterfall;
};

/** The default model with other choices, one for each branch that the compiler of flows takes. */
export const variants = async (): Promise<ReadonlyMap<string, Waterfall>> => {
  const standard = await defaultModel();
  return new Map<string, Waterfall>([
    ['default', standard],
    ['latest', { ...standard, stageDates: { reentry: 'latest', skipped: 'blank' } }],
    ['filled', { ...standard, stageDates: { reentry: 'first', skipped: 'fill' } }],
    ['latest and filled', { ...standard, stageDates: { reentry: 'latest', skipped: 'fill' } }],
    ['type field', { ...standard, typeCarrier: 'typeField' }],
    ['no solutions', { ...standard, solutions: [] }],
    ['no SLA', withSla(standard, null)],
    ['SLA in hours', withSla(standard, { amount: 4, unit: 'hours' })],
    ['two renewal rules', withTwoRenewalRules(standard)],
  ]);
};

const withSla = (waterfall: Waterfall, sla: { amount: number; unit: 'hours' } | null): Waterfall => ({
  ...waterfall,
  opportunityTypes: waterfall.opportunityTypes.map((type) => ({
    ...type,
    stages: type.stages.map((stage) => ({ ...stage, sla })),
  })),
});

const withTwoRenewalRules = (waterfall: Waterfall): Waterfall => {
  const [rule, ...others] = waterfall.closedWon;
  assert.ok(rule?.creates === 'renewal');
  return {
    ...waterfall,
    closedWon: [
      { ...rule, from: ['acquisition'] },
      {
        ...rule,
        from: ['renewal'],
        closeDate: { from: 'daysAfterWin', days: 300 },
        amount: { from: 'none', upliftPercent: 0 },
        ownerChain: ['Account_Manager__c', 'OwnerId'],
        copies: [],
      },
      ...others,
    ],
  };
};
