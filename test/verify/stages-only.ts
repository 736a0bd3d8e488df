import type { Waterfall } from '../../scripts/model/waterfall.ts';

/** A model without what spans several records: stages, their dates and the renewal. The double of an org plays these alone. */
export const stagesOnly = (waterfall: Waterfall): Waterfall => ({
  ...waterfall,
  opportunityTypes: waterfall.opportunityTypes.map((type) => ({
    ...type,
    creation: { ...type.creation, by: ['person', 'closedWon'] },
    stages: type.stages.map((stage) => ({ ...stage, reasons: [], comesBackTo: null })),
  })),
  closedWon: waterfall.closedWon
    .filter(({ creates }) => creates === 'renewal')
    .map((rule) => ({ ...rule, copies: rule.copies.filter((what) => what === 'contractDates') })),
  promotions: [],
  handshakes: [],
  lostRenewal: null,
  buyingGroups: { roles: [], groups: [], coverageCounts: 'all', defaultRole: null },
  solutions: [],
  leads: null,
});
