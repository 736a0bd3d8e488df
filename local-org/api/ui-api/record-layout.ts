import type { LayoutItem, LayoutSection } from '@salesforce/types/metadata';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { compactLayoutFields, layoutElements, layoutFor } from './layout-assignment.ts';
import type { UiCall } from './ui-call.ts';

export type LayoutType = 'Full' | 'Compact';
export type Mode = 'View' | 'Edit' | 'Create';

export interface LayoutComponent {
  readonly apiName: string | null;
  readonly componentType: 'Field' | 'EmptySpace';
  readonly label: string | null;
}
export interface LayoutItemRepresentation {
  readonly editableForNew: boolean;
  readonly editableForUpdate: boolean;
  readonly label: string;
  readonly layoutComponents: readonly LayoutComponent[];
  readonly lookupIdApiName: string | null;
  readonly required: boolean;
  readonly sortable: boolean;
  readonly uiBehavior: string | null;
}
export interface LayoutSectionRepresentation {
  readonly collapsible: boolean;
  readonly columns: number;
  readonly heading: string;
  readonly id: string;
  readonly layoutRows: readonly { readonly layoutItems: readonly LayoutItemRepresentation[] }[];
  readonly rows: number;
  readonly useHeading: boolean;
}
/** "Record Layout", User Interface API Developer Guide. */
export interface RecordLayout {
  readonly id: string | null;
  readonly layoutType: LayoutType;
  readonly mode: Mode;
  readonly objectApiName: string;
  readonly recordTypeId: string | null;
  readonly saveOptions: readonly unknown[];
  readonly sections: readonly LayoutSectionRepresentation[];
}

const EMPTY: LayoutItemRepresentation = {
  editableForNew: false,
  editableForUpdate: false,
  label: '',
  layoutComponents: [{ apiName: null, componentType: 'EmptySpace', label: null }],
  lookupIdApiName: null,
  required: false,
  sortable: false,
  uiBehavior: null,
};

/** The layout that the caller's profile has for a record type. An object without layouts shows all its fields. */
export function recordLayout(
  { context, tx }: UiCall,
  object: ObjectDef,
  recordTypeId: string | null,
  layoutType: LayoutType,
  mode: Mode,
): RecordLayout {
  const { metadata } = context.org;
  const layout = layoutType === 'Full' ? layoutFor(metadata, tx.user, object, recordTypeId) : undefined;
  const sections =
    layoutType === 'Compact'
      ? [
          section('compact', '', [
            compactLayoutFields(metadata, object, recordTypeId).map((field) => fieldItem(object, field)),
          ]),
        ]
      : fullSections(object, layoutElements(layout).layoutSections);
  return {
    id: layout?.id ?? null,
    layoutType,
    mode,
    objectApiName: object.name,
    recordTypeId,
    saveOptions: [],
    sections: sections.filter(({ rows }) => rows > 0),
  };
}

/** Field names of a layout in reading order, each once. */
export const layoutFieldNames = ({ sections }: RecordLayout): readonly string[] => [
  ...new Set(
    sections.flatMap(({ layoutRows }) =>
      layoutRows.flatMap(({ layoutItems }) =>
        layoutItems.flatMap(({ layoutComponents }) => layoutComponents.flatMap(({ apiName }) => apiName ?? [])),
      ),
    ),
  ),
];

function fullSections(
  object: ObjectDef,
  sections: readonly LayoutSection[] | undefined,
): LayoutSectionRepresentation[] {
  if (!sections) {
    const shown = [...object.fields.values()].filter(({ createable, formula }) => createable || formula !== null);
    const half = Math.ceil(shown.length / 2);
    const column = (from: number, to?: number): LayoutItemRepresentation[] =>
      shown.slice(from, to).map(({ name }) => fieldItem(object, name));
    return [section('all', 'Information', [column(0, half), column(half)])];
  }
  return sections
    .filter(({ style }) => style !== 'CustomLinks')
    .map(({ label, layoutColumns, detailHeading }, index) =>
      section(
        String(index),
        label ?? '',
        layoutColumns.map(({ layoutItems }) => items(object, layoutItems)),
        detailHeading,
      ),
    );
}

/** Fields that are no longer there and kinds of items that have no field (pages, canvas apps) leave no gap. */
const items = (object: ObjectDef, layoutItems: readonly LayoutItem[] | undefined): LayoutItemRepresentation[] =>
  (layoutItems ?? []).flatMap(({ field, emptySpace, behavior }) => {
    if (emptySpace === true) return EMPTY;
    return field !== undefined && object.fields.has(field.toLowerCase()) ? fieldItem(object, field, behavior) : [];
  });

function section(
  id: string,
  heading: string,
  columns: readonly (readonly LayoutItemRepresentation[])[],
  useHeading = true,
): LayoutSectionRepresentation {
  const rows = Math.max(0, ...columns.map(({ length }) => length));
  const layoutRows = Array.from({ length: rows }, (_, row) => ({
    layoutItems: columns.map((column) => column[row] ?? EMPTY),
  }));
  return { collapsible: useHeading, columns: columns.length, heading, id, layoutRows, rows, useHeading };
}

function fieldItem(object: ObjectDef, name: string, behavior: string | null = null): LayoutItemRepresentation {
  const field = object.fields.get(name.toLowerCase());
  if (!field) return EMPTY;
  const readonly = behavior === 'Readonly';
  return {
    editableForNew: field.createable && !readonly,
    editableForUpdate: field.updateable && !readonly,
    label: shownLabel(object, field),
    layoutComponents: [{ apiName: field.name, componentType: 'Field', label: field.label }],
    lookupIdApiName: field.reference ? 'Id' : null,
    required: behavior === 'Required' || (!field.nillable && field.createable && !field.defaultedOnCreate),
    sortable: false,
    uiBehavior: behavior,
  };
}

/** Labels that pages show in the place of the field's own; a custom object's name field has a label of its own. */
const PAGE_LABELS: Readonly<Record<string, (object: ObjectDef) => string | undefined>> = {
  Name: ({ label, custom }) => (custom ? undefined : `${label} Name`),
  OwnerId: ({ label }) => `${label} Owner`,
  AccountId: () => 'Account Name',
  RecordTypeId: ({ label }) => `${label} Record Type`,
};

/** `Opportunity Name` for Name; a lookup without its ` ID`: `Campaign` for Campaign ID. */
const shownLabel = (object: ObjectDef, { name, label, type }: FieldDef): string =>
  PAGE_LABELS[name]?.(object) ?? (type === 'reference' ? label.replace(/ ID$/, '') : label);
