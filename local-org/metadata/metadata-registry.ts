import { readFileSync } from 'node:fs';

/** Where components of a type lie in a zip. From source-deploy-retrieve's registry (dev/generate-metadata-schema.ts). */
export interface RegistryEntry {
  readonly name: string;
  readonly directory: string;
  readonly suffix?: string;
  readonly inFolder?: boolean;
  readonly adapter?:
    | 'bundle'
    | 'matchingContentFile'
    | 'mixedContent'
    | 'decomposed'
    | 'digitalExperience'
    | 'default'
    | 'partiallyDecomposed';
  /** Element name in the parent's file -> child type. */
  readonly children?: Readonly<Record<string, string>>;
}

let entries: readonly RegistryEntry[] | undefined;

/** Every type of the registry, by name. */
export function registry(): readonly RegistryEntry[] {
  entries ??= JSON.parse(
    readFileSync(new URL('./metadata-registry.generated.json', import.meta.url), 'utf8'),
  ) as RegistryEntry[];
  return entries;
}

export function registryEntry(type: string): RegistryEntry | undefined {
  return registry().find((entry) => entry.name === type);
}

/** The type that a file of a zip belongs to: by suffix where several types share a directory. */
export function entryOfFile(path: string): RegistryEntry | undefined {
  const [directory = ''] = path.split('/');
  const candidates = registry().filter((entry) => entry.directory === directory);
  if (candidates.length <= 1) return candidates[0];
  const plain = path.replace(/-meta\.xml$/, '');
  return (
    candidates.find((entry) => entry.suffix !== undefined && plain.endsWith(`.${entry.suffix}`)) ??
    candidates.find((entry) => entry.adapter === 'bundle')
  );
}

/** Types that live in their parent's file: `CustomField` -> CustomObject. */
export function parentOf(childType: string): { readonly parent: RegistryEntry; readonly element: string } | undefined {
  for (const parent of registry()) {
    for (const [element, child] of Object.entries(parent.children ?? {})) {
      if (child === childType) return { parent, element };
    }
  }
  return undefined;
}

/** `Opportunity.Renewal` of type RecordType lies in `objects/Opportunity.object`. */
export function fileNameOf(type: string, fullName: string): string {
  const child = parentOf(type);
  if (child) {
    const owner = child.parent.name === 'CustomLabels' ? 'CustomLabels' : fullName.slice(0, fullName.indexOf('.'));
    return `${child.parent.directory}/${owner}.${child.parent.suffix ?? ''}`;
  }
  const entry = registryEntry(type);
  const held = entry ? undefined : registryEntry(type.replace(/Folder$/, ''));
  if (held?.inFolder) return `${held.directory}/${fullName}-meta.xml`;
  if (!entry) return `${type}/${fullName}`;
  if (entry.adapter === 'bundle') return `${entry.directory}/${fullName}`;
  return entry.suffix ? `${entry.directory}/${fullName}.${entry.suffix}` : `${entry.directory}/${fullName}`;
}
