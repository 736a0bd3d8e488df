import { keepsBuyingGroups } from '../buying-groups/full-group.ts';
import type { LeadStatus, Waterfall } from '../../model/waterfall.ts';

/** Whether the org converts leads by itself, at whatever moment. */
export const convertsLeads = ({ leads }: Waterfall): boolean => leads !== null && leads.convert.when !== 'never';

/** The lead statuses that have a date; none where the organisation runs no lead funnel. */
export const datedStatuses = ({ leads }: Waterfall): readonly LeadStatus[] => leads?.statuses ?? [];

/** Whether a converted lead, by whomever, belongs to an opportunity. */
export const joinsAfterConversion = (waterfall: Waterfall): boolean => leadsNameSolutions(waterfall);

/** Whether leads say what they are about, so that one can belong to an opportunity. */
export const leadsNameSolutions = ({ leads, solutions }: Waterfall): boolean => leads !== null && solutions.length > 0;

/** Whether the score of a lead counts for something: an opportunity with a buying group, found by the solution. */
export const countsLeadScores = (waterfall: Waterfall): boolean =>
  leadsNameSolutions(waterfall) && keepsBuyingGroups(waterfall);

/**
 * The solution of a lead that names none: the one that the model says, or the only one there is. Null where that is left to what the
 * account has open.
 */
export const solutionOfUnnamed = (waterfall: Waterfall): string | null => {
  const { leads, solutions } = waterfall;
  if (leads === null) return null;
  if (leads.noSolution.then === 'solution') return leads.noSolution.solution;
  return solutions.length === 1 ? solutions[0]!.name : null;
};

/** Whether a converted lead may have to find its opportunity without a solution. */
export const joinsWithoutSolution = (waterfall: Waterfall): boolean =>
  joinsAfterConversion(waterfall) && solutionOfUnnamed(waterfall) === null;

/** Whether opportunities get the dates of the lead statuses: their buying groups tell which leads are theirs. */
export const carriesStatusDates = (waterfall: Waterfall): boolean =>
  datedStatuses(waterfall).length > 0 && joinsAfterConversion(waterfall) && keepsBuyingGroups(waterfall);
