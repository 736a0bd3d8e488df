import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Component } from '../metadata/component.ts';
import { bundleEntries } from '../org/bundle.ts';
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
export function writePackage(
  folder: string,
  { components, removeBefore = [], removeAfter = [] }: PackageContent,
  apiVersion: string,
): void {
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

function packageEntries(
  { components, removeBefore, removeAfter }: PackageContent,
  apiVersion: string,
): ReadonlyMap<string, string> {
  const list = components.map((component): Component => ({ ...component, source: 'plan' }));
  const ofType = (wanted: string): readonly Component[] => list.filter(({ type }) => type === wanted);
  const [labels, bundles] = [ofType('CustomLabel'), ofType('LightningComponentBundle')];
  const others = list.filter((component) => !labels.includes(component) && !bundles.includes(component));
  const entries = new Map(
    toMetadataZipEntries(others, {
      apiVersion,
      ...(removeBefore ? { removeBefore } : {}),
      ...(removeAfter ? { removeAfter } : {}),
    }),
  );
  for (const [name, text] of bundles.flatMap(bundleEntries)) entries.set(name, text);
  if (labels.length > 0) {
    const content = labels.map(({ fullName, metadata }) => ({ fullName, ...metadata }));
    entries.set(LABELS_FILE, printMetadata('CustomLabels', { labels: content }));
  }
  return entries.set('package.xml', printManifest(list, apiVersion));
}

export const toDeploy = (changes: readonly Change[]): readonly PlannedComponent[] =>
  changes.flatMap((change) => (change.kind === 'deploy' ? [change.component] : []));
