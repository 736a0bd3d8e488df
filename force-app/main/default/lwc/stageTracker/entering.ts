import type { StageDefinition } from 'c/waterfallStages';

/** API names; there only where a stage asks for them, so that they cannot be imported from the schema. */
const REASON_FIELD = 'Stage_Reason__c';
const NURTURE_FIELD = 'Nurture_Until__c';

/** What has been filled in for the stage that the opportunity is about to enter. */
export interface Given {
  readonly reason: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly nurtureUntil: string | undefined;
}

/** Whether everything is there that the stage asks for. Validation rules have the last word. */
export const isComplete = (stage: StageDefinition, { reason, nurtureUntil }: Given): boolean =>
  (stage.reasons.length === 0 || Boolean(reason)) && (!stage.comesBack || Boolean(nurtureUntil));

/** The fields to save with the stage. */
export const enteringFields = (stage: StageDefinition, { reason, nurtureUntil }: Given): Record<string, string> => ({
  ...(stage.reasons.length > 0 && reason && { [REASON_FIELD]: reason }),
  ...(stage.comesBack && nurtureUntil && { [NURTURE_FIELD]: nurtureUntil }),
});
