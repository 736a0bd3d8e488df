import type { Transaction } from '../../data/types.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ApiContext } from '../context.ts';
import type { RestCall } from '../rest/resource.ts';
import { objectOfPath } from '../rest/records/find-object.ts';
import { normalizeId } from '../../data/ids.ts';

/** What every UI API answer is made from. */
export interface UiCall {
  readonly context: ApiContext;
  readonly tx: Transaction;
  readonly call: RestCall;
}

export const pathParam = ({ call }: UiCall, name: string): string => call.params[name] ?? '';

/** A comma-separated request parameter; one given several times counts as one list. */
export function listParam({ call }: UiCall, name: string): readonly string[] {
  const given: unknown = call.query[name];
  const text = Array.isArray(given) ? given.join(',') : typeof given === 'string' ? given : '';
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

export const objectParam = (ui: UiCall, name = 'objectApiName'): ObjectDef => objectOfPath(ui.tx, pathParam(ui, name));

/** The object of a record id, and the id in 18 characters; 404 for what no record of the org can have. */
export function recordParam(ui: UiCall, name = 'recordId'): { readonly object: ObjectDef; readonly id: string } {
  const id = normalizeId(pathParam(ui, name));
  const object = id === null ? undefined : ui.tx.schema.objectOfId(id);
  if (id === null || !object) throw noSuchRecord();
  return { object, id };
}

/** Code and text of the UI API for a record that is not there or not visible. */
export const noSuchRecord = (): PlatformError =>
  new PlatformError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });

export const parentField = (object: ObjectDef, relationship: string): FieldDef | undefined =>
  [...object.fields.values()].find(
    (field) => field.reference?.relationshipName?.toLowerCase() === relationship.toLowerCase(),
  );
