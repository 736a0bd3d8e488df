import { checkDeveloperName, checkLength } from './names.ts';
import type { Rule } from './rule.ts';

/** Metadata API Developer Guide, CustomLabels; the number per org: Help, "Custom Labels". */
export const LABEL_LIMITS = { value: 1_000, categories: 255, shortDescription: 80, labels: 5_000 };

/** Unconfirmed text. */
export const TOO_MANY_LABELS = `You have reached the limit of ${LABEL_LIMITS.labels} custom labels`;

export const customLabelRule: Rule = (component, stored, world) => [
  ...checkDeveloperName('custom label', component.fullName),
  ...checkLength('Value', stored.metadata.value, LABEL_LIMITS.value),
  ...checkLength('Categories', stored.metadata.categories, LABEL_LIMITS.categories),
  ...checkLength('Short Description', stored.metadata.shortDescription, LABEL_LIMITS.shortDescription),
  ...(world.metadata.ofType('CustomLabel').length > LABEL_LIMITS.labels ? [{ problem: TOO_MANY_LABELS }] : []),
];
