import { compileWaterfall } from '../compile/compile-waterfall.ts';
import { lwcDeployEntries } from '../lwc/deploy-entries.ts';
import { asBundle, bundlesOf } from '../org/bundle.ts';
import { parseMetadata } from '../metadata/parse-xml.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { Wanted } from '../plan/rules/rule.ts';

const LABELS_FILE = 'labels/CustomLabels.labels';

/** All that belongs into an org: what the model compiles to, and the project's Lightning components with their labels. */
export async function gatherComponents(waterfall: Waterfall, projectFolder: string): Promise<readonly Wanted[]> {
  const compiled = compileWaterfall(waterfall).map((component): Wanted =>
    component.type === 'LightningComponentBundle'
      ? { ...asBundle(component), source: component.source }
      : (component as Wanted),
  );
  const known = new Set(compiled.map(({ type, fullName }) => `${type}:${fullName}`));
  const entries = await lwcDeployEntries(projectFolder);
  const texts = new Map([...entries.files].map(([path, content]) => [path, Buffer.from(content).toString('utf8')]));
  const bundles = bundlesOf(texts).map((bundle): Wanted => ({
    ...bundle,
    source: `force-app/main/default/lwc/${bundle.fullName}`,
  }));
  return [...compiled, ...labels(texts), ...bundles.filter(({ type, fullName }) => !known.has(`${type}:${fullName}`))];
}

function labels(texts: ReadonlyMap<string, string>): readonly Wanted[] {
  const text = texts.get(LABELS_FILE);
  if (text === undefined) return [];
  const list = parseMetadata(text, LABELS_FILE).value['labels'] as
    readonly (Readonly<Record<string, unknown>> & { readonly fullName: string })[] | undefined;
  return (list ?? []).map(({ fullName, ...metadata }) => ({
    type: 'CustomLabel',
    fullName,
    metadata,
    source: `force-app/main/default/${LABELS_FILE}`,
  }));
}
