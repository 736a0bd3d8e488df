/** Who may do what, as a Markdown table: read off the compiled permission sets, so that it says what is deployed. */
import type { PermissionSet } from '@salesforce/types/metadata';
import type { Component } from '../metadata/component.ts';

type Access = Pick<
  PermissionSet,
  | 'classAccesses'
  | 'customPermissions'
  | 'fieldPermissions'
  | 'objectPermissions'
  | 'recordTypeVisibilities'
  | 'userPermissions'
>;

/** More fields than this are counted instead of listed. */
const LISTED = 12;

const list = (texts: readonly string[]): string => (texts.length === 0 ? '–' : texts.join(', '));

/** `Account.Targeted_Solutions__c` -> `Targeted Solutions`; labels follow the names. */
const words = (name: string): string =>
  name
    .slice(name.indexOf('.') + 1)
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2');

const objectName = (name: string): string => words(`.${name}`);

type Right = 'allowCreate' | 'allowEdit' | 'allowDelete';

const objects = ({ objectPermissions = [] }: Partial<Access>, right: Right): string =>
  list(objectPermissions.filter((each) => each[right]).map(({ object }) => objectName(object)));

const fields = ({ fieldPermissions = [] }: Partial<Access>): string => {
  const edited = fieldPermissions.filter(({ editable }) => editable).map(({ field }) => field);
  if (edited.length > LISTED) return `${String(edited.length)} fields: also what automation writes, to correct it`;
  const byObject = Map.groupBy(edited, (field) => field.slice(0, field.indexOf('.')));
  return (
    [...byObject].map(([object, names]) => `${objectName(object)}: ${names.map(words).join(', ')}`).join('; ') || '–'
  );
};

const besides = ({ userPermissions = [], classAccesses = [], customPermissions = [] }: Partial<Access>): string =>
  list([
    ...userPermissions.map(({ name }) => words(`.${name}`)),
    ...classAccesses.map(({ apexClass }) => `class ${apexClass}`),
    ...customPermissions.map(({ name }) => words(`.${name}`)),
  ]);

const recordTypes = ({ recordTypeVisibilities = [] }: Partial<Access>): string =>
  list(recordTypeVisibilities.map(({ recordType }) => words(recordType)));

const HEAD = ['Permission set', 'Opportunity types', 'Creates', 'Edits', 'Deletes', 'Fields it fills in', 'Besides'];

/** Rows in the order in which the sets are compiled. */
export const accessTable = (components: readonly Component[]): string => {
  const rows = components
    .filter(({ type }) => type === 'PermissionSet')
    .map(({ fullName, metadata }) => {
      const access = metadata as Partial<Access>;
      return [
        `\`${fullName}\``,
        recordTypes(access),
        objects(access, 'allowCreate'),
        objects(access, 'allowEdit'),
        objects(access, 'allowDelete'),
        fields(access),
        besides(access),
      ];
    });
  return [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};
