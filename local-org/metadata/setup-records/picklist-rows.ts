import { textOf } from '../text-of.ts';
import type { Row } from '../../data/types.ts';
import type { MetadataReader } from '../types.ts';
import { auditOf, text, type RowMaker } from './row-maker.ts';

type Value = Readonly<Record<string, unknown>>;

/** ForecastCategory's API values and labels: Object Reference, OpportunityStage. */
const FORECAST_LABELS: Readonly<Record<string, string>> = {
  Omitted: 'Omitted',
  Pipeline: 'Pipeline',
  BestCase: 'Best Case',
  MostLikely: 'Most Likely',
  Forecast: 'Commit',
  Closed: 'Closed',
};

const valuesOf = (metadata: MetadataReader, set: string): readonly Value[] =>
  (metadata.get('StandardValueSet', set)?.metadata.standardValue ?? []) as readonly Value[];

/** Every stage, inactive ones included: "retained for historical purposes" (Object Reference, OpportunityStage). */
export const opportunityStageRows: RowMaker = ({ metadata, ids }) => {
  const component = metadata.get('StandardValueSet', 'OpportunityStage');
  if (!component) return [];
  return valuesOf(metadata, 'OpportunityStage').map((value, index): Row => {
    const name = String(value.fullName);
    const category = textOf(value.forecastCategory, 'Pipeline');
    return {
      Id: ids.idOf('OpportunityStage', '01J', name),
      ApiName: name,
      MasterLabel: text(value.label) ?? name,
      DefaultProbability: Number(value.probability ?? 0),
      Description: text(value.description),
      ForecastCategory: category,
      ForecastCategoryName: FORECAST_LABELS[category] ?? category,
      IsActive: value.isActive !== false,
      IsClosed: value.closed === true,
      IsWon: value.won === true,
      SortOrder: index + 1,
      ...auditOf(component),
    };
  });
};

export const leadStatusRows: RowMaker = ({ metadata, ids }) => {
  const component = metadata.get('StandardValueSet', 'LeadStatus');
  if (!component) return [];
  return valuesOf(metadata, 'LeadStatus')
    .filter((value) => value.isActive !== false)
    .map((value, index): Row => {
      const name = String(value.fullName);
      return {
        // Both objects have the key prefix 01J: a number space of their own keeps their ids apart.
        Id: ids.idOf('OpportunityStage', '01J', `LeadStatus ${name}`),
        ApiName: name,
        MasterLabel: text(value.label) ?? name,
        IsConverted: value.converted === true,
        IsDefault: value.default === true,
        SortOrder: index + 1,
        ...auditOf(component),
      };
    });
};
