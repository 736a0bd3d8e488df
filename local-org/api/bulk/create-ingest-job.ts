import type { UserContext } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { namesRecord, type ObjectDef } from '../../schema/types.ts';
import type { LocalOrg } from '../../types.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import { hasUserPermission } from '../values/user-permission.ts';
import type { StoredJob } from './bulk-store.ts';
import { requireTexts } from './require-text.ts';
import { isCsvFormat, type CsvFormat } from './csv.ts';
import type { IngestJob, IngestOperation } from './ingest-job.ts';

const OPERATIONS = new Set<string>(['insert', 'update', 'upsert', 'delete', 'hardDelete']);
/** System permission without which nobody may use hardDelete (Bulk API 2.0 Developer Guide, "Create a Job"). */
const HARD_DELETE = 'BulkApiHardDelete';

/** Bulk API 2.0 has error codes of its own spelling. */
export const invalidInput = (code: string, message: string): PlatformError => new PlatformError(code, message);

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

function readOperation(org: LocalOrg, user: UserContext, value: unknown): IngestOperation {
  const operation = text(value, '');
  if (!OPERATIONS.has(operation)) throw invalidInput('INVALIDJOB', `Unable to parse Job: operation '${operation}'`);
  if (operation === 'hardDelete' && !hasUserPermission(org, user, HARD_DELETE)) {
    const message =
      'hardDelete operation requires special user profile permission, please contact your system administrator';
    throw invalidInput('FEATURENOTENABLED', message);
  }
  return operation as IngestOperation;
}

function readExternalId(object: ObjectDef, operation: IngestOperation, given: unknown): string | null {
  const name = typeof given === 'string' && given !== '' ? given : null;
  if (operation !== 'upsert') return name;
  if (name === null) {
    const message = `External ID was blank for ${object.name}. An External ID must be specified for upsert.`;
    throw invalidInput('INVALIDJOB', message);
  }
  const field = object.fields.get(name.toLowerCase());
  if (!field || !namesRecord(field)) {
    const message = `Field name provided, ${name} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`;
    throw invalidInput('INVALIDJOB', message);
  }
  return field.name;
}

/** `columnDelimiter` and `lineEnding` of a job. */
export function readFormat(given: Readonly<Record<string, unknown>>): CsvFormat {
  const format = { columnDelimiter: text(given.columnDelimiter, 'COMMA'), lineEnding: text(given.lineEnding, 'LF') };
  if (isCsvFormat(format)) return format;
  throw invalidInput('INVALIDJOB', 'Unable to parse Job: columnDelimiter or lineEnding');
}

const TEXTS = ['object', 'operation', 'externalIdFieldName', 'columnDelimiter', 'lineEnding', 'contentType'];

/** A job from the body of `POST /jobs/ingest`. Throws what the platform refuses about it. */
export function createIngestJob(
  org: LocalOrg,
  user: UserContext,
  version: string,
  body: unknown,
): (key: StoredJob) => IngestJob {
  const given = recordBody(body);
  requireTexts(given, TEXTS);
  const operation = readOperation(org, user, given.operation);
  const object = org.schema.object(text(given.object, ''));
  if (!object)
    throw invalidInput('INVALIDENTITY', `Entity '${text(given.object, '')}' is not supported by the Bulk API.`);
  if (text(given.contentType, 'CSV') !== 'CSV') throw invalidInput('INVALIDJOB', 'contentType must be CSV');
  if (typeof given.assignmentRuleId === 'string')
    throw invalidInput('FEATURENOTENABLED', 'The local org does not support assignment rules (assignmentRuleId).');
  const externalIdFieldName = readExternalId(object, operation, given.externalIdFieldName);
  const format = readFormat(given);
  const now = org.clock.now().toISOString();
  return (key) => ({
    ...key,
    version,
    userId: user.id,
    operation,
    externalIdFieldName,
    format,
    object: object.name,
    createdDate: now,
    systemModstamp: now,
    state: 'Open',
    errorMessage: null,
    uploaded: false,
    header: [],
    processed: 0,
    failed: 0,
    processingTime: 0,
  });
}
