import type { OrgModules } from './org-modules.ts';

/** Where the page puts what depends on the user; see `page/page-context.ts`. */
const CONTEXT = 'globalThis.__lightning';

const constant = (value: unknown): string => `export default ${JSON.stringify(value)};`;
const fromContext = (path: string): string => `export default ${CONTEXT}.${path};`;

/**
 * JavaScript of an `@salesforce/…` module, or null for one that is not the org's.
 * Scopes: https://developer.salesforce.com/docs/platform/lwc/guide/reference-salesforce-modules.html
 * Throws for a custom label that the org does not have, as the platform refuses to compile such a component.
 */
export function scopedModule(id: string, org: OrgModules): string | null {
  const [, scope = '', ...rest] = id.split('/');
  const name = rest.join('/');
  switch (scope) {
    case 'schema': {
      const [objectApiName, ...field] = name.split('.');
      return constant(field.length > 0 ? { fieldApiName: field.join('.'), objectApiName } : { objectApiName });
    }
    case 'label': {
      if (!name.startsWith('c.')) return null;
      const text = org.labels.get(name.slice(2));
      if (text === undefined) throw new Error(`The org has no custom label ${name.slice(2)}.`);
      return constant(text);
    }
    case 'user':
      return name === 'Id' ? fromContext('user.id') : constant(false);
    case 'customPermission':
      return `export default ${CONTEXT}.customPermissions.includes(${JSON.stringify(name)}) || undefined;`;
    case 'client':
      return name === 'formFactor' ? constant('Large') : null;
    case 'i18n':
      return name === 'timeZone' ? fromContext('user.timeZone') : null;
    default:
      return null;
  }
}
