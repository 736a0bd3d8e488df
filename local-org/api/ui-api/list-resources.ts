import { normalizeId } from '../../data/ids.ts';
import { runSoql } from '../../data/transaction.ts';
import type { Row, Transaction } from '../../data/types.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { Resource, RestAnswer } from '../rest/resource.ts';
import { listViewCondition, listViewsOf, type ListViewDef } from './list-views.ts';
import { pageTokens, pagingOf } from './paging.ts';
import { recordRepresentation } from './record-representation.ts';
import { columnField, columnLabel, shownPath } from './related-lists.ts';
import { addFields, emptyTree } from './requested-fields.ts';
import { listParam, noSuchRecord, objectParam, pathParam, type UiCall } from './ui-call.ts';

/** "Get List View Records": default and highest page size. */
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 2000;
/** Key prefix of list views. */
const KEY_PREFIX = '00B';

const listReference = (object: string, view: ListViewDef): unknown => ({
  id: view.id,
  listViewApiName: view.apiName,
  objectApiName: object,
  type: 'listView',
});

interface NamedView {
  readonly object: ObjectDef;
  readonly view: ListViewDef;
}

/** The list view with this id, or null when the text is not a list view's id. Throws NOT_FOUND when there is no such one. */
function viewById({ context, tx }: UiCall, text: string): NamedView | null {
  const id = normalizeId(text);
  if (!id?.startsWith(KEY_PREFIX)) return null;
  const component = context.org.metadata.ofType('ListView').find((each) => each.id === id);
  const object = tx.schema.object(component?.fullName.split('.')[0] ?? '');
  const view = object && listViewsOf(context.org.metadata, object).find((each) => each.id === id);
  if (!object || !view) throw new PlatformError('NOT_FOUND', `There is no list view ${id}`, { httpStatus: 404 });
  return { object, view };
}

function viewByName(ui: UiCall): NamedView {
  const object = objectParam(ui);
  const name = pathParam(ui, 'listViewApiName');
  const view = listViewsOf(ui.context.org.metadata, object).find(({ apiName }) => apiName === name);
  if (!view) throw new PlatformError('NOT_FOUND', `${object.name} has no list view ${name}`, { httpStatus: 404 });
  return { object, view };
}

/** "List View Summary Collection" of an object; for a list view's id in its place, what that view shows. */
const getListViews: Resource = {
  method: 'GET',
  path: '/ui-api/list-info/:objectApiName',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const byId = viewById(ui, pathParam(ui, 'objectApiName'));
    if (byId) return { status: 200, body: listInfo(tx, byId) };
    const object = objectParam(ui);
    const lists = listViewsOf(context.org.metadata, object).map((view) => ({
      apiName: view.apiName,
      label: view.label,
      listReference: listReference(object.name, view),
    }));
    return { status: 200, body: { count: lists.length, lists, objectApiName: object.name } };
  },
};

/** Field paths of the columns, lookups as the names that they lead to. */
const columnsOf = (tx: Transaction, object: ObjectDef, view: ListViewDef): readonly string[] =>
  view.columns.map((path) => shownPath(tx, object, path));

/** `Opportunity Name`, `Account Name`; custom objects and custom lookups say themselves how they are called. */
function listViewLabel(object: ObjectDef, path: string, field: FieldDef): string {
  const [parent = '', rest] = path.split('.');
  if (path === 'Name' && !object.custom) return `${object.label} Name`;
  return rest === 'Name' && !parent.endsWith('__r') ? `${parent} Name` : columnLabel(object, path, field);
}

/** "List Info": what a list view shows. */
function listInfo(tx: Transaction, { object, view }: NamedView): unknown {
  const displayColumns = columnsOf(tx, object, view).flatMap((path) => {
    const field = columnField(tx, object, path);
    return field ? { fieldApiName: path, label: listViewLabel(object, path, field), sortable: field.sortable } : [];
  });
  return {
    displayColumns,
    label: view.label,
    listReference: listReference(object.name, view),
    objectApiName: object.name,
  };
}

const getListInfo: Resource = {
  method: 'GET',
  path: '/ui-api/list-info/:objectApiName/:listViewApiName',
  handle: (context, tx, call) => ({ status: 200, body: listInfo(tx, viewByName({ context, tx, call })) }),
};

/** Rows that a query for ids finds, in its order. */
function rowsOf(tx: Transaction, object: ObjectDef, soql: string): readonly Row[] {
  const ids = runSoql(tx, soql).records.flatMap(({ id }) => id ?? []);
  const rows = tx.byIds(object.name, ids);
  return ids.map((id) => rows.get(id)).filter((row) => row !== undefined);
}

/** "List Record Collection": a page of what a list view selects. */
function listRecords(ui: UiCall, { object, view }: NamedView): RestAnswer {
  const { context, tx, call } = ui;
  const tree = emptyTree();
  const columns = columnsOf(tx, object, view).map((path) => `${object.name}.${path}`);
  addFields(tree, tx.schema, object, columns, true);
  addFields(tree, tx.schema, object, listParam(ui, 'fields'), false);
  addFields(tree, tx.schema, object, listParam(ui, 'optionalFields'), true);
  const paging = pagingOf(call, { standard: DEFAULT_PAGE_SIZE, most: MAX_PAGE_SIZE });
  const end = paging.offset + paging.pageSize;
  const sortBy = listParam(ui, 'sortBy');
  const condition = listViewCondition(view, object, tx.user.id, context.org.schema.object(object.name) ?? object);
  const order = (sortBy.length > 0 ? sortBy : ['-LastModifiedDate']).map((each) => {
    const path = each.replace(/^-/, '').replace(`${object.name}.`, '');
    if (!columnField(tx, object, path)) throw new PlatformError('INVALID_FIELD', `${object.name} has no field ${path}`);
    return `${path} ${each.startsWith('-') ? 'DESC' : 'ASC'}`;
  });
  const rows = rowsOf(
    tx,
    object,
    `SELECT Id FROM ${object.name}${condition === '' ? '' : ` WHERE ${condition}`}` +
      ` ORDER BY ${order.join(', ')} LIMIT ${String(end + 1)}`,
  );
  const records = rows.slice(paging.offset, end).map((row) => recordRepresentation(context, tx, object, row, tree));
  return {
    status: 200,
    body: {
      count: records.length,
      ...pageTokens(paging, rows.length > end),
      fields: listParam(ui, 'fields'),
      listReference: listReference(object.name, view),
      optionalFields: listParam(ui, 'optionalFields'),
      records,
      sortBy,
    },
  };
}

const getListRecords: Resource = {
  method: 'GET',
  path: '/ui-api/list-records/:objectApiName/:listViewApiName',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    return listRecords(ui, viewByName(ui));
  },
};

const getListRecordsById: Resource = {
  method: 'GET',
  path: '/ui-api/list-records/:listViewId',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const view = viewById(ui, pathParam(ui, 'listViewId'));
    if (!view) throw noSuchRecord();
    return listRecords(ui, view);
  },
};

/** List views and their records. */
export const listResources: readonly Resource[] = [getListViews, getListInfo, getListRecords, getListRecordsById];
