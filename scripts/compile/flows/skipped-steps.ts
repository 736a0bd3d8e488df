/** The policy `fill`: steps that were jumped over get the date of the stage that was jumped to. */
import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import type { OpportunityType, Stage, Waterfall } from '../../model/waterfall.ts';
import { allStages } from '../../model/waterfall.ts';
import { apiName, stageDateField } from '../names.ts';
import { formula } from './elements.ts';
import { STAGE_TEXT, and, anyOf, merge, quoted, record, stageIsOneOf, typeIs } from './formula-text.ts';
import { filledDate } from './stamped-date.ts';

const PRESENT_STAGE_DATE = 'Present_Stage_Date';

const isStep = (stage: Stage): boolean => stage.kind === 'step' && stage.outcome === 'open';

/** Stages that lie behind a step on its type's path. Lost and detours do not: nobody passes a step by leaving the path. */
const behind = (type: OpportunityType, step: Stage): readonly string[] => {
  const at = type.stages.findIndex((stage) => stage.name === step.name);
  return at < 0
    ? []
    : type.stages
        .filter((stage, index) => (index > at && isStep(stage)) || stage.outcome === 'won')
        .map((stage) => stage.name);
};

const stepsToFill = (waterfall: Waterfall): readonly Stage[] =>
  waterfall.stageDates.skipped === 'fill'
    ? allStages(waterfall).filter(
        (stage) => isStep(stage) && waterfall.opportunityTypes.some((type) => behind(type, stage).length > 0),
      )
    : [];

const formulaName = (stage: Stage): string => `Filled_Date_of_${apiName(stage.name)}`;

/** What the flow assigns; empty under the policy `blank`. */
export const fillSteps = (waterfall: Waterfall): readonly { readonly field: string; readonly formulaName: string }[] =>
  stepsToFill(waterfall).map((stage) => ({ field: stageDateField(stage.name), formulaName: formulaName(stage) }));

/** Read after the present stage was stamped: a flow evaluates a formula whenever something refers to it. */
const presentStageDate = (waterfall: Waterfall): Authored<FlowFormula> => {
  const reached = allStages(waterfall).filter((stage) => isStep(stage) || stage.outcome === 'won');
  const cases = reached.map((stage) => `${quoted(stage.name)}, ${record(stageDateField(stage.name))}`);
  return formula(
    PRESENT_STAGE_DATE,
    'Date',
    'The date of the stage that the record is in, when that stage lies on the path.',
    `CASE(${[STAGE_TEXT, ...cases, merge('$Flow.CurrentDate')].join(', ')})`,
  );
};

export const fillFormulas = (waterfall: Waterfall): readonly Authored<FlowFormula>[] => {
  const steps = stepsToFill(waterfall);
  return steps.length === 0
    ? []
    : [
        presentStageDate(waterfall),
        ...steps.map((stage) => {
          const jumpedOver = waterfall.opportunityTypes
            .map((type) => ({ type, later: behind(type, stage) }))
            .filter(({ later }) => later.length > 0)
            .map(({ type, later }) => and(typeIs(waterfall, type), stageIsOneOf(later)));
          return filledDate(
            { formulaName: formulaName(stage), name: stage.name, kind: 'stage', field: stageDateField(stage.name) },
            anyOf(jumpedOver),
            PRESENT_STAGE_DATE,
          );
        }),
      ];
};
