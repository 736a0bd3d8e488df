import type { MetadataStore } from '../open-metadata-store.ts';
import { splitChildName } from '../rules/rule.ts';
import type { StoredComponent } from '../types.ts';

type Metadata = Readonly<Record<string, unknown>>;
type Entry = Readonly<Record<string, unknown>>;

const entries = (value: unknown): readonly Entry[] => (value ?? []) as readonly Entry[];

/** Changes what is there: an array that loses nothing stays the same value, so that an untouched component is not written. */
function without<T>(list: readonly T[], goes: (one: T) => boolean): readonly T[] {
  return list.some(goes) ? list.filter((one) => !goes(one)) : list;
}

/**
 * Takes a custom field that has been deleted out of page layouts, record types, list views (columns and filters) and reports. The
 * platform does so, and does not hold the deletion back for them: https://www.simplysfdc.com/2016/09/salesforce-delete-custom-field.html;
 * Help, "Delete a Custom Field": page layouts, record types and objects are cleaned up in the background.
 */
export function forgetField(store: MetadataStore, field: string): void {
  const [object, name] = splitChildName(field);
  const isOf = (component: StoredComponent): boolean =>
    component.fullName.toLowerCase().startsWith(`${object.toLowerCase()}${component.type === 'Layout' ? '-' : '.'}`);
  const same = (text: unknown, wanted: string): boolean => String(text).toLowerCase() === wanted.toLowerCase();
  const rewrite = (type: string, change: (metadata: Metadata, own: boolean) => Metadata): void => {
    for (const component of store.ofType(type)) {
      const metadata = change(component.metadata, isOf(component));
      if (JSON.stringify(metadata) !== JSON.stringify(component.metadata))
        store.put({ type, fullName: component.fullName, metadata, files: component.files });
    }
  };
  rewrite('ListView', (view, own) => {
    if (!own) return view;
    const filters = without(entries(view.filters), (filter) => same(filter.field, name));
    const columns = without((view.columns ?? []) as readonly string[], (column) => same(column, name));
    // The logic of a filter that is gone cannot stand.
    const { booleanFilter, ...rest } = view;
    const logic = filters === view.filters && booleanFilter !== undefined ? { booleanFilter } : {};
    return { ...rest, ...logic, ...(view.filters ? { filters } : {}), ...(view.columns ? { columns } : {}) };
  });
  rewrite('RecordType', (type, own) =>
    own && type.picklistValues
      ? { ...type, picklistValues: without(entries(type.picklistValues), (entry) => same(entry.picklist, name)) }
      : type,
  );
  rewrite('Layout', (layout, own) => withoutRelatedColumns(own ? withoutItem(layout, name) : layout, object, name));
  rewrite('Report', (report) => withoutReportField(report, `${object}.${name}`));
}

function withoutItem(layout: Metadata, name: string): Metadata {
  const layoutSections = entries(layout.layoutSections).map((section) => ({
    ...section,
    layoutColumns: entries(section.layoutColumns).map((column) =>
      column.layoutItems
        ? {
            ...column,
            layoutItems: without(
              entries(column.layoutItems),
              (item) => String(item.field).toLowerCase() === name.toLowerCase(),
            ),
          }
        : column,
    ),
  }));
  return { ...layout, layoutSections };
}

/** A related list `Opportunity.Source__c` of another object's layout shows fields of Opportunity; a lookup that goes takes its list along. */
function withoutRelatedColumns(layout: Metadata, object: string, name: string): Metadata {
  if (!layout.relatedLists) return layout;
  const field = `${object}.${name}`.toLowerCase();
  const relatedLists = without(
    entries(layout.relatedLists),
    (list) => String(list.relatedList).toLowerCase() === field,
  ).map((list) =>
    list.fields && String(list.relatedList).toLowerCase().startsWith(`${object.toLowerCase()}.`)
      ? {
          ...list,
          fields: without(list.fields as readonly string[], (one) => one.toLowerCase() === name.toLowerCase()),
        }
      : list,
  );
  return { ...layout, relatedLists };
}

function withoutReportField(report: Metadata, field: string): Metadata {
  const names = (value: unknown): boolean =>
    typeof value === 'string' && new RegExp(`(?:^|[.$])${field.replace('.', '[.$]')}$`, 'i').test(value);
  const columns = without(entries(report.columns), (column) => names(column.field));
  const filter = report.filter as Metadata | undefined;
  const criteria = without(entries(filter?.criteriaItems), (item) => names(item.column));
  return {
    ...report,
    ...(report.columns ? { columns } : {}),
    ...(filter?.criteriaItems ? { filter: { ...filter, criteriaItems: criteria } } : {}),
  };
}
