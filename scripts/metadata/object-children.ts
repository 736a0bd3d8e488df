import type { Component } from './component.ts';
import { MetadataError } from './metadata-error.ts';
import { CHILD_TYPES, splitChildName } from './metadata-types.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * An object's file in metadata format: its own elements and, below their tags, the children given, in the order given.
 */
export const mergeChildren = (own: Json, children: readonly Component[]): Json => {
  const merged: Record<string, unknown> = { ...own };
  for (const { type, fullName, metadata } of children) {
    const tag = CHILD_TYPES[type]?.tag;
    if (tag === undefined) throw new MetadataError(`${type} is no child of an object; add it to metadata-types.ts`);
    const item = { fullName: splitChildName(fullName)[1], ...metadata };
    merged[tag] = [...((merged[tag] as readonly unknown[] | undefined) ?? []), item];
  }
  return merged;
};

/** The inverse: an object's own elements, and each child as a component. */
export const splitChildren = (object: string, merged: Json, source: string): { own: Json; children: Component[] } => {
  const children: Component[] = [];
  for (const [type, { tag }] of Object.entries(CHILD_TYPES)) {
    for (const item of (merged[tag] as readonly Json[] | undefined) ?? []) {
      const { fullName, ...metadata } = item;
      children.push({ type, fullName: `${object}.${String(fullName)}`, metadata, source });
    }
  }
  const tags = new Set(Object.values(CHILD_TYPES).map(({ tag }) => tag));
  const own = Object.fromEntries(Object.entries(merged).filter(([key]) => !tags.has(key)));
  return { own, children };
};
