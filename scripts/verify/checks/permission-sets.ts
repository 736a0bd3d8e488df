import type { PermissionSet } from '@salesforce/types/metadata';
import { checkRow, inList, namesOfType } from './check.ts';
import type { Check } from './check.ts';

export const permissionSetsThere: Check = {
  title: 'Permission sets are there',
  run: async ({ org, components }) => {
    const names = namesOfType(components, 'PermissionSet');
    const rows = await org.query<{ Name: string }>(`SELECT Name FROM PermissionSet WHERE Name IN ${inList(names)}`);
    return names.map((name) =>
      checkRow(
        permissionSetsThere.title,
        `PermissionSet ${name}`,
        'there',
        rows.some(({ Name }) => Name === name) ? 'there' : 'not there',
        'Deploy the waterfall.',
      ),
    );
  },
};

interface FieldPermissionRow {
  readonly Field: string;
  readonly PermissionsRead: boolean;
  readonly PermissionsEdit: boolean;
  readonly Parent: { readonly Name: string };
}

interface Access {
  readonly read: boolean;
  readonly edit: boolean;
}

const shown = ({ read, edit }: Access): string => (edit ? 'edit' : read ? 'read' : 'none');

const objectOf = (field: string): string => field.slice(0, field.indexOf('.'));

/** A field that came by deployment is seen by nobody until a permission set says so (Metadata API Developer Guide, PermissionSet). */
export const fieldLevelSecurity: Check = {
  title: 'Field-level security',
  run: async ({ org, components }) => {
    const sets = components.filter(({ type }) => type === 'PermissionSet');
    const objects = new Set(
      sets.flatMap(({ metadata }) =>
        ((metadata as Partial<PermissionSet>).fieldPermissions ?? []).map(({ field }) => objectOf(field)),
      ),
    );
    const rows = await org.query<FieldPermissionRow>(
      'SELECT Field, PermissionsRead, PermissionsEdit, Parent.Name FROM FieldPermissions ' +
        `WHERE SobjectType IN ${inList([...objects])} AND Parent.Name IN ${inList(sets.map(({ fullName }) => fullName))}`,
    );
    const actual = new Map(
      rows.map((row) => [`${row.Parent.Name} ${row.Field}`, { read: row.PermissionsRead, edit: row.PermissionsEdit }]),
    );
    return sets.flatMap(({ fullName, metadata }) => {
      const wanted = (metadata as Partial<PermissionSet>).fieldPermissions ?? [];
      if (wanted.length === 0) return [];
      const wrong = wanted.flatMap(({ field, readable, editable }) => {
        const expected = shown({ read: readable ?? false, edit: editable });
        const found = shown(actual.get(`${fullName} ${field}`) ?? { read: false, edit: false });
        return expected === found ? [] : [`${field} ${found} instead of ${expected}`];
      });
      const all = `${String(wanted.length)} fields as compiled`;
      return [
        checkRow(
          fieldLevelSecurity.title,
          `PermissionSet ${fullName}`,
          all,
          wrong.length === 0 ? all : wrong.join('; '),
          'Deploy again, or correct the permission set in Setup.',
        ),
      ];
    });
  },
};
