import { PROBLEMS } from './problems.ts';
import { decodeName, splitChildName, type Rule, type RuleProblem, type World } from './rule.ts';

export const LAYOUT_PROBLEMS = {
  name: (name: string) => `The layout name ${name} must begin with its object and a hyphen`,
  /** Said by Developer orgs in 2026: AwesomeSalesforceSkills, reports of mock deploys. One field at a time, absent ones first. */
  missingRequired: (field: string) => `Layout must contain an item for required layout field: ${field}`,
  mustBeRequired: (field: string) => `Field:${field} must be Required`,
  mustBeReadonly: (field: string) => `Field:${field} must be Readonly`,
  duplicateItem: (field: string) => `Duplicate layout item: ${field}`,
  /** https://github.com/salesforcecli/plugin-deploy-retrieve/pull/1217 */
  noField: (field: string, list: string) => `Invalid field:${field} in related list:${list}`,
  noSections: 'Layout must have at least one section',
  columns: 'A section has one or two columns',
};

interface Item {
  field?: string;
  behavior?: string;
  emptySpace?: boolean;
}
interface Section {
  layoutColumns?: readonly { layoutItems?: readonly Item[] }[];
}

/** Compound and virtual items that are no fields of describe. */
const VIRTUAL_ITEMS: ReadonlySet<string> = new Set([
  'name',
  'address',
  'billingaddress',
  'shippingaddress',
  'mailingaddress',
  'otheraddress',
  'permanentaddress',
  'createdbyid',
  'lastmodifiedbyid',
  'recordtypeid',
  'ownerid',
  'isprivate',
  'remindertime',
  'campaignid',
  'solutionid',
  'daterange',
]);

export const layoutRule: Rule = (component, stored, world) => {
  const hyphen = component.fullName.indexOf('-');
  if (hyphen < 1) return [{ problem: LAYOUT_PROBLEMS.name(component.fullName) }];
  const object = decodeName(component.fullName.slice(0, hyphen));
  if (!world.objectExists(object)) return [{ problem: PROBLEMS.entityNotFound(object) }];
  const sections = (stored.metadata.layoutSections ?? []) as readonly Section[];
  const problems: RuleProblem[] = sections.length === 0 ? [{ problem: LAYOUT_PROBLEMS.noSections }] : [];
  const placed = new Set<string>();
  for (const section of sections) {
    for (const item of (section.layoutColumns ?? []).flatMap((column) => column.layoutItems ?? [])) {
      if (item.field === undefined) continue;
      const key = item.field.toLowerCase();
      if (placed.has(key)) problems.push({ problem: LAYOUT_PROBLEMS.duplicateItem(item.field) });
      placed.add(key);
      problems.push(...itemProblems(object, item, world));
    }
  }
  return [...problems, ...requirementProblems(object, sections, world), ...relatedListProblems(stored.metadata, world)];
};

/** Fields that must be there, then those that must be Required. The platform stops at the first, and so does this. */
function requirementProblems(object: string, sections: readonly Section[], world: World): RuleProblem[] {
  const items = sections.flatMap((section) =>
    (section.layoutColumns ?? []).flatMap((column) => column.layoutItems ?? []),
  );
  const itemOf = (name: string) => items.find((item) => item.field?.toLowerCase() === name.toLowerCase());
  const fields = requiredFields(object, world);
  const absent = fields.find((name) => !itemOf(name));
  if (absent !== undefined) return [{ problem: LAYOUT_PROBLEMS.missingRequired(absent) }];
  const optional = fields.find((name) => !NEED_NOT_BE_REQUIRED.has(name) && itemOf(name)?.behavior !== 'Required');
  return optional === undefined ? [] : [{ problem: LAYOUT_PROBLEMS.mustBeRequired(optional) }];
}

/** On the layout, but as anybody likes. */
const NEED_NOT_BE_REQUIRED: ReadonlySet<string> = new Set(['Probability']);

function itemProblems(object: string, item: Item, world: World): RuleProblem[] {
  const name = item.field ?? '';
  const field = world.field(object, name);
  if (!field) return VIRTUAL_ITEMS.has(name.toLowerCase()) ? [] : [{ problem: PROBLEMS.noField(`${object}.${name}`) }];
  if (field.custom && field.calculated && item.behavior !== 'Readonly')
    return [{ problem: LAYOUT_PROBLEMS.mustBeReadonly(name) }];
  return [];
}

/** Fields that a layout of these objects cannot leave out. Custom required fields are added by the platform's page editor, and here too. */
const ALWAYS_ON: Readonly<Record<string, readonly string[]>> = {
  Account: ['Name'],
  Campaign: ['Name'],
  Contact: ['Name'],
  Lead: ['Name', 'Company', 'Status'],
  Opportunity: ['Probability', 'Name', 'StageName', 'CloseDate'],
};

function requiredFields(object: string, world: World): readonly string[] {
  const custom = world.metadata
    .ofType('CustomField')
    .filter((field) => splitChildName(field.fullName)[0].toLowerCase() === object.toLowerCase())
    .map((field) => splitChildName(field.fullName)[1])
    .filter((name) => world.field(object, name)?.required === true && world.field(object, name)?.custom === true);
  const name = /__c$/i.test(object) && world.metadata.get('CustomObject', object) ? nameOf(object, world) : [];
  return [...(ALWAYS_ON[object] ?? []), ...name, ...custom];
}

/** An auto-number name need not be on a layout. */
function nameOf(object: string, world: World): readonly string[] {
  const nameField = world.metadata.get('CustomObject', object)?.metadata.nameField as { type?: string } | undefined;
  return nameField?.type === 'AutoNumber' ? [] : ['Name'];
}

function relatedListProblems(metadata: Readonly<Record<string, unknown>>, world: World): RuleProblem[] {
  const lists = (metadata.relatedLists ?? []) as readonly { relatedList?: string; fields?: readonly string[] }[];
  return lists.flatMap(({ relatedList = '', fields = [] }) => {
    // `Child__c.Parent__c` names a custom relationship; standard lists have names of their own.
    const [child, lookup] = splitChildName(relatedList);
    if (lookup === '') return [];
    if (!world.objectExists(child) || !world.field(child, lookup))
      return [{ problem: `Cannot find related list:${relatedList}` }];
    return fields
      .filter(
        (field) =>
          field === field.replace(/[A-Z_]+\.[A-Z_]+/, '') && field.endsWith('__c') && !world.field(child, field),
      )
      .map((field) => ({ problem: LAYOUT_PROBLEMS.noField(field, relatedList) }));
  });
}
