import { checkDeveloperName, checkLength, NAME_LIMITS } from './names.ts';
import { PROBLEMS } from './problems.ts';
import type { Rule, RuleProblem, World } from './rule.ts';

export const FLEXI_PAGE_PROBLEMS = {
  /** This text and noField: sfdx-hardis, deployTipsList.ts, and the deploy notes of many public repositories. */
  noComponent: (name: string) => `We couldn't retrieve the design time component information for component ${name}.`,
  sobjectRequired: 'Required field is missing: sobjectType (a record page needs it)',
  /** Metadata API Developer Guide, FlexiPage: sobjectType cannot be changed. */
  immutable: (element: string) => `The field ${element} of a Lightning page cannot be changed`,
  noTargets: (name: string, target: string) => `The component ${name} is not exposed to ${target}`,
  /** Unconfirmed, as the next two are. */
  noFacet: (name: string) => `The facet ${name} is not a region of the page`,
  duplicateRegion: (name: string) => `The region ${name} is in the page more than once`,
  emptyItem: 'An itemInstances needs a componentInstance or a fieldInstance',
  noField: (name: string) =>
    `Something went wrong. We couldn't retrieve or load the information on the field: ${name}.`,
};

/** Where a page of a type shows a component: names of targets in `js-meta.xml`. LWC Developer Guide, "XML Configuration File Elements". */
const TARGET_OF_TYPE: Readonly<Record<string, string>> = {
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  RecordPage: 'lightning__RecordPage',
  UtilityBar: 'lightning__UtilityBar',
};
/** Standard components: namespaces that Lightning itself brings. */
const STANDARD_NAMESPACES: ReadonlySet<string> = new Set([
  'flexipage',
  'force',
  'forceChatter',
  'lightning',
  'runtime_sales_activities',
  'runtime_sales_pathassistant',
  'runtime_sales_lead',
  'runtime_sales_campaign',
  'runtime_sales_merge',
  'sfa',
  'home',
  'flowruntime',
  'console',
  'analytics',
  'desktopDashboards',
  'record_flexipage',
  'forceKnowledge',
  'runtime_sales_social',
  'runtime_sales_dedupe',
  'interop',
]);

interface Property {
  name?: string;
  value?: string;
}
interface Item {
  componentInstance?: { componentName?: string; componentInstanceProperties?: readonly Property[] };
  fieldInstance?: { fieldItem?: string };
}
interface Region {
  name?: string;
  type?: string;
  itemInstances?: readonly Item[];
}

export const flexiPageRule: Rule = (component, stored, world) => {
  const page = stored.metadata;
  const type = String(page.type);
  const object = page.sobjectType as string | undefined;
  const problems: RuleProblem[] = [
    ...checkDeveloperName('Lightning page', component.fullName),
    ...checkLength('Label', page.masterLabel, NAME_LIMITS.developerName),
  ];
  if (type === 'RecordPage' && object === undefined) problems.push({ problem: FLEXI_PAGE_PROBLEMS.sobjectRequired });
  if (object !== undefined && !world.objectExists(object))
    problems.push({ problem: PROBLEMS.inField('sobjectType', 'CustomObject', object) });
  const before = world.previous('FlexiPage', component.fullName)?.metadata;
  for (const element of ['sobjectType', 'type']) {
    if (before && before[element] !== page[element]) problems.push({ problem: FLEXI_PAGE_PROBLEMS.immutable(element) });
  }
  const regions = (page.flexiPageRegions ?? []) as readonly Region[];
  const names = new Set<string>();
  for (const region of regions) {
    if (names.has(region.name ?? ''))
      problems.push({ problem: FLEXI_PAGE_PROBLEMS.duplicateRegion(region.name ?? '') });
    names.add(region.name ?? '');
  }
  for (const item of regions.flatMap((region) => region.itemInstances ?? []))
    problems.push(...itemProblems(item, type, object, names, world));
  return problems;
};

function itemProblems(
  item: Item,
  type: string,
  object: string | undefined,
  regions: ReadonlySet<string>,
  world: World,
): RuleProblem[] {
  if (item.componentInstance) {
    const name = item.componentInstance.componentName ?? '';
    const facets = (item.componentInstance.componentInstanceProperties ?? [])
      .map((one) => one.value ?? '')
      .filter((value) => value.startsWith('Facet-'));
    const lost = facets
      .filter((facet) => !regions.has(facet))
      .map((facet) => ({ problem: FLEXI_PAGE_PROBLEMS.noFacet(facet) }));
    return [...componentProblems(name, type, world), ...lost];
  }
  if (item.fieldInstance) {
    const [, field = ''] = /^Record\.(.+)$/.exec(item.fieldInstance.fieldItem ?? '') ?? [];
    const known =
      object !== undefined && field !== '' && (field.includes('.') || world.field(object, field) !== undefined);
    return known ? [] : [{ problem: FLEXI_PAGE_PROBLEMS.noField(item.fieldInstance.fieldItem ?? '') }];
  }
  return [{ problem: FLEXI_PAGE_PROBLEMS.emptyItem }];
}

/** `c:stageTracker` or `stageTracker` is the org's own; `force:detailPanel` is the platform's. */
function componentProblems(name: string, type: string, world: World): RuleProblem[] {
  const [namespace, local] = name.includes(':')
    ? [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)]
    : ['c', name];
  if (namespace !== 'c')
    return STANDARD_NAMESPACES.has(namespace) ? [] : [{ problem: FLEXI_PAGE_PROBLEMS.noComponent(name) }];
  const bundle = world.metadata.get('LightningComponentBundle', local);
  if (!bundle)
    return world.metadata.get('AuraDefinitionBundle', local)
      ? []
      : [{ problem: FLEXI_PAGE_PROBLEMS.noComponent(name) }];
  const targets = (bundle.metadata.targets as { target?: readonly string[] } | undefined)?.target ?? [];
  const wanted = TARGET_OF_TYPE[type];
  if (wanted === undefined) return [];
  return bundle.metadata.isExposed === true && targets.includes(wanted)
    ? []
    : [{ problem: FLEXI_PAGE_PROBLEMS.noTargets(name, wanted) }];
}
