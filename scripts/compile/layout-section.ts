import type { Layout } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';

export type Section = Authored<Layout['layoutSections'][number]>;
export type Item = Authored<Layout['layoutSections'][number]['layoutColumns'][number]['layoutItems'][number]>;

const column = (
  items: readonly Item[],
): Section['layoutColumns'] extends readonly (infer Column)[] | undefined ? Column : never =>
  items.length > 0 ? { layoutItems: items } : {};

/** A section with a label of ours (`custom`) or one of the platform's, which it translates. */
export const section = (
  label: string,
  custom: boolean,
  style: Section['style'],
  ...columns: readonly (readonly Item[])[]
): Section => ({
  customLabel: custom,
  detailHeading: true,
  editHeading: true,
  label,
  layoutColumns: columns.map(column),
  style,
});
