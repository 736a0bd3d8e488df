import type { RelatedListItem } from '@salesforce/types/metadata';
import type { ChildRelationship, FieldDef, ObjectDef } from '../../schema/types.ts';
import type { Transaction } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { columnPath } from './list-views.ts';
import { parentField } from './ui-call.ts';

/** A related list of a page: the child relationship behind it and the columns of the layout. */
export interface RelatedList {
  /** The child relationship's name: `OpportunityContactRoles`. */
  readonly id: string;
  readonly label: string;
  readonly child: ObjectDef;
  /** Lookup of the child to the parent. */
  readonly lookup: string;
  readonly columns: readonly RelatedColumn[];
  readonly sortBy: { readonly field: string; readonly descending: boolean } | null;
}

/** `path` is relative to the child object: `Contact.Name`, `Role`. */
export interface RelatedColumn {
  readonly path: string;
  readonly label: string;
  readonly dataType: string;
}

/** Names that layouts give to related lists of standard objects (Metadata API Developer Guide, RelatedListItem). */
const LAYOUT_NAMES: Readonly<Record<string, string>> = {
  RelatedContactRoleList: 'OpportunityContactRoles',
  RelatedLineItemList: 'OpportunityLineItems',
  RelatedOpportunityList: 'Opportunities',
  RelatedContactList: 'Contacts',
  RelatedOpportunityHistoryList: 'OpportunityHistories',
  RelatedStageHistoryList: 'OpportunityHistories',
};

/** Related lists of layouts for things that a local org does not keep: activities, files and notes have their own components. */
const WITHOUT_RELATIONSHIP =
  /^Related(Activity|History|Note|Content|File|Competitor|Partner|Entity|EmailMessage|Quote|Case)/;

/** Columns of a list whose layout names none, by child object. */
const DEFAULT_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  OpportunityContactRole: ['Contact.Name', 'Role', 'IsPrimary'],
  OpportunityLineItem: ['Product2.Name', 'Quantity', 'UnitPrice', 'TotalPrice'],
  OpportunityHistory: ['StageName', 'Amount', 'Probability', 'CloseDate', 'CreatedDate'],
  Opportunity: ['Name', 'StageName', 'Amount', 'CloseDate'],
  Contact: ['Name', 'Title', 'Email', 'Phone'],
};

/** Related lists of an object that a layout shows, in its order. */
export function relatedListsOf(
  tx: Transaction,
  parent: ObjectDef,
  items: readonly RelatedListItem[],
): readonly RelatedList[] {
  const lists = items.map(({ fields, relatedList, sortField, sortOrder }) => {
    if (WITHOUT_RELATIONSHIP.test(relatedList)) return null;
    const relationship = relationshipOf(tx, parent, relatedList);
    const list = relationship && listOf(tx, relationship, fields);
    const sort = sortField === undefined ? null : { field: sortField, descending: sortOrder === 'Desc' };
    return list && { ...list, sortBy: sort && list.child.fields.has(sort.field.toLowerCase()) ? sort : null };
  });
  return lists.filter((list) => list !== null && list !== undefined);
}

/** The related list with this child relationship name; throws INVALID_PARAMETER_VALUE for one that the object does not have. */
export function relatedList(tx: Transaction, parent: ObjectDef, id: string): RelatedList {
  const found = relationshipOf(tx, parent, id);
  if (!found) {
    throw new PlatformError('INVALID_PARAMETER_VALUE', `${parent.name} has no related list ${id}`);
  }
  return listOf(tx, found);
}

/** By relationship name, by a layout's name for it, or as layouts write custom lookups: `Opportunity.Source_Opportunity__c`. */
function relationshipOf(tx: Transaction, parent: ObjectDef, name: string): ChildRelationship | undefined {
  const wanted = (LAYOUT_NAMES[name] ?? name).toLowerCase();
  return tx.schema
    .children(parent.name)
    .find(
      ({ relationshipName, childObject, field }) =>
        relationshipName?.toLowerCase() === wanted || `${childObject}.${field}`.toLowerCase() === wanted,
    );
}

/**
 * `inLayout` are the layout's columns. A custom object's list shows just those. In lists of standard objects custom fields stand by
 * their API names and are shown after the usual columns; standard ones have names of the layout's own (`ContactName`), so that
 * those are the same for every layout.
 */
function listOf(
  tx: Transaction,
  { relationshipName, childObject, field }: ChildRelationship,
  inLayout: readonly string[] = [],
): RelatedList {
  const child = tx.schema.object(childObject);
  if (!child) throw new Error(`the schema names ${childObject} as a child and does not have it`);
  const usual = DEFAULT_COLUMNS[child.name] ?? ['Name', 'CreatedDate'];
  const custom = inLayout.filter((name) => name.endsWith('__c') && !usual.includes(name));
  const named = child.custom && inLayout.length > 0 ? inLayout.map(columnPath) : [...usual, ...custom];
  const paths = named.map((path) => shownPath(tx, child, path)).filter((path) => columnField(tx, child, path));
  return {
    id: relationshipName ?? `${childObject}.${field}`,
    label: listLabel(child, relationshipName, field),
    child,
    lookup: field,
    columns: paths.map((path) => column(tx, child, path)),
    sortBy: null,
  };
}

const LABELS: Readonly<Record<string, string>> = {
  OpportunityContactRole: 'Contact Roles',
  OpportunityLineItem: 'Products',
  OpportunityHistory: 'Stage History',
};

const listLabel = (child: ObjectDef, relationship: string | null, lookup: string): string =>
  LABELS[child.name] ??
  (lookup.endsWith('__c') && relationship ? relationship.replace(/__r$/, '').replaceAll('_', ' ') : child.labelPlural);

/** The field at the end of a path of at most one parent. */
export function columnField(tx: Transaction, object: ObjectDef, path: string): FieldDef | undefined {
  const [first = '', second] = path.split('.');
  if (second === undefined) return object.fields.get(first.toLowerCase());
  const lookup = [...object.fields.values()].find(({ reference }) => reference?.relationshipName === first);
  return tx.schema.object(lookup?.reference?.to[0] ?? '')?.fields.get(second.toLowerCase());
}

/** A lookup is shown as the name that it leads to: `To_User__r.Name` for To_User__c. Other paths, and lookups to what has no name, stay. */
export function shownPath(tx: Transaction, object: ObjectDef, path: string): string {
  const relationship = object.fields.get(path.toLowerCase())?.reference?.relationshipName ?? null;
  const name = `${relationship ?? ''}.Name`;
  return relationship !== null && columnField(tx, object, name) ? name : path;
}

/** A parent's name is labelled as the lookup when that is the org's own, otherwise as the parent: `Contact`, `Product`. */
export function columnLabel(object: ObjectDef, path: string, field: FieldDef | undefined): string {
  const [parent = '', rest] = path.split('.');
  if (rest !== 'Name') return field?.label ?? path;
  const lookup = parent.endsWith('__r') ? parentField(object, parent) : undefined;
  return lookup?.label ?? parent.replace(/2$/, '');
}

function column(tx: Transaction, child: ObjectDef, path: string): RelatedColumn {
  const field = columnField(tx, child, path);
  return { path, label: columnLabel(child, path, field), dataType: field?.type ?? 'string' };
}
