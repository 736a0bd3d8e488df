import { runSoql } from '../../data/transaction.ts';
import type { SaveResult } from '../../data/types.ts';
import { normalizeId } from '../../data/ids.ts';
import { PlatformError } from '../../platform-error.ts';
import { describeObject, describeSummary } from '../rest/describe/describe-object.ts';
import { accessOf } from '../rest/describe/describe-resources.ts';
import { fieldNames } from '../rest/records/field-names.ts';
import { changedRecords } from '../rest/records/changes.ts';
import { answerInTransaction } from '../rest/resource.ts';
import { hardDelete } from '../bulk/hard-delete.ts';
import type { ApiContext } from '../context.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { Transaction } from '../../data/types.ts';
import { childText, childTexts } from './parse-envelope.ts';
import { recordElement } from './record-xml.ts';
import type { SoapCall, SoapOperation } from './soap-operation.ts';
import { element, type XmlValue } from './write-envelope.ts';

/** Objects per call of describeSObjects, ids per call of retrieve (SOAP API Developer Guide). */
const MOST_OBJECTS = 100;
const MOST_IDS = 2000;

/** REST's describe without what SOAP does not have: links, and members that are null. */
function withoutLinks(value: unknown): XmlValue {
  if (Array.isArray(value)) return value.map(withoutLinks);
  if (typeof value !== 'object' || value === null) return value as XmlValue;
  const members = Object.entries(value).filter(([name, member]) => name !== 'urls' && member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutLinks(member)]));
}

function objectNamed(tx: Transaction, name: string): ObjectDef {
  const object = tx.schema.object(name);
  if (!object) throw new PlatformError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
  return object;
}

const inTransaction = (context: ApiContext, call: SoapCall, work: (tx: Transaction) => string): string =>
  String(answerInTransaction(context, call.user, (tx) => ({ status: 200, body: work(tx) })).body);

const describeGlobal: SoapOperation = (context, call) =>
  inTransaction(context, call, (tx) => {
    const objects = [...tx.schema.objects.values()].map((object) => describeSummary(object, call.version));
    return element('result', { encoding: 'UTF-8', maxBatchSize: 200, sobjects: withoutLinks(objects) });
  });

const describeSObjects: SoapOperation = (context, call) =>
  inTransaction(context, call, (tx) => {
    const names = childTexts(call.operation, 'sObjectType');
    if (names.length > MOST_OBJECTS)
      throw new PlatformError('EXCEEDED_ID_LIMIT', `At most ${String(MOST_OBJECTS)} objects in one describeSObjects`);
    const described = names.map((name) => {
      const object = objectNamed(tx, name);
      return withoutLinks(describeObject(tx.schema, object, call.version, accessOf(context, tx, object.name)));
    });
    return element('result', described);
  });

const retrieve: SoapOperation = (context, call) =>
  inTransaction(context, call, (tx) => {
    const object = objectNamed(tx, childText(call.operation, 'sObjectType') ?? '');
    const fields = fieldNames(object, childText(call.operation, 'fieldList'));
    const ids = childTexts(call.operation, 'ids').map((id) => normalizeId(id) ?? id);
    if (ids.length > MOST_IDS)
      throw new PlatformError('EXCEEDED_ID_LIMIT', `At most ${String(MOST_IDS)} ids in one retrieve`);
    const known = ids.filter((id) => normalizeId(id) !== null).map((id) => `'${id}'`);
    const soql = `SELECT ${[...new Set([...fields, 'Id'])].join(',')} FROM ${object.name} WHERE Id IN (${known.join(',')})`;
    const found = new Map(known.length === 0 ? [] : runSoql(tx, soql).records.map((record) => [record.id, record]));
    return ids.map((id) => recordElement('result', found.get(id) ?? null)).join('');
  });

const changes =
  (deleted: boolean): SoapOperation =>
  (context, call) =>
    inTransaction(context, call, (tx) => {
      const object = objectNamed(tx, childText(call.operation, 'sObjectType') ?? '');
      const [start, end] = [childText(call.operation, 'startDate'), childText(call.operation, 'endDate')];
      const { records, earliestDateAvailable, latestDateCovered } = changedRecords(tx, object, deleted, start, end);
      return element(
        'result',
        deleted
          ? {
              deletedRecords: records.map(({ id, at }) => ({ deletedDate: at, id })),
              earliestDateAvailable,
              latestDateCovered,
            }
          : { ids: records.map(({ id }) => id), latestDateCovered },
      );
    });

const saveResults = (results: readonly SaveResult[]): string =>
  element(
    'result',
    results.map(({ id, success, errors }) => ({
      errors: errors.map(({ fields, message, statusCode }) => ({ fields, message, statusCode })),
      id,
      success,
    })),
  );

const NOT_IN_BIN = {
  statusCode: 'INVALID_CROSS_REFERENCE_KEY',
  message: 'Entity is not in the recycle bin',
  fields: [],
} as const;

/** Each id by itself: they may be of different objects. */
const forEachId =
  (work: (context: ApiContext, tx: Transaction, id: string) => SaveResult): SoapOperation =>
  (context, call) =>
    inTransaction(context, call, (tx) =>
      saveResults(childTexts(call.operation, 'ids').map((id) => work(context, tx, normalizeId(id) ?? id))),
    );

const undelete = forEachId((_context, tx, id) => {
  const object = tx.schema.objectOfId(id);
  const [result] = object
    ? tx.save({ operation: 'undelete', object: object.name, records: [{ Id: id }], allOrNone: false })
    : [];
  return result ?? { id, success: false, created: false, errors: [NOT_IN_BIN] };
});

const emptyRecycleBin = forEachId(({ org: { database } }, _tx, id) => {
  const isThere = database.prepare('SELECT 1 FROM _recycle_bin WHERE root = ?').get(id) !== undefined;
  const result = { id, success: isThere, created: false, errors: isThere ? [] : [NOT_IN_BIN] };
  hardDelete(database, [result]);
  return result;
});

/** Reading operations of the partner API beyond queries, and the recycle bin. */
export const describeOperations: Readonly<Record<string, SoapOperation>> = {
  describeGlobal,
  describeSObject: describeSObjects,
  describeSObjects,
  retrieve,
  getUpdated: changes(false),
  getDeleted: changes(true),
  undelete,
  emptyRecycleBin,
};
