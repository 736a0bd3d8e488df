import type { Component } from '../metadata/component.ts';
import type { Stage, Waterfall } from '../model/waterfall.ts';
import { and, not, notBypassed, or, stageIs } from './formulas.ts';
import { FIELD, apiName } from './names.ts';
import { nurturingStages, stagesWithReasons } from './stage-reasons.ts';
import { oneOf } from './text.ts';
import { validationRule } from './validation-rule.ts';

const reasonRule = (stage: Stage): Component =>
  validationRule({
    name: `Waterfall_Reason_${apiName(stage.name)}`,
    description: `Asks for a reason of ${stage.name} on entering it. Off under the bypass permission.`,
    errorWhen: and(
      notBypassed,
      stageIs(stage.name),
      or('ISNEW()', 'ISCHANGED(StageName)', `ISCHANGED(${FIELD.stageReason})`),
      not(or(...stage.reasons.map((reason) => `ISPICKVAL(${FIELD.stageReason}, "${reason}")`))),
    ),
    showAt: FIELD.stageReason,
    message: `Give the reason for ${stage.name}. Choose ${oneOf(stage.reasons)}.`,
    source: stage.source,
  });

const nurtureRule = (stage: Stage): Component =>
  validationRule({
    name: `Waterfall_Nurture_${apiName(stage.name)}`,
    description: `Asks for a future date to come back on when entering ${stage.name}. Off under the bypass permission.`,
    errorWhen: and(
      notBypassed,
      stageIs(stage.name),
      or('ISNEW()', 'ISCHANGED(StageName)', `ISCHANGED(${FIELD.nurtureUntil})`),
      or(`ISBLANK(${FIELD.nurtureUntil})`, `${FIELD.nurtureUntil} <= TODAY()`),
    ),
    showAt: FIELD.nurtureUntil,
    message: `Say until when to nurture: ${stage.name} ends by itself on a day after today.`,
    source: stage.source,
  });

/** What entering a lost stage or a detour asks for, whoever moves the opportunity there. */
export const compileStageReasonRules = (waterfall: Waterfall): readonly Component[] => [
  ...stagesWithReasons(waterfall).map(reasonRule),
  ...nurturingStages(waterfall).map(nurtureRule),
];
