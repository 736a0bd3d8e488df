import { compileWaterfall } from '../compile/compile-waterfall.ts';
import { lwcDeployEntries } from '../lwc/deploy-entries.ts';
import { parseMetadata } from '../metadata/parse-xml.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { Wanted } from '../plan/rules/rule.ts';

const LABELS_FILE = 'labels/CustomLabels.labels';

/** All that belongs into an org: what the model compiles to, and the project's Lightning components with their labels. */
export async function gatherComponents(waterfall: Waterfall, projectFolder: string): Promise<readonly Wanted[]> {
  const compiled = compileWaterfall(waterfall).map(withoutSources) as readonly Wanted[];
  const known = new Set(compiled.map(({ type, fullName }) => `${type}:${fullName}`));
  const entries = await lwcDeployEntries(projectFolder);
  const texts = new Map([...entries.files].map(([path, content]) => [path, Buffer.from(content).toString('utf8')]));
  const bundles = entries.members.LightningComponentBundle.map((name) => bundle(name, texts));
  return [...compiled, ...labels(texts), ...bundles.filter(({ type, fullName }) => !known.has(`${type}:${fullName}`))];
}

/** The platform takes a bundle's JavaScript; its TypeScript stays in the project. */
function withoutSources<T extends { readonly files?: Readonly<Record<string, string>> }>(component: T): T {
  if (!component.files) return component;
  return { ...component, files: Object.fromEntries(Object.entries(component.files).filter(([name]) => !name.endsWith('.ts'))) };
}

function bundle(name: string, texts: ReadonlyMap<string, string>): Wanted {
  const folder = `lwc/${name}/`;
  const files = [...texts].filter(([path]) => path.startsWith(folder)).map(([path, text]) => [path.slice(folder.length), text] as const);
  const description = files.find(([path]) => path.endsWith('.js-meta.xml'));
  return {
    type: 'LightningComponentBundle',
    fullName: name,
    metadata: description ? parseMetadata(description[1], `${folder}${description[0]}`).value : {},
    files: Object.fromEntries(files.filter(([path]) => !path.endsWith('-meta.xml'))),
    source: `force-app/main/default/${folder}`,
  };
}

function labels(texts: ReadonlyMap<string, string>): readonly Wanted[] {
  const text = texts.get(LABELS_FILE);
  if (text === undefined) return [];
  const list = parseMetadata(text, LABELS_FILE).value['labels'] as readonly (Readonly<Record<string, unknown>> & { readonly fullName: string })[] | undefined;
  return (list ?? []).map(({ fullName, ...metadata }) => ({ type: 'CustomLabel', fullName, metadata, source: `force-app/main/default/${LABELS_FILE}` }));
}
