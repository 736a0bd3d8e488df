import type { PermissionSet } from '@salesforce/types/metadata';
import { ownComponent } from './own-component.ts';
import type { MergeRule } from './rule.ts';

type FieldPermission = PermissionSet['fieldPermissions'][number];

/**
 * Ours, fitted to scores of the org's own: nobody edits what the org computes, and a required field must not be listed, since everybody
 * edits it (Metadata API Developer Guide, PermissionSet, `fieldPermissions`).
 */
export const permissionSet: MergeRule = (wanted, context) => {
  const permissions = (wanted.metadata as Partial<PermissionSet>).fieldPermissions ?? [];
  const fieldPermissions = permissions.flatMap((permission): readonly FieldPermission[] => {
    const own = context.ownScores.get(permission.field)?.metadata;
    if (own === undefined) return [permission];
    if (String(own['required']) === 'true') return [];
    const computed = 'formula' in own || own['type'] === 'Summary';
    return [computed ? { ...permission, editable: false } : permission];
  });
  const fitted = permissions.length === 0 ? wanted : { ...wanted, metadata: { ...wanted.metadata, fieldPermissions } };
  return ownComponent(fitted, context);
};
