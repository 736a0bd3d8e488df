import { entryOfFile, type RegistryEntry } from '../metadata-registry.ts';
import { elementsOf } from '../xml/metadata-schema.ts';
import { decodeText, parseXml, XmlSyntaxError, type XmlElement } from '../xml/parse-xml.ts';
import { readMetadata, SCHEMA_PROBLEMS, type ReadProblem } from '../xml/read-metadata.ts';
import type { IncomingComponent } from './incoming.ts';
import { isFolderType, keepsText, schemaTypeOf } from './modelled-types.ts';
import type { PackageFiles } from './read-zip.ts';

const NO_FILES: ReadonlyMap<string, Uint8Array> = new Map();
const META = '-meta.xml';
const NOTHING: ReadonlySet<string> = new Set();

/** A file that no type claims. Text: Metadata API, as `sf` shows it for unknown folders in a zip. */
export const unknownFile = (path: string): string =>
  `The file ${path} belongs to no metadata type that this API version knows`;

export interface ReadComponents {
  readonly components: readonly IncomingComponent[];
  /** Files that could not be made a component of. */
  readonly strays: readonly { readonly fileName: string; readonly problem: string }[];
}

/** Every component of a package's files, children of objects on their own. */
export function readComponents(contents: PackageFiles): ReadComponents {
  const components: IncomingComponent[] = [];
  const strays: { fileName: string; problem: string }[] = [];
  const bundles = new Map<string, { entry: RegistryEntry; files: Map<string, Uint8Array> }>();
  for (const [path, content] of contents.files) {
    if (!path.includes('/')) continue;
    const entry = entryOfFile(path);
    if (!entry) {
      strays.push({ fileName: contents.root + path, problem: unknownFile(path) });
    } else if (hasContentFiles(entry)) {
      const key = groupOf(entry, path);
      const group = bundles.get(key) ?? { entry, files: new Map<string, Uint8Array>() };
      group.files.set(path, content);
      bundles.set(key, group);
    } else {
      components.push(...readXmlFile(entry, contents.root, path, content));
    }
  }
  for (const [name, group] of bundles) components.push(readBundle(group.entry, contents.root, name, group.files));
  return { components, strays };
}

/** Types of which a component is more than one XML file. */
function hasContentFiles(entry: RegistryEntry): boolean {
  return (
    entry.adapter === 'bundle' ||
    entry.adapter === 'matchingContentFile' ||
    entry.adapter === 'mixedContent' ||
    entry.adapter === 'digitalExperience'
  );
}

/** The path that a component's files share: its folder for a bundle, the name without endings otherwise. */
function groupOf(entry: RegistryEntry, path: string): string {
  if (entry.adapter === 'bundle') return path.split('/').slice(0, 2).join('/');
  const plain = path.endsWith(META) ? path.slice(0, -META.length) : path;
  const suffix = `.${entry.suffix ?? ''}`;
  return plain.endsWith(suffix) ? plain.slice(0, -suffix.length) : plain.replace(/\.[^./]+$/, '');
}

function readBundle(
  entry: RegistryEntry,
  root: string,
  group: string,
  files: ReadonlyMap<string, Uint8Array>,
): IncomingComponent {
  const fullName = group.slice(entry.directory.length + 1);
  const metaFile = [...files].find(([path]) => path.endsWith(META));
  const contentPath = [...files.keys()].find((path) => !path.endsWith(META)) ?? metaFile?.[0] ?? group;
  const meta = metaFile ? parseFile(metaFile[1]) : undefined;
  const problems: ReadProblem[] = [];
  let metadata: Record<string, unknown> = {};
  if (meta && 'problem' in meta) problems.push(meta.problem);
  else if (meta && elementsOf(entry.name)) {
    // What is inside targetConfigs is defined by each target, not by the schema.
    const children = meta.element.children.filter((child) => child.name !== 'targetConfigs');
    const read = readMetadata(entry.name, { ...meta.element, children });
    metadata = read.value;
    problems.push(...read.problems);
  }
  return {
    type: entry.name,
    fullName,
    fileName: root + (entry.adapter === 'bundle' ? group : contentPath),
    line: 1,
    column: 1,
    metadata,
    files,
    problems,
    sent: NOTHING,
  };
}

