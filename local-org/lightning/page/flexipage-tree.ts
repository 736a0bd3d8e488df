import type { ComponentInstance, FlexiPage, FlexiPageRegion, UiFormulaRule } from '@salesforce/types/metadata';

/** A component on a page with its properties; facets (the tabs of a tabset, the body of a tab) are resolved into children. */
export interface PlacedComponent {
  /** As the metadata names it, without the org's own namespace: `stageTracker`, `force:detailPanel`. */
  readonly name: string;
  readonly key: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly facets: Readonly<Record<string, readonly PlacedComponent[]>>;
  /** The condition on which Salesforce shows it, in words; the local org does not evaluate it. */
  readonly visibleIf?: string;
}

export interface PageRegion {
  readonly name: string;
  readonly components: readonly PlacedComponent[];
}

/** A record page as the browser gets it. */
export interface RecordPage {
  /** Developer name; null for the platform's default page. */
  readonly name: string | null;
  readonly template: string;
  readonly regions: readonly PageRegion[];
}

const MAX_DEPTH = 10;

/** The types of @salesforce/types have every list; in what was deployed an empty one is absent. */
const listOf = <T>(list: readonly T[] | undefined): readonly T[] => list ?? [];

/** Regions of a Lightning page in their order, each with its components as a tree (Metadata API Developer Guide, FlexiPage). */
export function flexipageTree(name: string, page: Partial<FlexiPage>): RecordPage {
  const regions = page.flexiPageRegions ?? [];
  const facets = new Map(regions.filter(({ type }) => type === 'Facet').map((region) => [region.name, region]));
  return {
    name,
    template: page.template?.name ?? '',
    regions: regions
      .filter(({ type }) => type === 'Region')
      .map((region) => ({ name: region.name, components: componentsOf(region, facets, 0) })),
  };
}

/** Field instances (dynamic forms) come as a component of their own name, so that the page can say what they are. */
function componentsOf(
  region: FlexiPageRegion,
  facets: ReadonlyMap<string, FlexiPageRegion>,
  depth: number,
): PlacedComponent[] {
  if (depth > MAX_DEPTH) return [];
  return listOf(region.itemInstances).map(({ componentInstance, fieldInstance }, index) => {
    const key = `${region.name}-${String(index)}`;
    if (!componentInstance) {
      return { name: `field ${fieldInstance?.fieldItem ?? ''}`, key, properties: {}, facets: {} };
    }
    return placed(componentInstance, key, facets, depth);
  });
}

function placed(
  { componentName, componentInstanceProperties, visibilityRule }: ComponentInstance,
  key: string,
  facets: ReadonlyMap<string, FlexiPageRegion>,
  depth: number,
): PlacedComponent {
  const properties = Object.fromEntries(
    listOf(componentInstanceProperties).map(({ name, value }) => [name ?? '', value ?? '']),
  );
  const children = Object.entries(properties).flatMap(([property, value]) => {
    const facet = facets.get(value);
    return facet ? [[property, componentsOf(facet, facets, depth + 1)] as const] : [];
  });
  return {
    name: componentName.replace(/^c:/, ''),
    key,
    properties,
    facets: Object.fromEntries(children),
    ...(visibilityRule === undefined ? {} : { visibleIf: ruleText(visibilityRule) }),
  };
}

/** `{!Record.Amount} GE 1000 and {!$User.IsActive} EQUAL true`, with the rule's own logic behind it where it has one. */
function ruleText({ booleanFilter, criteria }: UiFormulaRule): string {
  const conditions = listOf(criteria).map(({ leftValue, operator, rightValue }) =>
    [leftValue, operator, rightValue ?? ''].join(' ').trim(),
  );
  return booleanFilter === undefined ? conditions.join(' and ') : `${conditions.join(', ')} (${booleanFilter})`;
}
