import type { OpportunityType, Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { and, isOfType, not, notBypassed, or, stageIs, typeChanges } from './formulas.ts';
import { LIMIT } from './limits.ts';
import { apiName, recordTypeName } from './names.ts';
import { ANY_ORG } from './org-facts.ts';
import type { OrgFacts } from './org-facts.ts';
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
 * and changes of record type are not bound by it. A record type that was adopted keeps the stages it had: what creates
 * or moves its opportunities in them goes on working.
 */
export const compileStageOfTypeRules = (
  waterfall: Waterfall,
  { keptStages }: OrgFacts = ANY_ORG,
): readonly Component[] =>
  waterfall.opportunityTypes.map((type) => {
    const kept = keptStages[recordTypeName(type)] ?? [];
    const stages = new Set([...type.stages.map(({ name }) => name), ...kept]);
    return validationRule({
      name: `Waterfall_Stage_of_${apiName(type.label)}`,
      description:
        `Keeps ${type.label} opportunities in their own stages` +
        `${kept.length > 0 ? ' and in those that the record type had before' : ''}. Off under the bypass permission.`,
      errorWhen: and(
        notBypassed,
        isOfType(waterfall, type),
        or('ISNEW()', 'ISCHANGED(StageName)', typeChanges(waterfall)),
        not(or(...[...stages].map(stageIs))),
      ),
      showAt: 'StageName',
      message: message(type),
      source: type.source,
    });
  });
