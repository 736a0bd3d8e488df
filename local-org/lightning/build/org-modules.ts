import { createHash } from 'node:crypto';
import type { MetadataReader } from '../../metadata/types.ts';

/** What the org's Lightning components are made of: the deployed files and the labels they may show. */
export interface OrgModules {
  /** `stageTracker/stageTracker.js` -> text. */
  readonly files: ReadonlyMap<string, string>;
  /** Developer name -> text. */
  readonly labels: ReadonlyMap<string, string>;
  /** Names of the components that an admin can place on a page. */
  readonly exposed: readonly string[];
  /** Changes when any of it does. */
  readonly hash: string;
}

const SOURCE = /\.(js|html|css)$/;

/** Reads the Lightning component bundles that were deployed; nothing comes from a working folder. */
export function orgModules(metadata: MetadataReader): OrgModules {
  const files = new Map<string, string>();
  const exposed: string[] = [];
  for (const bundle of metadata.ofType('LightningComponentBundle')) {
    for (const [path, content] of bundle.files) {
      const name = path.split('/').pop() ?? path;
      if (SOURCE.test(name)) files.set(`${bundle.fullName}/${name}`, Buffer.from(content).toString('utf8'));
    }
    if (bundle.metadata.isExposed === true) exposed.push(bundle.fullName);
  }
  const labels = new Map(
    metadata
      .ofType('CustomLabel')
      .map(({ fullName, metadata: { value } }) => [fullName, typeof value === 'string' ? value : '']),
  );
  const content = JSON.stringify([[...files].sort(), [...labels].sort(), exposed.sort()]);
  return { files, labels, exposed, hash: createHash('sha256').update(content).digest('hex').slice(0, 16) };
}
