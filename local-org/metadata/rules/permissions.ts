import { checkDeveloperName, checkLength, checkRequired, NAME_LIMITS } from './names.ts';
import { PROBLEMS } from './problems.ts';
import { splitChildName, type Rule, type RuleProblem, type World } from './rule.ts';
import { standardAlias } from './custom-field.ts';

export const PERMISSION_PROBLEMS = {
  inactiveRecordType: (name: string) => `Record type ${name} is inactive and cannot be made visible`,
  editableFormula: (name: string) => `Field ${name} is not editable`,
  editableNotReadable: (name: string) => `Field ${name} is editable but not readable`,
  /** Quoted in the deploy notes of many public repositories; the others but `twice` are unconfirmed. */
  dependsOn: (needs: string, on: string) => `Permission ${needs} depends on permission(s): ${on}`,
  noDefault: (object: string) => `The default record type of ${object} must be visible`,
  twoDefaults: (object: string) => `Only one record type of ${object} can be the default`,
  layoutOfOther: (layout: string, recordType: string) =>
    `Layout ${layout} cannot be assigned to record type ${recordType}: they are of different objects`,
  /** sfdx-hardis, deployTipsList.ts (errors of real deploys). */
  twice: (element: string, value: string) => `Field:${element}, value:${value} appears more than once`,
  invisibleDefaultApp: 'The default application must be visible',
};

type Entry = Readonly<Record<string, unknown>>;
const entries = (metadata: Entry, element: string): readonly Entry[] => (metadata[element] ?? []) as readonly Entry[];

/** A permission set is replaced whole: what a deployed file leaves out is gone (API 40 and later, Metadata API Developer Guide, PermissionSet). */
export const permissionSetRule: Rule = (component, stored, world) => [
  ...checkDeveloperName('permission set', component.fullName),
  ...checkRequired('label', stored.metadata.label),
  ...checkLength('Label', stored.metadata.label, NAME_LIMITS.developerName),
  ...checkLength('Description', stored.metadata.description, NAME_LIMITS.description),
  ...grantProblems(component.metadata, world),
  ...detailProblems(stored.metadata, world),
];

/** Who reads a detail must read its master: `Permission Read Child__c depends on permission(s): Read Parent__c`. */
function detailProblems(metadata: Entry, world: World): RuleProblem[] {
  const read = new Set(
    entries(metadata, 'objectPermissions')
      .filter((entry) => entry.allowRead === true)
      .map((entry) => String(entry.object).toLowerCase()),
  );
  return world.metadata
    .ofType('CustomField')
    .filter((field) => field.metadata.type === 'MasterDetail')
    .map((field) => [splitChildName(field.fullName)[0], String(field.metadata.referenceTo)] as const)
    .filter(([detail, master]) => read.has(detail.toLowerCase()) && !read.has(master.toLowerCase()))
    .map(([detail, master]) => ({ problem: PERMISSION_PROBLEMS.dependsOn(`Read ${detail}`, `Read ${master}`) }));
}

/** A profile is an overlay: only what the file names is checked. */
export const profileRule: Rule = (component, _stored, world) => [
  ...grantProblems(component.metadata, world),
  ...layoutAssignmentProblems(component.metadata, world),
  ...defaultProblems(component.metadata),
];

/** What identifies an entry of each list. */
const KEYS: Readonly<Record<string, string>> = {
  applicationVisibilities: 'application',
  classAccesses: 'apexClass',
  customPermissions: 'name',
  fieldPermissions: 'field',
  flowAccesses: 'flow',
  objectPermissions: 'object',
  recordTypeVisibilities: 'recordType',
  tabSettings: 'tab',
  tabVisibilities: 'tab',
  userPermissions: 'name',
};

function twiceProblems(metadata: Entry): RuleProblem[] {
  return Object.entries(KEYS).flatMap(([list, key]) => {
    const names = entries(metadata, list).map((entry) => String(entry[key]));
    const repeated = names.filter((name, index) => names.indexOf(name) !== index);
    return [...new Set(repeated)].map((name) => ({ problem: PERMISSION_PROBLEMS.twice(key, name) }));
  });
}

function grantProblems(metadata: Entry, world: World): RuleProblem[] {
  return [
    ...twiceProblems(metadata),
    ...entries(metadata, 'fieldPermissions').flatMap((entry) => fieldProblems(entry, world)),
    ...entries(metadata, 'objectPermissions').flatMap((entry) => objectProblems(entry, world)),
    ...entries(metadata, 'recordTypeVisibilities').flatMap((entry) => recordTypeProblems(entry, world)),
    ...missing(metadata, world, 'customPermissions', 'name', 'CustomPermission'),
    ...missing(metadata, world, 'applicationVisibilities', 'application', 'CustomApplication'),
    ...missing(metadata, world, 'classAccesses', 'apexClass', 'ApexClass'),
    ...missing(metadata, world, 'flowAccesses', 'flow', 'Flow'),
    ...customTabProblems(metadata, world),
  ];
}

