import { describeMetadata } from '../../metadata/describe-metadata.ts';
import { listMetadata } from '../../metadata/list.ts';
import { readMetadata } from '../../metadata/read.ts';
import { retrieve, retrieveStatus } from '../../metadata/retrieve.ts';
import type { PackageTypeMembers, RetrieveRequest } from '../../metadata/deploy-types.ts';
import { child, childBoolean, childrenNamed, childText, childTexts, type XmlElement } from './parse-envelope.ts';
import type { SoapOperation } from './soap-operation.ts';
import { element, type XmlValue } from './write-envelope.ts';

const typeMembers = (types: XmlElement): PackageTypeMembers => ({
  name: childText(types, 'name') ?? '',
  members: childTexts(types, 'members'),
});

function retrieveRequest(given: XmlElement | undefined, version: string): RetrieveRequest {
  const unpackaged = child(given, 'unpackaged');
  return {
    apiVersion: childText(given, 'apiVersion') ?? version,
    packageNames: childTexts(given, 'packageNames'),
    singlePackage: childBoolean(given, 'singlePackage'),
    specificFiles: childTexts(given, 'specificFiles'),
    ...(unpackaged
      ? {
          unpackaged: {
            types: childrenNamed(unpackaged, 'types').map(typeMembers),
            version: childText(unpackaged, 'version'),
          },
        }
      : {}),
  };
}

/** Retrieve, list, describe and read of the Metadata API. */
export const readOperations: Readonly<Record<string, SoapOperation>> = {
  retrieve(context, { operation, user, version }) {
    const { id } = retrieve(
      context.org,
      user,
      retrieveRequest(child(operation, 'retrieveRequest') ?? child(operation, 'request'), version),
    );
    return element('result', { done: false, id, state: 'Queued' });
  },
  checkRetrieveStatus(context, { operation }) {
    const { zipFile, ...result } = retrieveStatus(context.org, childText(operation, 'asyncProcessId') ?? '');
    const withZip = childBoolean(operation, 'includeZip') ?? true;
    return element('result', { ...result, ...(withZip ? { zipFile } : {}) } as unknown as XmlValue);
  },
  listMetadata(context, { operation }) {
    const queries = childrenNamed(operation, 'queries').map((query) => ({
      type: childText(query, 'type') ?? '',
      folder: childText(query, 'folder'),
    }));
    return element('result', listMetadata(context.org, queries) as unknown as XmlValue);
  },
  describeMetadata: () => element('result', describeMetadata() as unknown as XmlValue),
  readMetadata(context, { operation }) {
    const records = readMetadata(context.org, childText(operation, 'type') ?? '', childTexts(operation, 'fullNames'));
    const xml = records.map((record) =>
      record === null
        ? '<records xsi:nil="true"/>'
        : element('records', { xml: record.xml }, ` xsi:type="${record.xsiType}"`),
    );
    return element('result', { xml: xml.join('') });
  },
};
