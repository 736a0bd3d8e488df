import { runSoql } from '../../../data/transaction.ts';
import type { Transaction } from '../../../data/types.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { resourceNotFound } from '../../api-versions.ts';
import { recordsJson } from '../query/record-json.ts';
import type { RestAnswer, RestCall } from '../resource.ts';
import { existingId } from './find-object.ts';
import { fieldNames } from './field-names.ts';

/** The lookup that a relationship name means; null when it is none of the object's. */
const parentOf = (object: ObjectDef, name: string): FieldDef | null => {
  const wanted = name.toLowerCase();
  const field = [...object.fields.values()].find((one) => one.reference?.relationshipName?.toLowerCase() === wanted);
  return field ?? null;
};

/**
 * `/sobjects/Contact/003…/Account` and `/sobjects/Account/001…/Contacts`: the parent as a record, the children as a query
 * result (REST API Developer Guide, "sObject Relationships"). An empty lookup and an unknown name are 404.
 */
export function followRelationship(tx: Transaction, object: ObjectDef, id: string, call: RestCall): RestAnswer {
  const id18 = existingId(tx, object, id);
  const name = call.params.value ?? '';
  const links = { schema: tx.schema, base: `/services/data/v${call.version}/sobjects` };
  const select = (target: ObjectDef, where: string) => {
    const fields = fieldNames(target, call.query.fields);
    return runSoql(tx, `SELECT ${[...new Set([...fields, 'Id'])].join(',')} FROM ${target.name} WHERE ${where}`);
  };
  const field = parentOf(object, name);
  if (field) {
    const parentId = tx.byIds(object.name, [id18]).get(id18)?.[field.name];
    const parent = typeof parentId === 'string' ? tx.schema.objectOfId(parentId) : undefined;
    if (!parent) throw resourceNotFound();
    const [record] = recordsJson(links, select(parent, `Id = '${String(parentId)}'`));
    if (!record) throw resourceNotFound();
    return { status: 200, body: record };
  }
  const child = tx.schema
    .children(object.name)
    .find((one) => one.relationshipName?.toLowerCase() === name.toLowerCase());
  const target = child && tx.schema.object(child.childObject);
  if (!child || !target) throw resourceNotFound();
  const result = select(target, `${child.field} = '${id18}'`);
  return { status: 200, body: { done: true, totalSize: result.totalSize, records: recordsJson(links, result) } };
}
