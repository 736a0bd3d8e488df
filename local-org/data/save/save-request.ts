import { refuseForbidden } from '../../access/check-save.ts';
import type { UserAccess } from '../../access/user-access.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { noSuchObject } from '../soql/soql-error.ts';
import type { SaveError, SaveRequest, SaveResult } from '../types.ts';
import { deleteBatch, undeleteBatch } from './delete-batch.ts';
import { refuseMirrored } from './mirrored-objects.ts';
import { readInput } from './read-input.ts';
import { failedLate } from './late-failure.ts';
import { saveBatch } from './save-batch.ts';
import type { SaveAction, SaveContext, SaveInput, WorkingRow } from './save-context.ts';
import { rolledBack, saveError, tooManyRetries } from './save-errors.ts';
import { upsert } from './upsert.ts';

/** DOC apex-guide/apex-triggers-order-of-execution: records are processed in chunks of 200. */
const CHUNK = 200;
/** DOC apex-guide "Bulk DML Exception Handling": a batch is tried at most three times. */
const ATTEMPTS = 3;
/** DOC apex-guide/apex-gov-limits "Total stack depth for any Apex invocation that recursively fires triggers". */
const MAX_DEPTH = 16;

export interface SaveOptions {
  /** On behalf of the platform: fields that no caller may write can be written. */
  readonly system?: boolean;
  /** On behalf of this user, within what he may do. */
  readonly access?: UserAccess;
}

/** The save procedure. Results are in request order; only defects and limits are thrown. */
export function saveRequest(
  context: SaveContext,
  request: SaveRequest,
  options: SaveOptions = {},
): readonly SaveResult[] {
  const { access, system = false } = options;
  const object = context.schema.object(request.object);
  if (!object || (access && !access.schema.object(request.object)))
    throw new PlatformError('INVALID_TYPE', noSuchObject(request.object), { httpStatus: 404 });
  if (!system) {
    refuseOperation(object, request);
    refuseMirrored(object);
  }
  if (context.depth >= MAX_DEPTH) {
    const error = saveError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'maximum trigger depth exceeded');
    return request.records.map(() => ({ id: null, success: false, created: false, errors: [error] }));
  }
  context.depth++;
  const { database } = context.store;
  const savepoint = `save_${context.depth}`;
  database.exec(`SAVEPOINT ${savepoint}`);
  try {
    const results =
      request.operation === 'upsert'
        ? upsert(context, object, request, (part) => run(context, object, part, system, access))
        : run(context, object, request, system, access);
    const failed = request.allOrNone && results.some((result) => !result.success);
    database.exec(failed ? `ROLLBACK TO ${savepoint}; RELEASE ${savepoint}` : `RELEASE ${savepoint}`);
    return failed ? results.map(allRolledBack) : results;
  } catch (error) {
    if (database.isTransaction) database.exec(`ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
    throw error;
  } finally {
    context.depth--;
  }
}

function refuseOperation(object: ObjectDef, request: SaveRequest): void {
  const allowed = {
    insert: object.createable,
    update: object.updateable,
    upsert: object.createable && object.updateable,
    delete: object.deletable,
    undelete: object.deletable,
  };
  if (allowed[request.operation]) return;
  throw new PlatformError(
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    `entity type cannot be ${VERB[request.operation]}: ${object.label}`,
  );
}

const VERB = {
  insert: 'inserted',
  update: 'updated',
  upsert: 'upserted',
  delete: 'deleted',
  undelete: 'undeleted',
} as const;

function allRolledBack(result: SaveResult): SaveResult {
  return result.success ? { id: null, success: false, created: false, errors: [rolledBack()] } : result;
}

function run(
  context: SaveContext,
  object: ObjectDef,
  request: SaveRequest,
  system: boolean,
  access: UserAccess | undefined,
): readonly SaveResult[] {
  const action = request.operation as SaveAction;
  const options = { action, system, setsAuditFields: access?.grants.userPermissions.has('CreateAuditFields') ?? false };
  const seen = access?.schema.object(object.name) ?? object;
  const inputs = request.records.map((record, i) => readInput(context.schema, seen, record, i, options));
  if (access) refuseForbidden(context, access, object, action, inputs);
  const results: SaveResult[] = [];
  for (const chunk of chunks(inputs)) {
    for (const [index, result] of saveChunk(context, object, action, chunk, system)) results[index] = result;
  }
  return results;
}

/** At most 200 records, and no record twice in one chunk: the second change must see the first. */
function* chunks(inputs: readonly SaveInput[]): Generator<readonly SaveInput[]> {
  let chunk: SaveInput[] = [];
  let ids = new Set<string>();
  for (const input of inputs) {
    if (chunk.length === CHUNK || (input.id !== null && ids.has(input.id))) {
      yield chunk;
      chunk = [];
      ids = new Set();
    }
    if (input.id !== null) ids.add(input.id);
    chunk.push(input);
  }
  if (chunk.length > 0) yield chunk;
}

/** One chunk with its retries: rows that fail after they were written are undone, and the others start again. */
function saveChunk(
  context: SaveContext,
  object: ObjectDef,
  action: SaveAction,
  inputs: readonly SaveInput[],
  system: boolean,
): ReadonlyMap<number, SaveResult> {
  const results = new Map<number, SaveResult>();
  const savepoint = `chunk_${context.depth}`;
  const limits = context.limits.snapshot();
  let open = inputs;
  for (let attempt = 1; open.length > 0; attempt++) {
    context.store.database.exec(`SAVEPOINT ${savepoint}`);
    const rows = attemptBatch(context, object, action, open, system);
    const bad = rows.filter((row) => row.errors.length > 0);
    for (const row of bad) results.set(row.input.index, failure(row));
    if (!failedLate(rows)) {
      context.store.database.exec(`RELEASE ${savepoint}`);
      for (const row of rows) if (row.errors.length === 0) results.set(row.input.index, success(row, action));
      return results;
    }
    context.store.database.exec(`ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
    context.limits.restore(limits);
    open = rows.filter((row) => row.errors.length === 0).map((row) => row.input);
    context.tx.log({
      step: 'rolled back',
      detail: `${object.name}: ${bad.length} rows failed, ${open.length} are tried again`,
    });
    if (attempt === ATTEMPTS && open.length > 0) {
      for (const input of open)
        results.set(input.index, { id: null, success: false, created: false, errors: [tooManyRetries()] });
      return results;
    }
  }
  return results;
}

function attemptBatch(
  context: SaveContext,
  object: ObjectDef,
  action: SaveAction,
  inputs: readonly SaveInput[],
  system: boolean,
): readonly WorkingRow[] {
  if (action === 'delete') return deleteBatch(context, object, inputs);
  if (action === 'undelete') return undeleteBatch(context, object, inputs);
  return saveBatch(context, object, action, inputs, system);
}

function success(row: WorkingRow, action: SaveAction): SaveResult {
  return { id: row.after['Id'] as string, success: true, created: action === 'insert', errors: [] };
}

function failure(row: WorkingRow): SaveResult {
  const errors: readonly SaveError[] = row.errors;
  return { id: row.input.id, success: false, created: false, errors };
}
