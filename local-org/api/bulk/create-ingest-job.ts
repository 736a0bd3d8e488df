import type { UserContext } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { LocalOrg } from '../../types.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import { isCsvFormat } from './csv.ts';
import type { IngestJob, IngestOperation } from './ingest-job.ts';

const OPERATIONS = new Set<string>(['insert', 'update', 'upsert', 'delete']);

/** Bulk API 2.0 has error codes of its own spelling. */
export const invalidInput = (code: string, message: string): PlatformError => new PlatformError(code, message);

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

function readOperation(value: unknown): IngestOperation {
  const operation = text(value, '');
  if (operation === 'hardDelete') {
    const message =
      'hardDelete operation requires special user profile permission, please contact your system administrator';
    throw invalidInput('FEATURENOTENABLED', message);
  }
  if (!OPERATIONS.has(operation)) throw invalidInput('INVALIDJOB', `Unable to parse Job: operation '${operation}'`);
  return operation as IngestOperation;
}

/** A job from the body of `POST /jobs/ingest`. Throws what the platform refuses about it. */
export function createIngestJob(
  org: LocalOrg,
  user: UserContext,
  version: string,
  id: string,
  body: unknown,
): IngestJob {
  const given = recordBody(body);
  const operation = readOperation(given.operation);
  const object = org.schema.object(text(given.object, ''));
  if (!object)
    throw invalidInput('INVALIDENTITY', `Entity '${text(given.object, '')}' is not supported by the Bulk API.`);
  if (text(given.contentType, 'CSV') !== 'CSV') throw invalidInput('INVALIDJOB', 'contentType must be CSV');
  const externalIdFieldName = typeof given.externalIdFieldName === 'string' ? given.externalIdFieldName : null;
  if (operation === 'upsert') {
    if (externalIdFieldName === null)
      throw invalidInput(
        'INVALIDJOB',
        'External ID was blank for ' + object.name + '. An External ID must be specified for upsert.',
      );
    const field = object.fields.get(externalIdFieldName.toLowerCase());
    if (!field || !(field.externalId || field.type === 'id')) {
      throw invalidInput(
        'INVALIDJOB',
        `Field name provided, ${externalIdFieldName} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
      );
    }
  }
  const format = { columnDelimiter: text(given.columnDelimiter, 'COMMA'), lineEnding: text(given.lineEnding, 'LF') };
  if (!isCsvFormat(format)) throw invalidInput('INVALIDJOB', 'Unable to parse Job: columnDelimiter or lineEnding');
  const now = org.clock.now().toISOString();
  return {
    id,
    version,
    user,
    operation,
    externalIdFieldName,
    format,
    object: object.name,
    createdDate: now,
    systemModstamp: now,
    state: 'Open',
    errorMessage: null,
    data: null,
    header: [],
    results: [],
    unprocessed: [],
    processingTime: 0,
  };
}
