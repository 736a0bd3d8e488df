import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { loadModel } from '../../../scripts/model/load-model.ts';
import type { ClosedWonRule, Leads, Waterfall } from '../../../scripts/model/waterfall.ts';

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
    ['handshakes by field, escalated to a role', withOtherHandshakes(standard)],
    ['SLA in hours', withSla(standard, { amount: 4, unit: 'hours' })],
    ['two renewal rules', withTwoRenewalRules(standard)],
    ['a lead funnel', withLeadFunnel(standard, 'blank')],
    ['a lead funnel, filled', withLeadFunnel({ ...standard, solutions: [] }, 'fill')],
    ['no leads', { ...standard, leads: null }],
    ['leads without a solution ignored', withUnnamed(standard, { then: 'ignore' })],
    ['leads without a solution given one', withUnnamed(standard, { then: 'solution', solution: 'Analytics' })],
    ['all at the win', withDelay(standard, () => 0)],
    ['renewals later, upsells at once or later', withDelays(standard)],
    ['one solution ends, products go along everywhere', withOtherCopies(standard)],
    ['created by people', withCreation(standard, { by: ['person'] })],
    ['no handshakes', { ...standard, handshakes: [] }],
    ['nobody to recycle to', withCreation({ ...standard, handshakes: [] }, { ownerChain: [] })],
    ['owner chains', withCreation(standard, { ownerChain: ['Account_Manager__c', 'Customer_Success_Owner__c'] })],
  ]);
};

const withCreation = (
  waterfall: Waterfall,
  creation: Partial<Waterfall['opportunityTypes'][number]['creation']>,
): Waterfall => ({
  ...waterfall,
  opportunityTypes: waterfall.opportunityTypes.map((type) => ({
    ...type,
    creation: { ...type.creation, ...creation },
  })),
});

const withOtherHandshakes = (waterfall: Waterfall): Waterfall => ({
  ...waterfall,
  handshakes: waterfall.handshakes.map((rule, index) => ({
    ...rule,
    assignment: { by: 'accountField', value: index === 0 ? 'OwnerId' : 'Account_Executive__c' },
    onAccept: { makeOwner: false },
    onSilence: { ...rule.onSilence, escalateTo: 'accountable' },
  })),
});

const withSla = (waterfall: Waterfall, sla: { amount: number; unit: 'hours' } | null): Waterfall => ({
  ...waterfall,
  opportunityTypes: waterfall.opportunityTypes.map((type) => ({
    ...type,
    stages: type.stages.map((stage) => ({ ...stage, sla })),
  })),
});

/** Statuses with dates, converted on one of them, accounts created, and no way of matching like the default's. */
const withLeadFunnel = (waterfall: Waterfall, skipped: 'blank' | 'fill'): Waterfall => ({
  ...waterfall,
  stageDates: { reentry: 'latest', skipped },
  leads: {
    ...waterfall.leads!,
    matchBy: ['website', 'companyNameAndCountry'],
    tieBreakers: skipped === 'fill' ? [] : ['biggest'],
    noMatch: 'createAccount',
    convert: { when: 'status', status: 'Accepted' },
    statuses: ['Known', 'Marketing Qualified', 'Accepted', 'Converted to Contact'].map((name, index) => ({
      name,
      converted: index === 3,
      source: `leads.statuses[${String(index)}]`,
    })),
  },
});

const withUnnamed = (waterfall: Waterfall, noSolution: Leads['noSolution']): Waterfall => ({
  ...waterfall,
  leads: { ...waterfall.leads!, noSolution },
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

const withDelay = (waterfall: Waterfall, days: (rule: ClosedWonRule) => number): Waterfall => ({
  ...waterfall,
  closedWon: waterfall.closedWon.map((rule) => ({ ...rule, delayDays: days(rule) })),
});

const withDelays = (waterfall: Waterfall): Waterfall => {
  const delayed = withDelay(waterfall, ({ creates }) => (creates === 'renewal' ? 30 : 10));
  const upsell = delayed.closedWon.find(({ creates }) => creates === 'upsell');
  assert.ok(upsell);
  return {
    ...delayed,
    closedWon: [
      ...delayed.closedWon.filter((rule) => rule !== upsell),
      { ...upsell, name: 'At once', from: ['acquisition'], delayDays: 0 },
      { ...upsell, name: 'Later', from: ['renewal'], delayDays: 20 },
    ],
  };
};

const withOtherCopies = (waterfall: Waterfall): Waterfall => ({
  ...waterfall,
  closedWon: waterfall.closedWon.map((rule, index) => ({
    ...rule,
    delayDays: 0,
    copies: ['products', 'solution', 'contractDates', ...(index === 0 ? (['buyingGroup'] as const) : [])],
  })),
  lostRenewal: waterfall.lostRenewal && { ...waterfall.lostRenewal, scope: 'solution' },
});
