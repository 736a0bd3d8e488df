import { printMetadata } from './print-xml.ts';

type Named = Readonly<{ type: string; fullName: string }>;

const byCodeUnit = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/**
 * The text of a package.xml (or destructiveChanges.xml) that names each component once; types and members are sorted.
 */
export const printManifest = (components: readonly Named[], apiVersion: string): string => {
  const members = new Map<string, Set<string>>();
  for (const { type, fullName } of components) {
    members.set(type, (members.get(type) ?? new Set()).add(fullName));
  }
  const types = [...members]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .map(([name, names]) => ({ members: [...names].sort(byCodeUnit), name }));
  return printMetadata('Package', { types, version: apiVersion });
};
