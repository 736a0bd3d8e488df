import type { FlowElements } from './flow-shell.ts';

/** The elements and resources of a flow that was written in parts. */
export const joinElements = (...parts: readonly FlowElements[]): FlowElements => {
  const kinds = new Set(parts.flatMap((part) => Object.keys(part)));
  const of = (part: FlowElements, kind: string): readonly object[] =>
    (part as Readonly<Record<string, readonly object[]>>)[kind] ?? [];
  return Object.fromEntries([...kinds].map((kind) => [kind, parts.flatMap((part) => of(part, kind))]));
};
