import { fieldName, fieldNames, query, uiApi } from '../lds/http';
import { refreshAll, wireAdapter } from '../lds/wire-adapter';

/** `lightning/uiRecordApi` over the org's UI API. */

interface FieldValue {
  readonly displayValue: string | null;
  readonly value: unknown;
}
interface RecordData {
  readonly fields: Readonly<Record<string, FieldValue | undefined>>;
}

export const getRecord = wireAdapter(['recordId'], ({ recordId, fields, optionalFields, layoutTypes, modes }) =>
  uiApi(
    'GET',
    `/records/${String(recordId)}${query({
      fields: fieldNames(fields),
      optionalFields: fieldNames(optionalFields),
      layoutTypes,
      modes,
    })}`,
  ),
);

export const getRecordUi = wireAdapter(['recordIds'], ({ recordIds, layoutTypes, modes, optionalFields }) =>
  uiApi(
    'GET',
    `/record-ui/${[recordIds].flat().join(',')}${query({ layoutTypes, modes, optionalFields: fieldNames(optionalFields) })}`,
  ),
);

function find(record: RecordData | undefined, field: unknown): FieldValue | undefined {
  const [, ...path] = fieldName(field).split('.');
  let at: RecordData | undefined = record;
  let found: FieldValue | undefined;
  for (const name of path) {
    found = at?.fields[name];
    at = found?.value as RecordData | undefined;
  }
  return found;
}

export const getFieldValue = (record: RecordData | undefined, field: unknown): unknown => find(record, field)?.value;
export const getFieldDisplayValue = (record: RecordData | undefined, field: unknown): unknown =>
  find(record, field)?.displayValue;

export async function updateRecord(
  { fields }: { fields: Record<string, unknown> },
  options?: { ifUnmodifiedSince?: string },
): Promise<unknown> {
  const { Id, ...changes } = fields;
  const unmodified = options?.ifUnmodifiedSince;
  const path = `/records/${String(Id)}`;
  const record = await uiApi(
    'PATCH',
    path,
    { fields: changes },
    unmodified === undefined ? {} : { 'if-unmodified-since': unmodified },
  );
  await refreshAll();
  return record;
}

export async function createRecord(input: { apiName: string; fields: Record<string, unknown> }): Promise<unknown> {
  const record = await uiApi('POST', '/records', input);
  await refreshAll();
  return record;
}

export async function deleteRecord(recordId: string): Promise<void> {
  await uiApi('DELETE', `/records/${recordId}`);
  await refreshAll();
}

export const notifyRecordUpdateAvailable = (): Promise<void> => refreshAll();
/** The older name; returns nothing. */
export function getRecordNotifyChange(): void {
  void refreshAll();
}
