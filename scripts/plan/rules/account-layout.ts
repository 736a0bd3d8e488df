import { LEAD_FIELD } from '../../compile/names.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../difference.ts';
import { decoded, listOf } from '../element.ts';
import type { PlannedComponent, Step } from '../types.ts';
import { low, medium, updateStep } from './own-component.ts';
import { chosenProfiles } from './profile.ts';
import { existing, nameOf } from './rule.ts';
import type { Outcome, RuleContext, Wanted } from './rule.ts';

/** Values and marks that automation alone writes are on no layout: whoever looks for them finds them in a report. */
const isKey = ({ metadata }: Wanted): boolean => metadata['externalId'] === true;

/** Objects whose pages are the organisation's own, and which of our fields people need there. */
const OFFERED: Readonly<Record<string, (field: Wanted) => boolean>> = {
  Account: (field) => !isKey(field),
  Campaign: (field) => !isKey(field),
  Lead: (field) => !isKey(field),
  // Beside the role people say how certain a member is and where it comes from; the rest is counted.
  OpportunityContactRole: ({ metadata }) => metadata['type'] === 'Picklist',
  Product2: (field) => !isKey(field),
};
/** What people fill in on a lead; the rest is shown: a clone of the lead does not copy what its form does not offer. */
const FILLED_IN_ON_LEADS: ReadonlySet<string> = new Set([LEAD_FIELD.matchedAccount, LEAD_FIELD.solution]);
/** How a layout has the field. */
const behaviorOf = (object: string, field: string): 'Edit' | 'Readonly' =>
  object === 'Lead' && !FILLED_IN_ON_LEADS.has(field) ? 'Readonly' : 'Edit';
/** What people call a record of the object. */
const PAGE: Readonly<Record<string, string>> = {
  Account: 'an account',
  Campaign: 'a campaign',
  Lead: 'a lead',
  OpportunityContactRole: 'an opportunity contact role',
  Product2: 'a product',
};
/** What Setup calls the object. */
const OBJECT_MANAGER: Readonly<Record<string, string>> = {
  OpportunityContactRole: 'Opportunity Contact Role',
  Product2: 'Product',
};
/** Sections of links hold no fields (Metadata API Developer Guide, Layout, LayoutSectionStyle). */
const LINKS = 'CustomLinks';

interface Section {
  readonly style?: unknown;
  readonly layoutColumns?: unknown;
}
interface Column {
  readonly layoutItems?: unknown;
}
interface Item {
  readonly field?: string;
}

const sectionsOf = (layout: PlannedComponent): readonly Section[] =>
  listOf(layout.metadata['layoutSections']) as readonly Section[];
const columnsOf = (section: Section): readonly Column[] => listOf(section.layoutColumns) as readonly Column[];
const itemsOf = (column: Column): readonly Item[] => listOf(column.layoutItems) as readonly Item[];

/**
 * Our fields of accounts, campaigns, contact roles, leads and products are filled in by people, or tell them what became of a lead, and a
 * field that is on no layout is on no page. They go to the end of the first section, as CumulusCI's add_page_layout_fields does, of the
 * layouts that the profiles in use show; a layout that has a field already keeps it where it is. Nobody sees the field there but those
 * who have one of our permission sets. The mapping can leave it to the admin, and a layout of a managed package is left to the admin in
 * any case.
 */
export function accountLayouts(components: readonly Wanted[], context: RuleContext): Outcome {
  const byObject = Object.entries(OFFERED).map(([object, offered]) => ({
    object,
    // Nobody fills in a formula.
    wanted: components.filter(
      (field) =>
        field.type === 'CustomField' &&
        field.fullName.startsWith(`${object}.`) &&
        !('formula' in field.metadata) &&
        offered(field),
    ),
  }));
  return {
    steps: byObject.flatMap(({ object, wanted }) => layoutsOf(object, wanted, context)),
    findings: byObject.flatMap(({ object, wanted }) => picklistsToLookAt(object, wanted, context)),
  };
}

const PICKLISTS: ReadonlySet<unknown> = new Set(['Picklist', 'MultiselectPicklist']);

/**
 * What record types that are there offer of a new picklist is not documented: values that come through the API have to be added to each
 * (Metadata API Developer Guide, StandardValueSet, note; certinia/apex-mdapi issue 199). Record types of objects that are the
 * organisation's own are not touched.
 */
