/** Which stages of a type a scenario walks through, and what a record needs to do so. */
import { FIELD, stageDateField } from '../../compile/names.ts';
import type { OpportunityType, Stage } from '../../model/waterfall.ts';
import type { Values } from './scenario.ts';

export const openSteps = (type: OpportunityType): readonly Stage[] =>
  type.stages.filter((stage) => stage.kind === 'step' && stage.outcome === 'open');

/** The model's checks see to it that every type has an open step and a won stage. */
const present = (stage: Stage | undefined, type: OpportunityType, what: string): Stage => {
  if (!stage) throw new Error(`${type.label} has no ${what}: the model was not checked.`);
  return stage;
};

export const firstStep = (type: OpportunityType): Stage => present(openSteps(type)[0], type, 'open step');
export const lastStep = (type: OpportunityType): Stage => present(openSteps(type).at(-1), type, 'open step');

export const wonStage = (type: OpportunityType): Stage =>
  present(
    type.stages.find((stage) => stage.outcome === 'won'),
    type,
    'won stage',
  );

/** Days long past, one per step of an imported history; no stamp of today can be mistaken for one. */
export const pastDate = (index: number): string => `2024-${String(index + 1).padStart(2, '0')}-15`;
export const PAST_MOMENT = '2024-01-15T09:30:00.000Z';

/** How long a nurtured opportunity rests; it comes back long after the test is over. */
const NURTURE_DAYS = 90;

/** What a record needs to be in the stage: a reason and a date where the stage asks for them. */
export const inStage = (stage: Stage): Values => {
  const [reason] = stage.reasons;
  return {
    StageName: stage.name,
    ...(reason !== undefined && { [FIELD.stageReason]: reason }),
    ...(stage.comesBackTo !== null && { [FIELD.nurtureUntil]: { daysAfterToday: NURTURE_DAYS } }),
  };
};

/** A new record of the type in the stage, with whatever its stages ask for before they are left. */
export const born = (type: OpportunityType, stage: Stage, more: Values = {}): Values => ({
  ...Object.fromEntries(
    type.stages.flatMap((each) => each.requiredToLeave.map((name) => [name, { anythingFor: name }] as const)),
  ),
  ...inStage(stage),
  RecordType: { typeOf: type.key },
  [FIELD.key]: { ownKey: true },
  ...more,
});

export const dated = (stages: readonly Stage[]): Values =>
  Object.fromEntries(stages.map((stage, index) => [stageDateField(stage.name), pastDate(index)]));
