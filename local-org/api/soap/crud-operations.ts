import type { MetadataInput, MetadataSaveResult } from '../../metadata/deploy-types.ts';
import { createMetadata, deleteMetadata, updateMetadata, upsertMetadata } from '../../metadata/crud.ts';
import { PlatformError } from '../../platform-error.ts';
import { childrenNamed, childText, childTexts, toValue, type XmlElement } from './parse-envelope.ts';
import type { SoapCall, SoapOperation } from './soap-operation.ts';
import { element, type XmlValue } from './write-envelope.ts';

type Save = typeof createMetadata;

/** A component as it came, its type in `xsi:type`. */
function readInput(given: XmlElement): MetadataInput {
  const value = toValue(given);
  if (typeof value === 'object' && value !== null) return value as MetadataInput;
  throw new PlatformError('INVALID_TYPE', 'A metadata component needs elements, fullName among them');
}

/** All components of a call are of one type (Metadata API Developer Guide, createMetadata()). */
function typeOf(records: readonly XmlElement[]): string {
  const types = new Set(records.map(({ type }) => type));
  const [type] = types;
  if (types.size === 1 && type) return type;
  throw new PlatformError('INVALID_TYPE', 'The components of a call must all have the same xsi:type');
}

const resultXml = (results: readonly MetadataSaveResult[]): string =>
  element(
    'result',
    results.map(({ created, errors, fullName, success }): XmlValue => ({
      created,
      errors: errors.map(({ fields, message, statusCode }) => ({ fields, message, statusCode })),
      fullName,
      success,
    })),
  );

const save =
  (run: Save): SoapOperation =>
  (context, { operation, user }: SoapCall) => {
    const records = childrenNamed(operation, 'metadata');
    return resultXml(run(context.org, user, typeOf(records), records.map(readInput)));
  };

/** create, update, upsert and delete of single components. */
export const crudOperations: Readonly<Record<string, SoapOperation>> = {
  createMetadata: save(createMetadata),
  updateMetadata: save(updateMetadata),
  upsertMetadata: save(upsertMetadata),
  deleteMetadata: (context, { operation, user }) =>
    resultXml(
      deleteMetadata(context.org, user, childText(operation, 'type') ?? '', childTexts(operation, 'fullNames')),
    ),
};
