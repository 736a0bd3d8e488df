import type { StageDefinition } from 'c/waterfallStages';

const stage = (over: Partial<StageDefinition> & { name: string }): StageDefinition => ({
  dateField: `${over.name.replaceAll(' ', '_')}_Date__c`,
  kind: 'step',
  outcome: 'open',
  owner: 'Marketing',
  definition: `What ${over.name} means.`,
  entryRule: `When an opportunity enters ${over.name}.`,
  nextStep: '',
  sla: null,
  reasons: [],
  comesBack: false,
  responsible: 'Marketing',
  accountable: 'Head of Marketing',
  consulted: [],
  informed: ['Sales', 'RevOps'],
  ...over,
});

export const TYPE_FIELD = 'Opportunity.RecordType.DeveloperName';

/** A small waterfall: three open steps, two outcomes, two detours. */
export const STAGES: Readonly<Record<string, readonly StageDefinition[]>> = {
  Acquisition: [
    stage({ name: 'Targeted' }),
    stage({ name: 'Detected', sla: { amount: 24, unit: 'hours' } }),
    stage({ name: 'Engaged', nextStep: 'Call the champion.', sla: { amount: 5, unit: 'businessDays' } }),
    stage({ name: 'Closed Won', outcome: 'won' }),
    stage({ name: 'Closed Lost', outcome: 'lost', reasons: ['Price', 'No decision'] }),
    stage({ name: 'Recycled', kind: 'detour', reasons: ['Timing'], comesBack: true }),
    stage({ name: 'Disqualified', kind: 'detour', outcome: 'lost' }),
  ],
};
