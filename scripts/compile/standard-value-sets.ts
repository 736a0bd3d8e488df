import type { StandardValueSet } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';
import { allStages, type Stage, type Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { LIMIT } from './limits.ts';
import { shorten } from './text.ts';

type StandardValue = Authored<StandardValueSet['standardValue'][number]>;

const value = (name: string): StandardValue => ({ fullName: name, default: false, label: name });

const stageValue = (stage: Stage): StandardValue => ({
  ...value(stage.name),
  description: shorten(stage.definition, LIMIT.picklistValueDescription),
  closed: stage.outcome !== 'open',
  forecastCategory: stage.forecastCategory,
  probability: stage.probability,
  won: stage.outcome === 'won',
});

const valueSet = (name: string, values: readonly StandardValue[], source: string): readonly Component[] =>
  values.length === 0
    ? []
    : [define<StandardValueSet>('StandardValueSet', name, { sorted: false, standardValue: values }, source)];

/**
 * The values that the model needs in the standard value sets, and no others. Deploying a value set deactivates the
 * values that it does not list (Metadata API, CustomValue), so these are never deployed as they stand: the plan merges
 * them into what the org has.
 */
export const compileStandardValueSets = (waterfall: Waterfall): readonly Component[] => {
  const { opportunityTypes, buyingGroups, leads } = waterfall;
  const stages = allStages(waterfall);
  const typeValues = [...new Set(opportunityTypes.map(({ typeValue }) => typeValue))];
  return [
    ...valueSet(
      'ContactRole',
      buyingGroups.roles.map(({ name }) => value(name)),
      'buyingGroups.roles',
    ),
    ...valueSet(
      'LeadStatus',
      (leads?.statuses ?? []).map(({ name, converted }) => ({ ...value(name), converted })),
      'leads.statuses',
    ),
    ...valueSet('OpportunityStage', stages.map(stageValue), 'opportunityTypes'),
    ...valueSet('OpportunityType', typeValues.map(value), 'opportunityTypes'),
  ];
};
