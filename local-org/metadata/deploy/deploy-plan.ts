import type { DeployOptions } from '../deploy-types.ts';
import { registryEntry, parentOf } from '../metadata-registry.ts';
import { keyOf, type IncomingComponent } from '../package/incoming.ts';
import {
  isFolderType,
  MODELLED_TYPES,
  REFUSED_TYPES,
  refusedType,
  storedUnchanged,
} from '../package/modelled-types.ts';
import { readComponents } from '../package/read-components.ts';
import { readManifest, type Manifest } from '../package/read-manifest.ts';
import type { PackageFiles } from '../package/read-zip.ts';
import { PROBLEMS } from '../rules/problems.ts';
import { rankOf } from './type-order.ts';
import { apexRemark } from '../rules/apex-class.ts';

export interface Deletion {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
}

/** A problem that is known before anything is stored. */
export interface EarlyProblem {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly problem: string;
  readonly problemType: 'Error' | 'Warning';
  readonly line?: number;
  readonly column?: number;
}

/** What a zip asks for: deletions before, components in order, deletions after, and what is wrong with it already. */
export interface DeployPlan {
  readonly before: readonly Deletion[];
  readonly components: readonly IncomingComponent[];
  readonly after: readonly Deletion[];
  readonly problems: readonly EarlyProblem[];
  /** Remarks on components that are stored without effect, by key. */
  readonly remarks: ReadonlyMap<string, string>;
  readonly manifests: readonly string[];
}

/** Types whose components only exist as a child of another's file and are named in package.xml on their own. */
const isKnownType = (type: string): boolean => registryEntry(type) !== undefined || parentOf(type) !== undefined;

/** A manifest names a folder under the type that it holds: `Sales` of Report is the ReportFolder Sales. */
function heldType(type: string, fullName: string): string {
  const folder = `${type}Folder`;
  return isFolderType(folder) && !fullName.includes('/') ? folder : type;
}

type PackageOptions = Pick<DeployOptions, 'allowMissingFiles' | 'autoUpdatePackage'>;

export function planDeploy(packages: readonly PackageFiles[], options: PackageOptions = {}): DeployPlan {
  const problems: EarlyProblem[] = [];
  const before: Deletion[] = [];
  const after: Deletion[] = [];
  const manifests: string[] = [];
  const components: IncomingComponent[] = [];
  for (const contents of packages) {
    const packageXml = contents.files.get('package.xml');
    const manifestName = `${contents.root}package.xml`;
    if (!packageXml) {
      problems.push({
        type: '',
        fullName: 'package.xml',
        fileName: manifestName,
        problem: 'No package.xml found',
        problemType: 'Error',
      });
      continue;
    }
    const manifest = readManifest(packageXml);
    manifests.push(manifestName);
    problems.push(...manifestProblems(manifest, manifestName));
    before.push(
      ...readDeletions(contents, 'destructiveChangesPre.xml', problems),
      ...readDeletions(contents, 'destructiveChanges.xml', problems),
    );
    after.push(...readDeletions(contents, 'destructiveChangesPost.xml', problems));
    const read = readComponents(contents);
    for (const stray of read.strays)
      problems.push({ type: '', fullName: stray.fileName, ...stray, problemType: 'Error' });
    components.push(...selectNamed(read.components, manifest, manifestName, options, problems));
  }
  return { before, after, manifests, problems, ...withoutDuplicates(components, problems) };
}

function manifestProblems(manifest: Manifest, fileName: string): EarlyProblem[] {
  const at = { type: '', fullName: 'package.xml', fileName, problemType: 'Error' as const };
  const problems: EarlyProblem[] = manifest.problems.map((one) => ({ ...at, ...one }));
  for (const type of manifest.types.keys()) {
    if (!isKnownType(type)) problems.push({ ...at, problem: PROBLEMS.unknownType(type) });
  }
  return problems;
}

function readDeletions(contents: PackageFiles, name: string, problems: EarlyProblem[]): Deletion[] {
  const bytes = contents.files.get(name);
  if (!bytes) return [];
  const fileName = contents.root + name;
  const manifest = readManifest(bytes);
  const at = { type: '', fullName: name, fileName, problemType: 'Error' as const };
  problems.push(...manifest.problems.map((one) => ({ ...at, ...one })));
  const deletions: Deletion[] = [];
  for (const [type, members] of manifest.types) {
    if (!isKnownType(type)) {
      problems.push({ ...at, problem: PROBLEMS.unknownType(type) });
      continue;
    }
    for (const fullName of members) {
      if (fullName.includes('*')) problems.push({ ...at, problem: PROBLEMS.wildcardDelete });
      else deletions.push({ type: heldType(type, fullName), fullName, fileName });
    }
  }
  return deletions;
}

