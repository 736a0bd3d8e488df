import { allStages } from '../../model/waterfall.ts';
import { finding } from '../facts.ts';
import type { AuditFacts, Check } from '../facts.ts';

const fieldOf = ({ snapshot }: AuditFacts, object: string, name: string) =>
  snapshot.describe[object]?.fields.find((field) => field.name === name);

/** The field is there in orgs with multiple currencies only: https://help.salesforce.com/s/articleView?id=sf.admin_currency.htm */
export const multiCurrency: Check = (facts) =>
  fieldOf(facts, 'Opportunity', 'CurrencyIsoCode')
    ? [
        finding(
          'info',
          'AUDIT_MULTI_CURRENCY',
          'Opportunity.CurrencyIsoCode',
          'The org uses several currencies; a renewal takes over that of the won opportunity, since the plan adds it to the renewal flow.',
          'Nothing.',
        ),
      ]
    : [];

/** The field is there in orgs with person accounts only: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_account.htm */
export const personAccounts: Check = (facts) =>
  fieldOf(facts, 'Account', 'IsPersonAccount')
    ? [
        finding(
          'info',
          'AUDIT_PERSON_ACCOUNTS',
          'Account.IsPersonAccount',
          'The org has person accounts. Their opportunities follow the same path, and winning one creates a renewal too.',
          'Keep them on a record type of your own if they shall not.',
        ),
      ]
    : [];

/** An org chooses whether it forecasts by Most Likely: https://help.salesforce.com/s/articleView?id=sf.forecasts3_forecast_categories.htm */
export const mostLikely: Check = (facts) => {
  const stages = allStages(facts.waterfall).filter(({ forecastCategory }) => forecastCategory === 'MostLikely');
  const offered = fieldOf(facts, 'Opportunity', 'ForecastCategoryName')?.picklistValues ?? [];
  if (stages.length === 0 || offered.length === 0) return [];
  if (offered.some(({ value, active }) => active && /^most\s?likely$/i.test(value))) return [];
  return [
    finding(
      'warning',
      'AUDIT_MOST_LIKELY',
      'Opportunity.ForecastCategoryName',
      `The model forecasts ${stages.map(({ name }) => name).join(', ')} as Most Likely, a category that this org has not switched on.`,
      'Switch it on in Setup > Forecasts Settings, or use BestCase in the model.',
    ),
  ];
};
