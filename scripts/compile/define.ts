import type { ComponentMetadata } from '../metadata/component-metadata.ts';
import type { Component } from '../metadata/component.ts';

/**
 * A component whose metadata is checked against a type of `@salesforce/types/metadata`:
 * `define<CustomField>('CustomField', …)`. Elements that are undefined are left out, so that an optional one can be
 * written as `name: condition ? value : undefined`.
 */
export const define = <M extends object>(
  type: string,
  fullName: string,
  metadata: ComponentMetadata<M>,
  source: string,
): Component => ({
  type,
  fullName,
  metadata: Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined)),
  source,
});
