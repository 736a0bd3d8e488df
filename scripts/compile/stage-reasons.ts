/** Which stages ask for a reason, and which of them an opportunity comes back from: what several parts are compiled from. */
import { allStages } from '../model/waterfall.ts';
import type { Stage, Waterfall } from '../model/waterfall.ts';

/** Stages whose entry asks for one of their reasons. */
export const stagesWithReasons = (waterfall: Waterfall): readonly Stage[] =>
  allStages(waterfall).filter(({ reasons }) => reasons.length > 0);

/** Every reason once, in the order of the stages. A lost renewal gives what it ends a reason of its own. */
export const allStageReasons = (waterfall: Waterfall): readonly string[] => {
  const reasons = stagesWithReasons(waterfall).flatMap((stage) => stage.reasons);
  const churn = waterfall.lostRenewal?.reason ?? null;
  return [...new Set([...reasons, ...(churn === null ? [] : [churn])])];
};

/** Open detours that end on a date. */
export const nurturingStages = (waterfall: Waterfall): readonly (Stage & { readonly comesBackTo: string })[] =>
  allStages(waterfall).flatMap((stage) =>
    stage.comesBackTo === null ? [] : [{ ...stage, comesBackTo: stage.comesBackTo }],
  );

export const hasStageSla = (waterfall: Waterfall): boolean => allStages(waterfall).some(({ sla }) => sla !== null);
