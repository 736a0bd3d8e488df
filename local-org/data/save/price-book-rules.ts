import type { Row } from '../types.ts';
import type { ObjectRules } from './save-context.ts';
import { saveError } from './save-errors.ts';

/**
 * Price book entries: named after their product, in the standard price book first, once per book. DOC
 * object-reference/pricebookentry.
 */
export const priceBookEntryRules: ObjectRules = {
  derive(context, _object, rows) {
    const ids = [...new Set(rows.map(({ after }) => String(after['Product2Id'])))];
    const products = context.store.byIds(context.schema.object('Product2')!, ids);
    for (const { after } of rows) {
      const product: Row | undefined = products.get(String(after['Product2Id']));
      after['Name'] = product?.['Name'] ?? after['Name'] ?? null;
      after['ProductCode'] = product?.['ProductCode'] ?? null;
    }
  },
  check(context, _object, rows) {
    const standard = context.store
      .statement('SELECT "Id" FROM "Pricebook2" WHERE "IsStandard" = 1')
      .get() as unknown as [string] | undefined;
    const seen = new Set<string>();
    for (const row of rows) {
      if (row.before) continue;
      const product = String(row.after['Product2Id']);
      const book = String(row.after['Pricebook2Id']);
      const has = (bookId: string): boolean =>
        seen.has(`${bookId} ${product}`) ||
        context.store
          .statement('SELECT 1 FROM "PricebookEntry" WHERE "Product2Id" = ? AND "Pricebook2Id" = ? AND "IsDeleted" = 0')
          .get(product, bookId) !== undefined;
      if (has(book))
        row.errors.push(saveError('DUPLICATE_VALUE', 'This price definition already exists in this price book'));
      else if (standard && book !== standard[0] && !has(standard[0])) {
        row.errors.push(saveError('STANDARD_PRICE_NOT_DEFINED', 'No standard price defined for this product'));
      } else seen.add(`${book} ${product}`);
    }
  },
};
