import type { Transaction } from '../../../data/types.ts';
import { namesRecord, type FieldDef, type ObjectDef } from '../../../schema/types.ts';
import { PlatformError } from '../../../platform-error.ts';
import { resourceNotFound } from '../../api-versions.ts';
import { normalizeId } from '../../../data/ids.ts';
import { runSoql } from '../../../data/transaction.ts';

/** The object that a path names; 404 NOT_FOUND as the platform answers. */
export function objectOfPath(tx: Transaction, name: string): ObjectDef {
  const object = tx.schema.object(name);
  if (!object) throw resourceNotFound();
  return object;
}

/** Text of REST for an id or external id field that is none. */
export const noSuchExternalId = (value: string): PlatformError =>
  new PlatformError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${value}`, {
    httpStatus: 404,
  });

/** Answers as public logs show them for a record in the recycle bin, when it is read, changed or deleted again. */
const entityIsDeleted = (): PlatformError =>
  new PlatformError('ENTITY_IS_DELETED', 'entity is deleted', { httpStatus: 404 });

const isInBin = (tx: Transaction, object: ObjectDef, id: string): boolean =>
  object.fields.has('isdeleted') &&
  runSoql(tx, `SELECT Id FROM ${object.name} WHERE Id = '${id}' AND IsDeleted = true`, { allRows: true }).totalSize > 0;

/** The 18-character id of an existing record of the object; 404 otherwise. */
export function existingId(tx: Transaction, object: ObjectDef, id: string): string {
  const id18 = normalizeId(id);
  if (id18 === null) throw noSuchExternalId(id);
  if (!tx.byIds(object.name, [id18]).has(id18))
    throw object.queryable && isInBin(tx, object, id18) ? entityIsDeleted() : resourceNotFound();
  return id18;
}

/** A field by which records can be found from outside. DOC api/upsert: on standard objects any field with idLookup. */
export function externalIdField(object: ObjectDef, name: string): FieldDef {
  const field = object.fields.get(name.toLowerCase());
  if (!field || !namesRecord(field)) throw noSuchExternalId(name);
  return field;
}
