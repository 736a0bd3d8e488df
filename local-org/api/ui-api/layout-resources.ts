import { PlatformError } from '../../platform-error.ts';
import { normalizeId } from '../../data/ids.ts';
import type { Resource } from '../rest/resource.ts';
import { etagOf } from './etag.ts';
import { objectInfo } from './object-info.ts';
import { recordLayout, type LayoutType, type Mode } from './record-layout.ts';
import { existingRow, layoutTypesOf, modesOf, recordTypeOf, requestedTree } from './record-resources.ts';
import { masterRecordType, recordRepresentation } from './record-representation.ts';
import { noSuchRecord, objectParam, pathParam, type UiCall } from './ui-call.ts';

const one = <T extends string>(given: string | undefined, allowed: readonly T[], otherwise: T): T =>
  allowed.find((each) => each === given) ?? otherwise;

const getLayout: Resource = {
  method: 'GET',
  path: '/ui-api/layout/:objectApiName',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const { query } = call;
    const layoutType = one<LayoutType>(query.layoutType, ['Full', 'Compact'], 'Full');
    const mode = one<Mode>(query.mode, ['View', 'Edit', 'Create'], 'View');
    const body = recordLayout(ui, objectParam(ui), query.recordTypeId ?? null, layoutType, mode);
    return { status: 200, body: { ...body, eTag: etagOf(body) } };
  },
};

/** DOC uiapi/status-codes-and-error-responses, "Example". */
const notARecordId = (given: string): PlatformError =>
  new PlatformError('ILLEGAL_QUERY_PARAMETER_VALUE', `recordId should be a valid record ID: ${given}`);

/** "Record UI": records with the layouts and object infos that are needed to show them. */
const getRecordUi: Resource = {
  method: 'GET',
  path: '/ui-api/record-ui/:recordIds',
  handle(context, tx, call) {
    const given: UiCall = { context, tx, call };
    // The guide's default: layout type Full in mode View.
    const query = { ...call.query, layoutTypes: call.query.layoutTypes ?? 'Full' };
    const ui: UiCall = { ...given, call: { ...call, query } };
    const records: Record<string, unknown> = {};
    const objectInfos: Record<string, unknown> = {};
    const layouts: Record<string, Record<string, Record<string, Record<string, unknown>>>> = {};
    for (const text of pathParam(ui, 'recordIds').split(',')) {
      const id = normalizeId(text);
      if (id === null) throw notARecordId(text);
      const object = tx.schema.objectOfId(id);
      if (!object) throw noSuchRecord();
      const row = existingRow(ui, object, id);
      const recordTypeId = recordTypeOf(row) ?? masterRecordType(object);
      records[id] = recordRepresentation(context, tx, object, row, requestedTree(ui, object, recordTypeId));
      objectInfos[object.name] = objectInfo(ui, object);
      const byType = ((layouts[object.name] ??= {})[recordTypeId] ??= {});
      for (const layoutType of layoutTypesOf(ui)) {
        for (const mode of modesOf(ui)) {
          (byType[layoutType] ??= {})[mode] = recordLayout(ui, object, recordTypeId, layoutType, mode);
        }
      }
    }
    return { status: 200, body: { layouts, layoutUserStates: {}, objectInfos, records } };
  },
};

/** How records are laid out. */
export const layoutResources: readonly Resource[] = [getLayout, getRecordUi];