function picklistsToLookAt(object: string, wanted: readonly Wanted[], context: RuleContext): readonly Finding[] {
  const added = wanted.filter(
    (field) => PICKLISTS.has(field.metadata['type']) && existing(context, field) === undefined,
  );
  const recordTypes = (context.snapshot.describe[object]?.recordTypeInfos ?? [])
    .filter(({ master, active }) => active && !master)
    .map(({ developerName }) => developerName);
  if (added.length === 0 || recordTypes.length === 0) return [];
  const fields = added.map(({ fullName }) => fullName.slice(object.length + 1)).join(', ');
  return [
    {
      severity: 'info',
      code: 'PLAN_PICKLIST_OF_RECORD_TYPES',
      message: `Whether the record types of ${object} (${recordTypes.join(', ')}) will offer the values of ${fields} is the org's affair.`,
      place: `CustomField ${added[0]!.fullName}`,
      action: `After the deployment look at them in Setup > Object Manager > ${OBJECT_MANAGER[object] ?? object} > Record Types, and add the values that are missing.`,
    },
  ];
}

function layoutsOf(object: string, wanted: readonly Wanted[], context: RuleContext): readonly Step[] {
  const [first] = wanted;
  if (!first) return [];
  const { source } = first;
  const fields = wanted.map(({ fullName }) => fullName.slice(object.length + 1));
  return assignedLayouts(object, context).flatMap((layout): readonly Step[] => {
    const after = withFields(object, layout, fields);
    if (after === null) return [];
    const changed = differences(layout, after);
    const why = `The page of ${PAGE[object] ?? object} has to offer ${fields.join(', ')}, or nobody finds it there.`;
    if (context.mapping.accountLayouts === 'manual' || layout.fullName.includes('__'))
      return [byHand(object, layout, changed, why, source)];
    const risk = medium(
      'The whole layout is sent with the field added; only holders of our permission sets see it. accountLayouts: manual leaves it to you.',
    );
    return [updateStep(layout, { ...after, source }, changed, why, risk)];
  });
}

/** The object's layouts that profiles in use are assigned, for whichever record type. */
function assignedLayouts(object: string, context: RuleContext): readonly PlannedComponent[] {
  const names = chosenProfiles(context).flatMap(({ fullName }) => {
    const profile = context.snapshot.components[`Profile:${fullName}`];
    const assignments = listOf(profile?.metadata['layoutAssignments']) as readonly { readonly layout: string }[];
    return assignments.map(({ layout }) => decoded(layout));
  });
  return [...new Set(names)]
    .filter((name) => name.startsWith(`${object}-`))
    .toSorted()
    .flatMap((name) => layoutNamed(name, context) ?? []);
}

/** Names of layouts are quoted in some places (`Account-A %26 B`) and not in others. */
const layoutNamed = (name: string, { snapshot }: RuleContext): PlannedComponent | undefined =>
  snapshot.components[`Layout:${name}`] ??
  Object.values(snapshot.components).find(({ type, fullName }) => type === 'Layout' && decoded(fullName) === name);

/** Null where the layout has them all, or nowhere to put them. */
function withFields(object: string, layout: PlannedComponent, fields: readonly string[]): PlannedComponent | null {
  const sections = sectionsOf(layout);
  const present = new Set(
    sections
      .flatMap(columnsOf)
      .flatMap(itemsOf)
      .map(({ field }) => field),
  );
  const missing = fields.filter((field) => !present.has(field));
  const at = sections.findIndex((section) => section.style !== LINKS && columnsOf(section).length > 0);
  if (missing.length === 0 || at === -1) return null;
  const columns = columnsOf(sections[at]!);
  const last = columns.length - 1;
  const added = missing.map((field) => ({ behavior: behaviorOf(object, field), field }));
  const layoutColumns = columns.map((column, index) =>
    index === last ? { ...column, layoutItems: [...itemsOf(column), ...added] } : column,
  );
  const layoutSections = sections.map((section, index) => (index === at ? { ...section, layoutColumns } : section));
  return { ...layout, metadata: { ...layout.metadata, layoutSections } };
}

const byHand = (
  object: string,
  layout: PlannedComponent,
  changed: Step['differences'],
  why: string,
  source: string,
): Step => ({
  id: `Layout:${layout.fullName}`,
  action: 'manual',
  do: {
    text: `In Setup > Object Manager > ${OBJECT_MANAGER[object] ?? object} > Page Layouts put the fields below on ${nameOf(layout)}`,
    change: { kind: 'manual' },
  },
  undo: { text: 'Take the fields off the layout in the same place', change: { kind: 'manual' } },
  why,
  source,
  risk: low('Nothing is done by itself.'),
  reversible: 'yes',
  differences: changed,
  before: null,
});
