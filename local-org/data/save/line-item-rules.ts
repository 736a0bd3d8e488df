import type { ObjectDef } from '../../schema/types.ts';
import type { Row } from '../types.ts';
import { roundHalfUp } from './convert-value.ts';
import type { ObjectRules, SaveContext, WorkingRow } from './save-context.ts';
import { saveError } from './save-errors.ts';

const CENTS = 2;

/**
 * Opportunity products: prices from the price book, totals, and their sum in the opportunity. DOC
 * object-reference/opportunitylineitem.
 */
export const lineItemRules: ObjectRules = {
  derive(context, _object, rows) {
    const entries = entriesOf(context, rows);
    for (const row of rows) price(row, entries.get(String(row.after['PricebookEntryId'])));
  },
  check(context, _object, rows) {
    const opportunity = context.schema.object('Opportunity')!;
    const parents = context.store.byIds(opportunity, [
      ...new Set(rows.map(({ after }) => String(after['OpportunityId']))),
    ]);
    const entries = entriesOf(context, rows);
    for (const row of rows) {
      const book = parents.get(String(row.after['OpportunityId']))?.['Pricebook2Id'] ?? null;
      const entry = entries.get(String(row.after['PricebookEntryId']));
      if (!row.after['PricebookEntryId'])
        row.errors.push(
          saveError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [PricebookEntryId]', ['PricebookEntryId']),
        );
      else if (entry && book !== null && entry['Pricebook2Id'] !== book) {
        row.errors.push(
          saveError(
            'FIELD_INTEGRITY_EXCEPTION',
            'field integrity exception: PricebookEntryId (pricebook entry is in a different pricebook than the one assigned to the opportunity)',
            ['PricebookEntryId'],
          ),
        );
      } else if (entry && !row.before && entry['IsActive'] === false) {
        row.errors.push(
          saveError(
            'FIELD_INTEGRITY_EXCEPTION',
            'field integrity exception: PricebookEntryId (pricebook entry is inactive)',
            ['PricebookEntryId'],
          ),
        );
      }
    }
  },
  written: sumIntoOpportunities,
  removed: sumIntoOpportunities,
};

function sumIntoOpportunities(context: SaveContext, _object: ObjectDef, rows: readonly WorkingRow[]): void {
  const failed = rollUpLineItems(
    context,
    rows.map(({ after }) => String(after['OpportunityId'])),
  );
  for (const row of rows) row.errors.push(...(failed.get(String(row.after['OpportunityId'])) ?? []));
}

function entriesOf(context: SaveContext, rows: readonly WorkingRow[]): ReadonlyMap<string, Row> {
  const ids = [...new Set(rows.map(({ after }) => after['PricebookEntryId']).filter((id) => typeof id === 'string'))];
  return context.store.byIds(context.schema.object('PricebookEntry')!, ids);
}

/**
 * "If you specify UnitPrice, TotalPrice follows": unit price from the list price, total from quantity, price and
 * discount.
 */
function price({ before, after, explicit }: WorkingRow, entry: Row | undefined): void {
  if (entry) {
    after['ListPrice'] = entry['UnitPrice'] ?? null;
    after['Product2Id'] = entry['Product2Id'] ?? null;
    after['ProductCode'] = entry['ProductCode'] ?? null;
    after['Name'] ??= entry['Name'] ?? null;
  }
  const quantity = after['Quantity'];
  if (typeof quantity !== 'number' || quantity === 0) return;
  const share = 1 - Number(after['Discount'] ?? 0) / 100;
  if (
    explicit.has('TotalPrice') &&
    !explicit.has('UnitPrice') &&
    typeof after['TotalPrice'] === 'number' &&
    share > 0
  ) {
    after['UnitPrice'] = roundHalfUp(after['TotalPrice'] / quantity / share, CENTS);
  } else if (!before && !explicit.has('UnitPrice')) after['UnitPrice'] = entry?.['UnitPrice'] ?? null;
  const unit = Number(after['UnitPrice'] ?? 0);
  after['Subtotal'] = roundHalfUp(unit * quantity, CENTS);
  after['TotalPrice'] = roundHalfUp(unit * quantity * share, CENTS);
}

/**
 * Amount, quantity and the mark of the opportunities, saved as any change of them is. Returns the errors by
 * opportunity.
 */
function rollUpLineItems(
  context: SaveContext,
  opportunityIds: readonly string[],
): ReadonlyMap<string, readonly ReturnType<typeof saveError>[]> {
  const ids = [...new Set(opportunityIds)];
  const sums = context.store
    .statement(
      `SELECT o."Id", SUM(l."TotalPrice"), SUM(l."Quantity"), COUNT(l."Id"), o."Pricebook2Id", MIN(e."Pricebook2Id"), o."Amount"
     FROM "Opportunity" o LEFT JOIN "OpportunityLineItem" l ON l."OpportunityId" = o."Id" AND l."IsDeleted" = 0
     LEFT JOIN "PricebookEntry" e ON e."Id" = l."PricebookEntryId"
     WHERE o."Id" IN (SELECT value FROM json_each(?)) AND o."IsDeleted" = 0 GROUP BY o."Id"`,
    )
    .all(JSON.stringify(ids)) as unknown as [
    string,
    number | null,
    number | null,
    number,
    string | null,
    string | null,
    number | null,
  ][];
  const records = sums.map(([id, total, quantity, count, book, itemsBook, amount]) => ({
    Id: id,
    // Without products the last amount stays.
    Amount: count > 0 ? roundHalfUp(total ?? 0, CENTS) : amount,
    TotalOpportunityQuantity: count > 0 ? quantity : null,
    HasOpportunityLineItem: count > 0,
    Pricebook2Id: book ?? itemsBook,
  }));
  const results = context.save(
    { operation: 'update', object: 'Opportunity', records, allOrNone: false },
    { system: true },
  );
  return new Map(results.map((result, i) => [records[i]!.Id, result.errors]));
}
