/** Which opportunities automation may create from an account, a signal or a lead. */
import { keepsBuyingGroups } from '../../buying-groups/full-group.ts';
import type { CreatedBy, OpportunityType, Waterfall } from '../../../model/waterfall.ts';

/** What a person or an account can bring about; `Created_By` of {@link FLOW.joinGroup} takes the first two. */
export type Cause = Extract<CreatedBy, 'signal' | 'lead' | 'targetedAccount'>;

export const createdBy = (waterfall: Waterfall, cause: Cause): readonly OpportunityType[] =>
  waterfall.opportunityTypes.filter(({ creation }) => creation.by.includes(cause));

/**
 * Types that joining may create: what a customer or a newcomer can buy. A renewal is made by the win before it, never by a signal.
 */
export const createdByJoining = (waterfall: Waterfall): readonly OpportunityType[] =>
  waterfall.opportunityTypes.filter(
    ({ key, creation }) => key !== 'renewal' && (creation.by.includes('signal') || creation.by.includes('lead')),
  );

/** The type that targeting an account for a solution creates: acquisition, or whatever the model has in its place. */
export const targetedType = (waterfall: Waterfall): OpportunityType | undefined => {
  if (!joins(waterfall)) return undefined;
  const types = createdBy(waterfall, 'targetedAccount');
  return types.find(({ key }) => key === 'acquisition') ?? types[0];
};

/**
 * A signal is interest of somebody in a solution, and makes that person a member of its buying group. Every solution of a model that was
 * loaded names a buying group with roles (`MODEL_UNKNOWN_BUYING_GROUP`), so that the one is never there without the other.
 */
export const joins = (waterfall: Waterfall): boolean => waterfall.solutions.length > 0 && keepsBuyingGroups(waterfall);

/**
 * Whether automation opens opportunities for an account and a solution, from signals, leads, targeted accounts or as cross-sells of a win,
 * so that they need a key.
 */
export const opens = (waterfall: Waterfall): boolean =>
  waterfall.solutions.length > 0 &&
  ((joins(waterfall) && createdByJoining(waterfall).length > 0) ||
    targetedType(waterfall) !== undefined ||
    waterfall.closedWon.some(({ creates }) => creates === 'crossSell'));
