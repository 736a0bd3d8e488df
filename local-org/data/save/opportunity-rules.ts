import type { ObjectDef } from '../../schema/types.ts';
import { makeHistory } from './opportunity-history.ts';
import { createPrimaryRole } from './opportunity-contact.ts';
import { roundHalfUp } from './convert-value.ts';
import type { ObjectRules, SaveContext, WorkingRow } from './save-context.ts';
import { totalCampaigns } from './campaign-totals.ts';
import { trackFields } from './field-history.ts';
import { badProbability } from './save-errors.ts';

/**
 * Forecast categories: metadata and API name to what people see. DOC object-reference/opportunity
 * "ForecastCategoryName".
 */
const FORECAST_NAME: Readonly<Record<string, string>> = {
  Omitted: 'Omitted',
  Pipeline: 'Pipeline',
  BestCase: 'Best Case',
  MostLikely: 'Most Likely',
  Forecast: 'Commit',
  Closed: 'Closed',
};

/** What the stage gave the row in the first pass, to see in the second what automation changed. */
const given = new WeakMap<WorkingRow, { stage: unknown; probability: unknown; forecast: unknown }>();

/**
 * Values that follow from others. DOC object-reference/opportunity: StageName, Probability, ForecastCategoryName,
 * IsClosed, …
 */
export const opportunityRules: ObjectRules = {
  derive(context, object, rows, pass) {
    for (const row of rows) {
      keepRolledAmount(row);
      followStage(object, row, pass);
      derive(context, row);
    }
  },
  check(context, object, rows) {
    for (const row of rows) {
      checkProbability(object, row);
      movedDates(context, row);
    }
  },
  written(context, object, rows, action) {
    makeHistory(context, rows);
    trackFields(context, object, rows);
    if (action === 'insert') createPrimaryRole(context, rows);
    totalCampaigns(context, rows, 'CampaignId', ['Amount', 'IsWon']);
  },
  removed(context, _object, rows) {
    totalCampaigns(context, rows, 'CampaignId');
  },
};

/** With products, Amount is their sum: "any attempt to update this field … will be ignored". */
function keepRolledAmount(row: WorkingRow): void {
  if (row.before?.['HasOpportunityLineItem'] === true && !row.system)
    row.after['Amount'] = row.before['Amount'] ?? null;
}

function followStage(object: ObjectDef, row: WorkingRow, pass: 'before' | 'after'): void {
  const { before, after, explicit } = row;
  const name = after['StageName'] ?? null;
  const stage = object.fields.get('stagename')?.picklist?.values.find((value) => value.value === name)?.stage;
  const first = given.get(row);
  const entered = pass === 'before' ? before?.['StageName'] !== name : (first ?? { stage: name }).stage !== name;
  if (stage && entered) {
    const keepsProbability =
      pass === 'before'
        ? explicit.has('Probability') && after['Probability'] !== null
        : after['Probability'] !== first?.probability;
    const keepsForecast =
      pass === 'before'
        ? explicit.has('ForecastCategoryName') && after['ForecastCategoryName'] !== null
        : after['ForecastCategoryName'] !== first?.forecast;
    if (!keepsProbability) after['Probability'] = stage.probability;
    if (!keepsForecast) after['ForecastCategoryName'] = FORECAST_NAME[stage.forecastCategory] ?? stage.forecastCategory;
  }
  if (pass === 'before')
    given.set(row, { stage: name, probability: after['Probability'], forecast: after['ForecastCategoryName'] });
  after['IsClosed'] = stage?.closed ?? false;
  after['IsWon'] = stage?.won ?? false;
  const shown = after['ForecastCategoryName'];
  const category = Object.keys(FORECAST_NAME).find((key) => FORECAST_NAME[key] === shown);
  after['ForecastCategory'] = category ?? after['ForecastCategory'] ?? null;
}

const CENTS = 2;

function derive(context: SaveContext, { after }: WorkingRow): void {
  const amount = after['Amount'];
  const probability = after['Probability'];
  after['ExpectedRevenue'] =
    typeof amount === 'number' && typeof probability === 'number'
      ? roundHalfUp((amount * probability) / 100, CENTS)
      : null;
  const close = after['CloseDate'];
  if (typeof close !== 'string') return;
  const year = Number(close.slice(0, 4));
  const month = Number(close.slice(5, 7));
  const start = context.fiscalStartMonth;
  const fiscalMonth = (month - start + 12) % 12;
  const ends = start === 1 || month < start ? year : year + 1;
  after['FiscalYear'] = start !== 1 && context.fiscalYearNamedByStart ? ends - 1 : ends;
  after['FiscalQuarter'] = Math.floor(fiscalMonth / 3) + 1;
  after['Fiscal'] = `${after['FiscalYear']} ${after['FiscalQuarter']}`;
}

/** A percentage of confidence, also where automation has set it. */
function checkProbability(object: ObjectDef, { before, after, errors }: WorkingRow): void {
  const probability = after['Probability'];
  const field = object.fields.get('probability');
  if (!field || typeof probability !== 'number' || before?.['Probability'] === probability) return;
  if (probability < 0 || probability > 100) errors.push(badProbability(field));
}

/** LastStageChangeDate (API 52) and PushCount (API 53: how often the close date moved to a later month). */
function movedDates(context: SaveContext, { before, after }: WorkingRow): void {
  if (!before) {
    after['PushCount'] ??= 0;
    return;
  }
  if (before['StageName'] !== after['StageName']) after['LastStageChangeDate'] = context.timestamp;
  const oldMonth = String(before['CloseDate']).slice(0, 7);
  const newMonth = String(after['CloseDate']).slice(0, 7);
  if (newMonth > oldMonth) after['PushCount'] = Number(before['PushCount'] ?? 0) + 1;
}
