import { decodeText, parseXml, XmlSyntaxError } from '../xml/parse-xml.ts';
import { readMetadata } from '../xml/read-metadata.ts';
import type { ReadProblem } from '../xml/read-metadata.ts';

/** A package.xml or destructiveChanges.xml: members by type, in file order. */
export interface Manifest {
  readonly version: string | null;
  readonly types: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly ReadProblem[];
}

/** Reads a manifest. What is wrong with it is in `problems`. */
export function readManifest(bytes: Uint8Array): Manifest {
  try {
    const root = parseXml(decodeText(bytes));
    const { value, problems } = readMetadata('Package', root);
    const types = new Map<string, string[]>();
    for (const entry of (value.types ?? []) as { name?: string; members?: string[] }[]) {
      const name = (entry.name ?? '').trim();
      types.set(name, [...(types.get(name) ?? []), ...(entry.members ?? []).map((member) => member.trim())]);
    }
    const version = typeof value.version === 'string' ? value.version.trim() : null;
    return { version, types, problems };
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    const problem = { problem: `Error parsing file: ${error.message}`, line: error.line, column: error.column };
    return { version: null, types: new Map(), problems: [problem] };
  }
}
