import type { OpportunityType, Waterfall } from '../model/waterfall.ts';
import type { Component } from './component.ts';
import { and, isOfType, not, notBypassed, or, stageIs, typeChanges } from './formulas.ts';
import { LIMIT } from './limits.ts';
import { apiName } from './names.ts';
import { oneOf } from './text.ts';
import { validationRule } from './validation-rule.ts';

const message = ({ label, stages }: OpportunityType): string => {
  const complete = `This stage does not belong to ${label}. Choose ${oneOf(stages.map(({ name }) => name))}.`;
  return complete.length <= LIMIT.errorMessage
    ? complete
    : `This stage does not belong to ${label}. Choose one of the stages on its path.`;
};

/**
 * Refuses a stage of another opportunity type. The sales process narrows what people can pick; imports, integrations
 * and changes of record type are not bound by it.
 */
export const compileStageOfTypeRules = (waterfall: Waterfall): readonly Component[] =>
  waterfall.opportunityTypes.map((type) =>
    validationRule({
      name: `Waterfall_Stage_of_${apiName(type.label)}`,
      description: `Keeps ${type.label} opportunities in their own stages. Off under the bypass permission.`,
      errorWhen: and(
        notBypassed,
        isOfType(waterfall, type),
        or('ISNEW()', 'ISCHANGED(StageName)', typeChanges(waterfall)),
        not(or(...type.stages.map(({ name }) => stageIs(name)))),
      ),
      showAt: 'StageName',
      message: message(type),
      source: type.source,
    }),
  );
