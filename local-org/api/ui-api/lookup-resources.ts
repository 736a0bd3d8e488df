import { PlatformError } from '../../platform-error.ts';
import type { Resource } from '../rest/resource.ts';
import { isNameField } from '../rest/describe/describe-field.ts';
import { recordRepresentation } from './record-representation.ts';
import { emptyTree } from './requested-fields.ts';
import { objectParam, pathParam, type UiCall } from './ui-call.ts';

/** Records a page ("Get Lookup Records", `pageSize`: 1 to 2000, 25 by default). */
const DEFAULT_PAGE = 25;
const LARGEST_PAGE = 2000;

function wholeNumber(name: string, given: string | undefined, otherwise: number, least: number): number {
  if (given === undefined || given === '') return otherwise;
  const value = Number(given);
  if (Number.isInteger(value) && value >= least) return value;
  throw new PlatformError('ILLEGAL_QUERY_PARAMETER_VALUE', `Invalid value for ${name}: ${given}`);
}

/** What a lookup field offers for what has been typed: records whose name contains it, by name. */
const search = (path: string): Resource => ({
  method: 'GET',
  path,
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const object = objectParam(ui);
    const field = object.fields.get(pathParam(ui, 'fieldApiName').toLowerCase());
    const target = pathParam(ui, 'targetApiName') || (field?.reference?.to[0] ?? '');
    const offered = field?.reference?.to.find((name) => name.toLowerCase() === target.toLowerCase());
    const parent = offered === undefined ? undefined : tx.schema.object(offered);
    const name = parent && [...parent.fields.values()].find((one) => isNameField(parent, one));
    if (!field || !parent || !name) {
      const message = `${object.name}.${pathParam(ui, 'fieldApiName')} is no lookup to ${target || 'an object'}`;
      throw new PlatformError('INVALID_FIELD', message);
    }
    const page = wholeNumber('page', call.query.page, 0, 0);
    const size = Math.min(LARGEST_PAGE, wholeNumber('pageSize', call.query.pageSize, DEFAULT_PAGE, 1));
    const typed = (call.query.q ?? '').trim();
    const rows = tx.select({
      object: parent.name,
      filter: typed === '' ? null : { field: name.name, operator: 'contains', value: typed },
      orderBy: [{ field: name.name, descending: false }],
      limit: (page + 1) * size + 1,
    });
    const tree = emptyTree();
    tree.fields.add(name.name);
    const shown = rows.slice(page * size, (page + 1) * size);
    return {
      status: 200,
      body: {
        count: shown.length,
        currentPageToken: String(page),
        nextPageToken: rows.length > (page + 1) * size ? String(page + 1) : null,
        previousPageToken: page > 0 ? String(page - 1) : null,
        records: shown.map((row) => recordRepresentation(context, tx, parent, row, tree)),
      },
    };
  },
});

/** Search of lookup fields ("Get Lookup Records", User Interface API Developer Guide). */
export const lookupResources: readonly Resource[] = [
  search('/ui-api/lookups/:objectApiName/:fieldApiName/:targetApiName'),
  search('/ui-api/lookups/:objectApiName/:fieldApiName'),
];
