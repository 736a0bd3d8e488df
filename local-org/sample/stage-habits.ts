/** How the sample company's sellers used their stages before anybody put order into it. */

/** The open stages in picklist order: the platform's, and two of the company's own (Technical Validation, Legal Review). */
export const OPEN_PATH = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Id. Decision Makers',
  'Technical Validation',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Legal Review',
  'Negotiation/Review',
] as const;

export type OpenStage = (typeof OPEN_PATH)[number];

/** Stages that sellers jump over, and how often. */
export const SKIP_CHANCE: Readonly<Partial<Record<OpenStage, number>>> = {
  'Value Proposition': 0.35,
  'Id. Decision Makers': 0.45,
  'Technical Validation': 0.55,
  'Perception Analysis': 0.7,
  'Legal Review': 0.5,
};

/** Median days in a stage. */
export const DAYS_IN_STAGE: Readonly<Record<OpenStage, number>> = {
  Prospecting: 14,
  Qualification: 9,
  'Needs Analysis': 16,
  'Value Proposition': 10,
  'Id. Decision Makers': 8,
  'Technical Validation': 13,
  'Perception Analysis': 7,
  'Proposal/Price Quote': 15,
  'Legal Review': 9,
  'Negotiation/Review': 12,
};

/** Chance that an opportunity is lost while it is in a stage, before it moves on. */
export const LOSS_CHANCE: Readonly<Record<OpenStage, number>> = {
  Prospecting: 0.16,
  Qualification: 0.15,
  'Needs Analysis': 0.1,
  'Value Proposition': 0.05,
  'Id. Decision Makers': 0.04,
  'Technical Validation': 0.04,
  'Perception Analysis': 0.03,
  'Proposal/Price Quote': 0.12,
  'Legal Review': 0.04,
  'Negotiation/Review': 0.1,
};

export const CHANCE = {
  /** A stage is left backward instead of forward. */
  regression: 0.05,
  /** A closed opportunity is opened again. */
  reopened: 0.03,
  /** The close date is pushed when a stage is entered. */
  closeDatePush: 0.3,
  amountChange: 0.18,
  /** Nobody touches it any more; it stays open. */
  forgotten: 0.04,
} as const;