function missing(metadata: Entry, world: World, list: string, key: string, type: string): RuleProblem[] {
  return entries(metadata, list)
    .map((entry) => String(entry[key]))
    .filter((name) => !world.metadata.get(type, name))
    .map((name) => ({ problem: PROBLEMS.inField(key, type, name) }));
}

function customTabProblems(metadata: Entry, world: World): RuleProblem[] {
  return [...entries(metadata, 'tabSettings'), ...entries(metadata, 'tabVisibilities')]
    .map((entry) => String(entry.tab))
    .filter((tab) => !tab.startsWith('standard-') && !world.metadata.get('CustomTab', tab))
    .map((tab) => ({ problem: PROBLEMS.inField('tab', 'CustomTab', tab) }));
}

function fieldProblems(entry: Entry, world: World): RuleProblem[] {
  const fullName = String(entry.field);
  const [object, name] = splitChildName(fullName);
  const field = world.field(object, name);
  if (!field) return standardAlias(object, name, world) ? [] : [{ problem: PROBLEMS.noField(fullName) }];
  if (field.required) return [{ problem: PROBLEMS.requiredField(fullName) }];
  if (field.calculated && entry.editable === true) return [{ problem: PERMISSION_PROBLEMS.editableFormula(fullName) }];
  if (entry.editable === true && entry.readable === false)
    return [{ problem: PERMISSION_PROBLEMS.editableNotReadable(fullName) }];
  return [];
}

/** "Permission Edit Account depends on permission(s): Read Account": each right needs the lesser ones. Help, "Object Permissions". */
function objectProblems(entry: Entry, world: World): RuleProblem[] {
  const object = String(entry.object);
  if (!world.objectExists(object)) return [{ problem: PROBLEMS.inField('object', 'CustomObject', object) }];
  const needs: readonly (readonly [string, string, string, string])[] = [
    ['allowCreate', 'Create', 'allowRead', 'Read'],
    ['allowEdit', 'Edit', 'allowRead', 'Read'],
    ['allowDelete', 'Delete', 'allowEdit', 'Edit'],
    ['viewAllRecords', 'ViewAll', 'allowRead', 'Read'],
    ['modifyAllRecords', 'ModifyAll', 'allowDelete', 'Delete'],
  ];
  return needs
    .filter(([has, , wants]) => entry[has] === true && entry[wants] !== true)
    .map(([, hasName, , wantsName]) => ({
      problem: PERMISSION_PROBLEMS.dependsOn(`${hasName} ${object}`, `${wantsName} ${object}`),
    }));
}

function recordTypeProblems(entry: Entry, world: World): RuleProblem[] {
  const name = String(entry.recordType);
  const recordType = world.metadata.get('RecordType', name);
  if (!recordType) return [{ problem: PROBLEMS.inField('recordType', 'RecordType', name) }];
  return entry.visible === true && recordType.metadata.active === false
    ? [{ problem: PERMISSION_PROBLEMS.inactiveRecordType(name) }]
    : [];
}

function layoutAssignmentProblems(metadata: Entry, world: World): RuleProblem[] {
  return entries(metadata, 'layoutAssignments').flatMap((entry) => {
    const layout = String(entry.layout);
    const recordType = entry.recordType as string | undefined;
    const problems: RuleProblem[] = [];
    if (!world.metadata.get('Layout', layout)) problems.push({ problem: PROBLEMS.inField('layout', 'Layout', layout) });
    if (recordType !== undefined) {
      if (!world.metadata.get('RecordType', recordType))
        problems.push({ problem: PROBLEMS.inField('recordType', 'RecordType', recordType) });
      const sameObject = recordType.split('.')[0] === layout.split('-')[0];
      if (!sameObject) problems.push({ problem: PERMISSION_PROBLEMS.layoutOfOther(layout, recordType) });
    }
    return problems;
  });
}

function defaultProblems(metadata: Entry): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const defaults = new Map<string, number>();
  for (const entry of entries(metadata, 'recordTypeVisibilities')) {
    if (entry.default !== true) continue;
    const object = String(entry.recordType).split('.')[0] ?? '';
    defaults.set(object, (defaults.get(object) ?? 0) + 1);
    if (entry.visible !== true) problems.push({ problem: PERMISSION_PROBLEMS.noDefault(object) });
  }
  for (const [object, count] of defaults)
    if (count > 1) problems.push({ problem: PERMISSION_PROBLEMS.twoDefaults(object) });
  for (const app of entries(metadata, 'applicationVisibilities')) {
    if (app.default === true && app.visible !== true)
      problems.push({ problem: PERMISSION_PROBLEMS.invisibleDefaultApp });
  }
  return problems;
}

export const customPermissionRule: Rule = (component, stored, world) => [
  ...checkDeveloperName('custom permission', component.fullName),
  ...checkRequired('label', stored.metadata.label),
  ...checkLength('Description', stored.metadata.description, NAME_LIMITS.description),
  ...entries(stored.metadata, 'requiredPermission')
    .filter((entry) => !world.metadata.get('CustomPermission', String(entry.customPermission)))
    .map((entry) => ({
      problem: PROBLEMS.inField('customPermission', 'CustomPermission', String(entry.customPermission)),
    })),
];
