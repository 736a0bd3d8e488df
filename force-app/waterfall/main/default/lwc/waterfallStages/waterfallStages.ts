// Compiled from config/waterfall.yaml by `npm run compile`; edits here are overwritten.

export interface StageDefinition {
  readonly name: string;
  readonly dateField: string;
  readonly kind: 'step' | 'detour';
  readonly outcome: 'open' | 'won' | 'lost';
  readonly owner: string;
  readonly definition: string;
  readonly entryRule: string;
  readonly nextStep: string;
  readonly sla: { readonly amount: number; readonly unit: 'hours' | 'businessDays' } | null;
  readonly responsible: string;
  readonly accountable: string;
  readonly consulted: readonly string[];
  readonly informed: readonly string[];
}

/** The stages of each opportunity type in path order, by the developer name of its record type. */
export const STAGES: Readonly<Record<string, readonly StageDefinition[]>> = {
  Acquisition: [
    {
      name: 'Targeted',
      dateField: 'Targeted_Date__c',
      kind: 'step',
      outcome: 'open',
      owner: 'Marketing',
      definition: 'An account on the target list with a need for the solution.',
      entryRule: 'The account is on the target list.',
      nextStep: 'Watch for signals.',
      sla: null,
      responsible: 'Marketing',
      accountable: 'Head of Marketing',
      consulted: [],
      informed: ['Sales'],
    },
    {
      name: 'Closed Won',
      dateField: 'Closed_Won_Date__c',
      kind: 'step',
      outcome: 'won',
      owner: 'Sales',
      definition: 'The customer signed.',
      entryRule: 'A signed order form.',
      nextStep: 'Hand over to customer success.',
      sla: { amount: 2, unit: 'businessDays' },
      responsible: 'Account executive',
      accountable: 'Head of Sales',
      consulted: [],
      informed: ['Customer success'],
    },
  ],
};
