import { decodeText } from '../xml/parse-xml.ts';
import type { StoredComponent } from '../types.ts';
import { splitChildName, type RuleProblem, type World } from './rule.ts';

export const BUNDLE_REFERENCE_PROBLEMS = {
  /** https://github.com/annyhe/pdfViewer/issues/3, https://github.com/forcedotcom/cli/issues/627 */
  noModule: (name: string, bundle: string) => `No MODULE named markup://c:${name} found : [markup://c:${bundle}]`,
  /** https://github.com/annyhe/pdfViewer/issues/3 quotes it for a static resource. */
  invalidReference: (name: string, type: string, file: string) =>
    `Invalid reference ${name} of type ${type} in file ${file}`,
};

/** `import … from '<module>'`, `export … from '<module>'` and `import('<module>')`, comments apart. */
const MODULE = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g;
const withoutComments = (source: string): string =>
  source.replace(
    /\/\*[^]*?\*\/|(^|[^:'"])\/\/[^\n]*/g,
    (match, before?: string) => (before ?? '') + match.slice((before ?? '').length).replace(/[^\n]/g, ' '),
  );

/** What a component's scripts and templates refer to in the org and is not there: modules, fields, labels, permissions, resources, Apex. */
export function bundleReferenceProblems(bundle: StoredComponent, world: World): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const modules = new Set<string>();
  for (const [path, content] of bundle.files) {
    const file = path.slice(path.lastIndexOf('/') + 1);
    if (path.endsWith('.html')) templateModules(decodeText(content)).forEach((name) => modules.add(name));
    if (!path.endsWith('.js') || path.includes('/__')) continue;
    const source = withoutComments(decodeText(content));
    for (const match of source.matchAll(MODULE)) {
      const specifier = match[2] ?? '';
      const line = source.slice(0, match.index).split('\n').length;
      if (/^c\/\w+$/.test(specifier)) modules.add(specifier.slice(2));
      const missing = missingReference(specifier, world);
      if (missing)
        problems.push({
          problem: BUNDLE_REFERENCE_PROBLEMS.invalidReference(missing.name, missing.type, file),
          fileName: path,
          line,
          column: 1,
        });
    }
  }
  for (const name of [...modules].sort()) {
    if (!world.metadata.get('LightningComponentBundle', name))
      problems.push({ problem: BUNDLE_REFERENCE_PROBLEMS.noModule(name, bundle.fullName) });
  }
  return problems;
}

/** `<c-stage-path>` is the module `stagePath`. Aura components of that name would do as well, but cannot be put into a template. */
function templateModules(source: string): readonly string[] {
  return [...source.replace(/<!--[^]*?-->/g, '').matchAll(/<c-([a-z0-9_-]+)[\s>/]/g)].map((match) =>
    (match[1] ?? '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
}

/** LWC Developer Guide, "@salesforce Modules". Types as the platform names them in its answer. */
function missingReference(
  specifier: string,
  world: World,
): { readonly name: string; readonly type: string } | undefined {
  const [scope, kind, name = ''] = specifier.split('/', 3);
  if (scope !== '@salesforce' || name === '') return undefined;
  const unless = (there: boolean, type: string) => (there ? undefined : { name, type });
  switch (kind) {
    case 'schema': {
      const [object, field] = splitChildName(name);
      if (field === '') return unless(world.objectExists(object), 'sobjectClass');
      return unless(fieldPathExists(object, field.split('.'), world), 'sobjectField');
    }
    case 'label':
      return unless(!name.startsWith('c.') || world.metadata.get('CustomLabel', name.slice(2)) !== undefined, 'label');
    case 'customPermission':
      return unless(world.metadata.get('CustomPermission', name) !== undefined, 'customPermission');
    case 'resourceUrl':
      return unless(world.metadata.get('StaticResource', name) !== undefined, 'resourceUrl');
    case 'apex':
      return unless(world.metadata.get('ApexClass', name.split('.')[0] ?? '') !== undefined, 'apexMethod');
    default:
      return undefined;
  }
}

/** `Account.Name` of Opportunity: every step but the last is a lookup, named by its relationship. */
function fieldPathExists(object: string, path: readonly string[], world: World): boolean {
  const [head = '', ...rest] = path;
  if (!world.objectExists(object)) return false;
  if (rest.length === 0) return world.field(object, head) !== undefined;
  const lookup = world.field(object, /__r$/i.test(head) ? head.replace(/__r$/i, '__c') : `${head}Id`);
  if (!lookup) return false;
  const targets = lookup.definition?.reference?.to ?? [String(lookup.metadata?.referenceTo)];
  return targets.some((target) => fieldPathExists(target, rest, world));
}
