import { runSoql } from '../../data/transaction.ts';
import type { Row, Transaction } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { Resource } from '../rest/resource.ts';
import { listViewCondition, listViewsOf, type ListViewDef } from './list-views.ts';
import { recordRepresentation } from './record-representation.ts';
import { columnField } from './related-lists.ts';
import { addFields, emptyTree } from './requested-fields.ts';
import { listParam, objectParam, pathParam, type UiCall } from './ui-call.ts';

/** "Get List View Records": default and highest page size. */
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 2000;

const listReference = (object: string, view: ListViewDef): unknown => ({
  id: null,
  listViewApiName: view.apiName,
  objectApiName: object,
  type: 'listView',
});

/** "List View Summary Collection". */
const getListViews: Resource = {
  method: 'GET',
  path: '/ui-api/list-info/:objectApiName',
  handle(context, tx, call) {
    const object = objectParam({ context, tx, call });
    const lists = listViewsOf(context.org.metadata, object).map((view) => ({
      apiName: view.apiName,
      label: view.label,
      listReference: listReference(object.name, view),
    }));
    return { status: 200, body: { count: lists.length, lists, objectApiName: object.name } };
  },
};

function viewParam(ui: UiCall): ListViewDef {
  const object = objectParam(ui);
  const name = pathParam(ui, 'listViewApiName');
  const view = listViewsOf(ui.context.org.metadata, object).find(({ apiName }) => apiName === name);
  if (!view) throw new PlatformError('NOT_FOUND', `${object.name} has no list view ${name}`, { httpStatus: 404 });
  return view;
}

/** "List Info": what a list view shows. */
const getListInfo: Resource = {
  method: 'GET',
  path: '/ui-api/list-info/:objectApiName/:listViewApiName',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const object = objectParam(ui);
    const view = viewParam(ui);
    const displayColumns = view.columns.flatMap((path) => {
      const field = columnField(tx, object, path);
      const [parent, rest] = path.split('.');
      const label =
        path === 'Name' ? `${object.label} Name` : rest === 'Name' && parent ? `${parent} Name` : field?.label;
      return field ? { fieldApiName: path, label: label ?? path, sortable: field.sortable } : [];
    });
    return {
      status: 200,
      body: {
        displayColumns,
        label: view.label,
        listReference: listReference(object.name, view),
        objectApiName: object.name,
      },
    };
  },
};

/** Rows that a query for ids finds, in its order. */
function rowsOf(tx: Transaction, object: ObjectDef, soql: string): readonly Row[] {
  const ids = runSoql(tx, soql).records.flatMap(({ id }) => id ?? []);
  const rows = tx.byIds(object.name, ids);
  return ids.map((id) => rows.get(id)).filter((row) => row !== undefined);
}

/** "List Record Collection". */
const getListRecords: Resource = {
  method: 'GET',
  path: '/ui-api/list-records/:objectApiName/:listViewApiName',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const object = objectParam(ui);
    const view = viewParam(ui);
    const tree = emptyTree();
    addFields(
      tree,
      tx.schema,
      object,
      view.columns.map((path) => `${object.name}.${path}`),
      true,
    );
    addFields(tree, tx.schema, object, listParam(ui, 'fields'), false);
    addFields(tree, tx.schema, object, listParam(ui, 'optionalFields'), true);
    const pageSize = Math.min(Math.max(1, Number(call.query.pageSize) || DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
    const offset = Math.max(0, Number(call.query.pageToken) || 0);
    const sortBy = listParam(ui, 'sortBy');
    const condition = listViewCondition(view, object, tx.user.id, context.org.schema.object(object.name) ?? object);
    const order = (sortBy.length > 0 ? sortBy : ['-LastModifiedDate']).map((each) => {
      const path = each.replace(/^-/, '').replace(`${object.name}.`, '');
      if (!columnField(tx, object, path))
        throw new PlatformError('INVALID_FIELD', `${object.name} has no field ${path}`);
      return `${path} ${each.startsWith('-') ? 'DESC' : 'ASC'}`;
    });
    const rows = rowsOf(
      tx,
      object,
      `SELECT Id FROM ${object.name}${condition === '' ? '' : ` WHERE ${condition}`}` +
        ` ORDER BY ${order.join(', ')} LIMIT ${String(offset + pageSize + 1)}`,
    );
    const records = rows
      .slice(offset, offset + pageSize)
      .map((row) => recordRepresentation(context, tx, object, row, tree));
    return {
      status: 200,
      body: {
        count: records.length,
        currentPageToken: String(offset),
        fields: listParam(ui, 'fields'),
        listReference: listReference(object.name, view),
        nextPageToken: rows.length > offset + pageSize ? String(offset + pageSize) : null,
        optionalFields: listParam(ui, 'optionalFields'),
        pageSize,
        previousPageToken: offset > 0 ? String(Math.max(0, offset - pageSize)) : null,
        records,
        sortBy,
      },
    };
  },
};

/** List views and their records. */
export const listResources: readonly Resource[] = [getListViews, getListInfo, getListRecords];
