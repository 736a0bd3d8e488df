import type { Row } from '../types.ts';
import type { SaveContext, WorkingRow } from './save-context.ts';

/** A change of any of these writes a history row that holds them all. DOC object-reference/opportunityhistory. */
const WATCHED = ['StageName', 'Amount', 'Probability', 'CloseDate', 'ForecastCategory'] as const;

/** OpportunityHistory: a row when an opportunity is created and when a watched field changes. */
export function makeHistory(context: SaveContext, rows: readonly WorkingRow[]): void {
  const history = context.schema.object('OpportunityHistory')!;
  for (const { before, after } of rows) {
    if (before && WATCHED.every((name) => (before[name] ?? null) === (after[name] ?? null))) continue;
    const entry: Row = {
      Id: context.store.newId(history),
      OpportunityId: after['Id']!,
      StageName: after['StageName'] ?? null,
      Amount: after['Amount'] ?? null,
      ExpectedRevenue: after['ExpectedRevenue'] ?? null,
      CloseDate: after['CloseDate'] ?? null,
      Probability: after['Probability'] ?? null,
      ForecastCategory: after['ForecastCategory'] ?? null,
      PrevAmount: before?.['Amount'] ?? null,
      PrevCloseDate: before?.['CloseDate'] ?? null,
      CreatedById: context.tx.user.id,
      CreatedDate: context.timestamp,
      SystemModstamp: context.timestamp,
      IsDeleted: false,
    };
    context.store.insert(history, entry);
    if (before) rememberLast(context, before, after, entry['Id'] as string);
  }
}

/** LastAmountChangedHistoryId and LastCloseDateChangedHistoryId (API 50). */
function rememberLast(context: SaveContext, before: Readonly<Row>, after: Row, historyId: string): void {
  const was = { ...after };
  if (before['Amount'] !== after['Amount']) after['LastAmountChangedHistoryId'] = historyId;
  if (before['CloseDate'] !== after['CloseDate']) after['LastCloseDateChangedHistoryId'] = historyId;
  context.store.update(context.schema.object('Opportunity')!, was, after);
}