function parseFile(content: Uint8Array): { readonly element: XmlElement } | { readonly problem: ReadProblem } {
  try {
    return { element: parseXml(decodeText(content)) };
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    return { problem: { problem: `Error parsing file: ${error.message}`, line: error.line, column: error.column } };
  }
}

function nameOfFile(entry: RegistryEntry, path: string): string {
  const plain = path.endsWith(META) ? path.slice(0, -META.length) : path;
  const name = plain.slice(entry.directory.length + 1);
  const suffix = `.${entry.suffix ?? ''}`;
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

function readXmlFile(entry: RegistryEntry, root: string, path: string, content: Uint8Array): IncomingComponent[] {
  const fileName = root + path;
  const fullName = nameOfFile(entry, path);
  const parsed = parseFile(content);
  if ('problem' in parsed) {
    const { problem } = parsed;
    return [
      {
        type: entry.name,
        fullName,
        fileName,
        line: problem.line,
        column: problem.column,
        metadata: {},
        files: NO_FILES,
        problems: [problem],
        sent: NOTHING,
      },
    ];
  }
  const folder = folderOf(entry, path);
  if (folder) return [componentOfElement(folder.type, folder.fullName, fileName, parsed.element, null)];
  return componentsOfElement(entry, fullName, fileName, parsed.element, decodeText(content));
}

/** `reports/Sales-meta.xml` (`reports/Sales.reportFolder-meta.xml` in source format) is the folder of `reports/Sales/Won.report`. */
function folderOf(
  entry: RegistryEntry,
  path: string,
): { readonly type: string; readonly fullName: string } | undefined {
  const type = `${entry.name}Folder`;
  if (!isFolderType(type) || !path.endsWith(META)) return undefined;
  const plain = path.slice(entry.directory.length + 1, -META.length);
  if (plain.endsWith(`.${entry.suffix ?? ''}`)) return undefined;
  return { type, fullName: plain.replace(/\.\w+Folder$/, '') };
}

/** The component that an element describes, and the children in it. `raw` is kept for types that are not modelled. */
export function componentsOfElement(
  entry: RegistryEntry,
  fullName: string,
  fileName: string,
  element: XmlElement,
  raw: string | null,
): IncomingComponent[] {
  const childTypes = entry.children ?? {};
  const own = { ...element, children: element.children.filter((child) => !Object.hasOwn(childTypes, child.name)) };
  const main = componentOfElement(
    entry.name,
    fullName,
    fileName,
    own,
    raw !== null && Object.keys(childTypes).length === 0 ? raw : null,
  );
  const result = [main];
  for (const child of element.children) {
    const childType = childTypes[child.name];
    if (childType === undefined) continue;
    const name = child.children.find((one) => one.name === 'fullName')?.text.trim() ?? '';
    const childName = entry.name === 'CustomLabels' ? name : `${fullName}.${name}`;
    const component = componentOfElement(childType, childName, fileName, child, null);
    const missing = { problem: SCHEMA_PROBLEMS.missing('fullName'), line: child.line, column: child.column };
    result.push(name === '' ? { ...component, problems: [...component.problems, missing] } : component);
  }
  return result;
}

/** Reads one element as a component of `type`. */
export function componentOfElement(
  type: string,
  fullName: string,
  fileName: string,
  element: XmlElement,
  raw: string | null,
): IncomingComponent {
  const schemaType = schemaTypeOf(type, fullName);
  const problems: ReadProblem[] = [];
  let metadata: Record<string, unknown> = {};
  if (elementsOf(schemaType)) {
    const read = readMetadata(schemaType, element);
    metadata = read.value;
    problems.push(...read.problems);
  } else if (type === 'Settings') {
    problems.push({ problem: `Unknown settings ${fullName}`, line: element.line, column: element.column });
  }
  if (element.name !== schemaType && raw !== null) {
    problems.push({
      problem: SCHEMA_PROBLEMS.unknownElement(element.name, type),
      line: element.line,
      column: element.column,
    });
  }
  delete metadata.fullName;
  if (raw !== null && keepsText(type)) metadata = { ...metadata, raw };
  return {
    type,
    fullName,
    fileName,
    line: element.line,
    column: element.column,
    metadata,
    files: NO_FILES,
    problems,
    sent: new Set(element.children.map((child) => child.name)),
  };
}
