/** `Sales Development (EMEA)` -> `Sales_Development_EMEA`: a label may hold what the developer name of a record may not. */
export const developerName = (label: string): string =>
  label.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
