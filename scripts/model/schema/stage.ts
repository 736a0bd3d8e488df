import { z } from 'zod';
import { fieldName, GUIDANCE_MAX, name, REASON_MAX, revenueFunction, sla, STAGE_NAME_MAX, text } from './common.ts';

const raci = z.strictObject({
  responsible: text(60).describe('Who does the work in this stage.'),
  accountable: text(60).describe('Who answers for the result.'),
  consulted: z.array(text(60)).default([]),
  informed: z.array(text(60)).default([]),
});

export const stage = z.strictObject({
  name: name(STAGE_NAME_MAX).describe(
    'The stage as people see it: the picklist value and, with " Date" after it, the date field.',
  ),
  owner: revenueFunction.describe('The revenue function that owns an opportunity in this stage.'),
  kind: z
    .enum(['step', 'detour'])
    .default('step')
    .describe('A step lies on the path, a detour (Recycled, Disqualified) beside it.'),
  outcome: z.enum(['open', 'won', 'lost']).default('open'),
  probability: z.int().min(0).max(100),
  forecastCategory: z
    .enum(['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed'])
    .describe('The Metadata API value; Forecast is what the user interface calls Commit.'),
  definition: text(GUIDANCE_MAX).describe('What is true of an opportunity in this stage.'),
  entryRule: text(GUIDANCE_MAX).describe('What has to happen before an opportunity enters it, in words.'),
  nextStep: text(GUIDANCE_MAX).describe('What its owner does next.'),
  sla: sla.optional(),
  raci,
  requiredToLeave: z
    .array(fieldName)
    .default([])
    .describe('Opportunity fields that must be filled before it moves forward out of this stage.'),
  reasons: z
    .array(name(REASON_MAX))
    .default([])
    .describe('Entering this stage asks for one of these reasons: why it was lost, disqualified or recycled.'),
  comesBackTo: name(STAGE_NAME_MAX)
    .optional()
    .describe('Of an open detour: the stage into which it comes back on its "nurture until" date.'),
});

export const stageEntry = z.union([stage, name(STAGE_NAME_MAX)], {
  error: 'is neither a stage definition nor the name of a stage defined in sharedStages or another type',
});

export type RawStage = z.infer<typeof stage>;
