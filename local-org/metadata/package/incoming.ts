import type { ReadProblem } from '../xml/read-metadata.ts';

/** A component on its way into the org, before any rule of its type was asked. */
export interface IncomingComponent {
  readonly type: string;
  readonly fullName: string;
  /** Path in the zip, the package's folder included. */
  readonly fileName: string;
  /** Place of the component's element: the root of its file, or the child's own element. */
  readonly line: number;
  readonly column: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly problems: readonly ReadProblem[];
  /** Element names that the sender wrote: what is absent is left as it is in types that are merged. */
  readonly sent: ReadonlySet<string>;
}

export const keyOf = (type: string, fullName: string): string => `${type} ${fullName.toLowerCase()}`;