/** Keeps what package.xml names; says what it names in vain and what it leaves out. */
function selectNamed(
  components: readonly IncomingComponent[],
  manifest: Manifest,
  manifestName: string,
  options: PackageOptions,
  problems: EarlyProblem[],
): IncomingComponent[] {
  const names = (type: string, fullName: string): boolean => {
    const members = manifest.types.get(type) ?? [];
    return members.includes('*') || members.some((member) => member.toLowerCase() === fullName.toLowerCase());
  };
  const found = new Set(components.map((component) => keyOf(component.type, component.fullName)));
  for (const [type, members] of manifest.types) {
    if (!isKnownType(type) || options.allowMissingFiles === true) continue;
    for (const member of members) {
      if (member === '*' || found.has(keyOf(heldType(type, member), member)) || isFolder(type, member, components))
        continue;
      problems.push({
        type,
        fullName: member,
        fileName: manifestName,
        problem: PROBLEMS.notInZip(type, member),
        problemType: 'Error',
      });
    }
  }
  if (options.autoUpdatePackage === true) return [...components];
  return components.filter((component) => {
    const owner = parentOf(component.type);
    if (owner) {
      const parentName =
        owner.parent.name === 'CustomLabels' ? 'CustomLabels' : (component.fullName.split('.')[0] ?? '');
      return names(component.type, component.fullName) || names(owner.parent.name, parentName);
    }
    if (
      names(isFolderType(component.type) ? component.type.replace(/Folder$/, '') : component.type, component.fullName)
    )
      return true;
    // The shell around children that are named on their own is no component of the deploy.
    if (registryEntry(component.type)?.children) return component.problems.length > 0 || hasOwnContent(component);
    problems.push({ ...describe(component), problem: PROBLEMS.notNamedInManifest, problemType: 'Warning' });
    return false;
  });
}

/** An object's file that carries elements of the object itself changes the object, whether or not the manifest names it. */
const hasOwnContent = (component: IncomingComponent): boolean =>
  [...component.sent].some(
    (element) => element !== 'fullName' && !Object.hasOwn(registryEntry(component.type)?.children ?? {}, element),
  );

/** `MyFolder` of type Report names the folder of `MyFolder/My_Report`. */
const isFolder = (type: string, member: string, components: readonly IncomingComponent[]): boolean =>
  registryEntry(type)?.inFolder === true &&
  components.some(
    (component) =>
      component.type === type && component.fullName.startsWith(member.endsWith('/') ? member : `${member}/`),
  );

const describe = (component: IncomingComponent): Pick<EarlyProblem, 'type' | 'fullName' | 'fileName'> => ({
  type: component.type,
  fullName: component.fullName,
  fileName: component.fileName,
});

function withoutDuplicates(
  components: readonly IncomingComponent[],
  problems: EarlyProblem[],
): Pick<DeployPlan, 'components' | 'remarks'> {
  const seen = new Set<string>();
  const remarks = new Map<string, string>();
  const kept: IncomingComponent[] = [];
  for (const component of components) {
    const key = keyOf(component.type, component.fullName);
    if (seen.has(key)) {
      problems.push({
        ...describe(component),
        problem: PROBLEMS.duplicateName(component.type, component.fullName),
        problemType: 'Error',
        line: component.line,
        column: component.column,
      });
      continue;
    }
    seen.add(key);
    if (REFUSED_TYPES.has(component.type)) {
      const at = { line: component.line, column: component.column };
      problems.push({ ...describe(component), problem: refusedType(component.type), problemType: 'Error', ...at });
      continue;
    }
    kept.push(component);
    if (!MODELLED_TYPES.has(component.type)) remarks.set(key, storedUnchanged(component.type));
    if (component.type === 'ApexClass') remarks.set(key, apexRemark(component));
  }
  kept.sort((one, other) => rankOf(one.type) - rankOf(other.type));
  return { components: kept, remarks };
}
