import type { Component } from '../metadata/component.ts';
import { parseMetadata } from '../metadata/parse-xml.ts';
import { fromMetadataZipEntries } from '../metadata/zip-entries.ts';
import { bundlesOf, isBundlePath } from './bundle.ts';
import { hashOf } from './hash.ts';
import type { OrgComponent } from './snapshot.ts';

const LABELS_FILE = 'labels/CustomLabels.labels';

/**
 * Types in which a retrieve quotes the punctuation of value names (`Proposal%2FPrice Quote`). A deploy takes them as they are
 * (CumulusCI, metadata_etl/picklists.py), so from here on they are.
 */
const QUOTED = new Set(['BusinessProcess', 'RecordType']);

function unquoted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unquoted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [
      name,
      name === 'fullName' && typeof child === 'string' ? decoded(child) : unquoted(child),
    ]),
  );
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign of its own
  }
};

/** The components in the files of a metadata zip, by path. Throws MetadataError for a damaged file. */
export function zipComponents(files: ReadonlyMap<string, Buffer>): readonly OrgComponent[] {
  // With singlePackage the files lie at the root; some servers keep the folder of an unpackaged retrieve.
  const texts = new Map(
    [...files].map(([path, content]) => [path.replace(/^unpackaged\//, ''), content.toString('utf8')]),
  );
  const described = new Map([...texts].filter(([path]) => !isBundlePath(path)));
  const components = [...fromMetadataZipEntries(described, 'org'), ...labelsOf(described), ...bundlesOf(texts)];
  return components.map(({ type, fullName, metadata, files: bundle }) => {
    const content = {
      metadata: (QUOTED.has(type) ? unquoted(metadata) : metadata) as Readonly<Record<string, unknown>>,
      ...(bundle ? { files: bundle } : {}),
    };
    return { type, fullName, ...content, hash: hashOf(content) };
  });
}

/** Custom labels come in one file for all. */
function labelsOf(texts: ReadonlyMap<string, string>): readonly Component[] {
  const text = texts.get(LABELS_FILE);
  if (text === undefined) return [];
  const labels = (parseMetadata(text, LABELS_FILE).value['labels'] ?? []) as readonly (Readonly<
    Record<string, unknown>
  > & { readonly fullName: string })[];
  return labels.map(({ fullName, ...metadata }) => ({ type: 'CustomLabel', fullName, metadata, source: 'org' }));
}
