import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { compileWaterfall } from '../compile/compile-waterfall.ts';
import { convertsLeads } from '../compile/leads/what-leads-need.ts';
import { LEAD_CONVERSION_CLASS, LEAD_CONVERSION_TEST_CLASS } from '../compile/names.ts';
import { lwcDeployEntries } from '../lwc/deploy-entries.ts';
import { asBundle, bundlesOf } from '../org/bundle.ts';
import { apexClassesOf } from '../metadata/apex-class-files.ts';
import { componentKey } from '../metadata/component.ts';
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
  const known = new Set(compiled.map(componentKey));
  const entries = await lwcDeployEntries(projectFolder);
  const texts = new Map([...entries.files].map(([path, content]) => [path, Buffer.from(content).toString('utf8')]));
  const bundles = bundlesOf(texts).map((bundle): Wanted => ({
    ...bundle,
    source: `force-app/main/default/lwc/${bundle.fullName}`,
  }));
  const classes = convertsLeads(waterfall) ? await apexClasses(projectFolder) : [];
  return [...compiled, ...classes, ...labels(texts), ...bundles.filter((bundle) => !known.has(componentKey(bundle)))];
}

const CLASSES = 'force-app/main/default/classes';
const SHIPPED: ReadonlySet<string> = new Set([LEAD_CONVERSION_CLASS, LEAD_CONVERSION_TEST_CLASS]);

/** What converts leads, and its test: only where the model has leads converted. */
async function apexClasses(projectFolder: string): Promise<readonly Wanted[]> {
  const folder = path.join(projectFolder, CLASSES);
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(
    names.map(async (name) => [`classes/${name}`, await readFile(path.join(folder, name), 'utf8')] as const),
  );
  return apexClassesOf(new Map(texts), CLASSES)
    .filter(({ fullName }) => SHIPPED.has(fullName))
    .map((component) => ({ ...component, source: `${CLASSES}/${component.fullName}.cls` }) as Wanted);
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
