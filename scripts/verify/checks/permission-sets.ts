import type { PermissionSet } from '@salesforce/types/metadata';
import { SCORE_SOURCE } from '../../compile/buying-groups/score-field.ts';
import { inList } from '../../org/query-in-lists.ts';
import { checkRow, namesOfType } from './check.ts';
import type { Check, CheckContext } from './check.ts';

export const permissionSetsThere: Check = {
  title: 'Permission sets are there',
  run: async ({ org, components }) => {
    const names = namesOfType(components, 'PermissionSet');
    const rows = await org.query<{ Name: string }>(`SELECT Name FROM PermissionSet WHERE Name IN (${inList(names)})`);
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

/**
 * Scores of the org's own, which the plan leaves as they are and gives what access it can: nobody edits what the org computes, and what is
 * required is in no permission set.
 */
const scoresOfTheOrg = async ({ org, components }: CheckContext): Promise<ReadonlySet<string>> => {
  const scores = components
    .filter(({ type, source }) => type === 'CustomField' && source === SCORE_SOURCE)
    .map(({ fullName }) => fullName);
  const described = await Promise.all([...new Set(scores.map(objectOf))].map((object) => org.describe(object)));
  const fixed = described.flatMap(({ name: object, fields }) =>
    fields
      .filter(({ calculated, nillable }) => calculated === true || nillable === false)
      .map(({ name }) => `${object}.${name}`),
  );
  return new Set(scores.filter((score) => fixed.includes(score)));
};

/** A field that came by deployment is seen by nobody until a permission set says so (Metadata API Developer Guide, PermissionSet). */
export const fieldLevelSecurity: Check = {
  title: 'Field-level security',
  run: async (context) => {
    const { org, components } = context;
    const sets = components.filter(({ type }) => type === 'PermissionSet');
    const objects = new Set(
      sets.flatMap(({ metadata }) =>
        ((metadata as Partial<PermissionSet>).fieldPermissions ?? []).map(({ field }) => objectOf(field)),
      ),
    );
    const rows = await org.query<FieldPermissionRow>(
      'SELECT Field, PermissionsRead, PermissionsEdit, Parent.Name FROM FieldPermissions ' +
        `WHERE SobjectType IN (${inList([...objects])}) AND Parent.Name IN (${inList(sets.map(({ fullName }) => fullName))})`,
    );
    const actual = new Map(
      rows.map((row) => [`${row.Parent.Name} ${row.Field}`, { read: row.PermissionsRead, edit: row.PermissionsEdit }]),
    );
    const compared = sets.map(({ fullName, metadata }) => {
      const wanted = (metadata as Partial<PermissionSet>).fieldPermissions ?? [];
      const differing = wanted.flatMap(({ field, readable, editable }) => {
        const expected = shown({ read: readable ?? false, edit: editable });
        const found = shown(actual.get(`${fullName} ${field}`) ?? { read: false, edit: false });
        return expected === found ? [] : [{ field, text: `${field} ${found} instead of ${expected}` }];
      });
      return { fullName, wanted, differing };
    });
    const fixed = compared.some(({ differing }) => differing.length > 0) ? await scoresOfTheOrg(context) : new Set();
    return compared.flatMap(({ fullName, wanted, differing }) => {
      if (wanted.length === 0) return [];
      const wrong = differing.filter(({ field }) => !fixed.has(field)).map(({ text }) => text);
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
