import type { Transaction } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { Resource, RestAnswer } from '../rest/resource.ts';
import { clientText } from '../values/client-text.ts';
import { etagOf } from './etag.ts';
import { layoutElements, layoutFor } from './layout-assignment.ts';
import { pageTokens, pagingOf } from './paging.ts';
import { existingRow } from './record-resources.ts';
import { recordRepresentation } from './record-representation.ts';
import { columnField, relatedList, relatedListsOf, type RelatedList } from './related-lists.ts';
import { addFields, emptyTree } from './requested-fields.ts';
import { listParam, objectParam, pathParam, recordParam, type UiCall } from './ui-call.ts';

/** "Get Related List Records": default and highest page size. */
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1999;

const reference = (list: RelatedList, parent: string, recordId: string | null): unknown => ({
  id: null,
  inContextOfRecordId: recordId,
  parentObjectApiName: parent,
  recordTypeId: null,
  relatedListId: list.id,
  type: 'relatedList',
});

/** Rows of a related list in the order asked for (`Name`, `-CreatedDate`), one page. */
function records(ui: UiCall): RestAnswer {
  const { context, tx, call } = ui;
  const { object, id } = recordParam(ui, 'parentRecordId');
  existingRow(ui, object, id);
  const list = relatedList(tx, object, pathParam(ui, 'relatedListId'));
  const { child } = list;
  const tree = emptyTree();
  const fields = listParam(ui, 'fields');
  const optionalFields = listParam(ui, 'optionalFields');
  addFields(tree, tx.schema, child, fields, false);
  addFields(tree, tx.schema, child, optionalFields, true);
  const paging = pagingOf(call, { standard: DEFAULT_PAGE_SIZE, most: MAX_PAGE_SIZE });
  const { offset, pageSize } = paging;
  const sortBy = listParam(ui, 'sortBy');
  const rows = tx.select({
    object: child.name,
    filter: { field: list.lookup, operator: '=', value: id },
    orderBy:
      sortBy.length > 0 ? sortBy.map((each) => sorting(tx, child, each)) : [{ field: 'CreatedDate', descending: true }],
    limit: offset + pageSize + 1,
  });
  const page = rows.slice(offset, offset + pageSize);
  return {
    status: 200,
    body: {
      count: page.length,
      ...pageTokens(paging, rows.length > offset + pageSize),
      fields,
      listReference: reference(list, object.name, id),
      optionalFields,
      records: page.map((row) => recordRepresentation(context, tx, child, row, tree)),
      sortBy,
    },
  };
}

/** `-Opportunity.CloseDate` sorts descending; the object in front may be left out. Throws INVALID_FIELD for what is no field. */
function sorting(
  tx: Transaction,
  child: ObjectDef,
  text: string,
): { readonly field: string; readonly descending: boolean } {
  const name = text.replace(/^-/, '');
  const field = name.startsWith(`${child.name}.`) ? name.slice(child.name.length + 1) : name;
  if (!columnField(tx, child, field)) throw new PlatformError('INVALID_FIELD', `${child.name} has no field ${field}`);
  return { field, descending: text.startsWith('-') };
}

const getRelatedListRecords: Resource = {
  method: 'GET',
  path: '/ui-api/related-list-records/:parentRecordId/:relatedListId',
  handle: (context, tx, call) => records({ context, tx, call }),
};

/** The same with the parameters in the body, where lists are arrays. */
const postRelatedListRecords: Resource = {
  method: 'POST',
  path: '/ui-api/related-list-records/:parentRecordId/:relatedListId',
  handle(context, tx, call) {
    const body = typeof call.body === 'object' && call.body !== null ? Object.entries(call.body) : [];
    const query = body.map(([name, value]) => [name, [value].flat().map(clientText).join(',')] as const);
    return records({ context, tx, call: { ...call, query: { ...call.query, ...Object.fromEntries(query) } } });
  },
};

/** "Related List Info": columns of one list. */
const getRelatedListInfo: Resource = {
  method: 'GET',
  path: '/ui-api/related-list-info/:objectApiName/:relatedListId',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const parent = objectParam(ui);
    return { status: 200, body: listInfo(relatedList(tx, parent, pathParam(ui, 'relatedListId')), parent.name) };
  },
};

/** "Related List Collection Info": the lists of the page layout for a record type. */
const getRelatedLists: Resource = {
  method: 'GET',
  path: '/ui-api/related-list-info/:objectApiName',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const parent = objectParam(ui);
    const layout = layoutElements(layoutFor(context.org.metadata, tx.user, parent, call.query.recordTypeId ?? null));
    const relatedLists = relatedListsOf(tx, parent, layout.relatedLists ?? []).map((list) =>
      listInfo(list, parent.name),
    );
    return { status: 200, body: { eTag: etagOf(relatedLists), parentObjectApiName: parent.name, relatedLists } };
  },
};

const listInfo = (list: RelatedList, parent: string): Readonly<Record<string, unknown>> => ({
  displayColumns: list.columns.map(({ path, label, dataType }) => ({
    dataType,
    fieldApiName: path,
    label,
    lookupId: null,
    sortable: true,
  })),
  label: list.label,
  listReference: reference(list, parent, null),
  objectApiName: list.child.name,
  objectApiNames: [list.child.name],
  parentObjectApiName: parent,
  relatedListId: list.id,
  sortBy: list.sortBy && `${list.sortBy.descending ? '-' : ''}${list.sortBy.field}`,
});

/** Child records as pages show them. */
export const relatedListResources: readonly Resource[] = [
  getRelatedListRecords,
  postRelatedListRecords,
  getRelatedListInfo,
  getRelatedLists,
];
