import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Component } from '../compile/component.ts';
import { printManifest } from '../metadata/manifest.ts';
import { printMetadata } from '../metadata/print-xml.ts';
import { toMetadataZipEntries } from '../metadata/zip-entries.ts';
import { OrgError } from '../org/types.ts';
import type { Change, PlannedComponent } from '../plan/types.ts';

export interface Removal {
  readonly type: string;
  readonly fullName: string;
}

export interface PackageContent {
  readonly components: readonly PlannedComponent[];
  readonly removeBefore?: readonly Removal[];
  readonly removeAfter?: readonly Removal[];
}

/** Writes a deployment in metadata format, so that what was sent can be read afterwards. Throws OrgError when it cannot be written. */
export function writePackage(folder: string, { components, removeBefore = [], removeAfter = [] }: PackageContent, apiVersion: string): void {
  const entries = packageEntries({ components, removeBefore, removeAfter }, apiVersion);
  try {
    rmSync(folder, { recursive: true, force: true });
    for (const [name, text] of entries) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  } catch (cause) {
    throw new OrgError(
      'RUN_FOLDER',
      `The package cannot be written to ${folder}: ${(cause as Error).message}.`,
      'Free some disk space or make the folder writable; nothing has been sent to the org.',
      { cause },
    );
  }
}

/** All labels of an org share one file, whatever their number. */
const LABELS_FILE = 'labels/CustomLabels.labels';

function packageEntries({ components, removeBefore, removeAfter }: PackageContent, apiVersion: string): ReadonlyMap<string, string> {
  const list = components.map((component): Component => ({ ...component, source: 'plan' }));
  const [labels, others] = [list.filter(({ type }) => type === 'CustomLabel'), list.filter(({ type }) => type !== 'CustomLabel')];
  const entries = new Map(toMetadataZipEntries(others, { apiVersion, ...(removeBefore ? { removeBefore } : {}), ...(removeAfter ? { removeAfter } : {}) }));
  if (labels.length === 0) return entries;
  const content = labels.map(({ fullName, metadata }) => ({ fullName, ...metadata }));
  return entries.set(LABELS_FILE, printMetadata('CustomLabels', { labels: content })).set('package.xml', printManifest(list, apiVersion));
}

export const toDeploy = (changes: readonly Change[]): readonly PlannedComponent[] =>
  changes.flatMap((change) => (change.kind === 'deploy' ? [change.component] : []));
