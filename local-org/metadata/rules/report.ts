import { textOf } from '../text-of.ts';
import { checkDeveloperName, checkLength, checkRequired } from './names.ts';
import type { Rule, RuleProblem, World } from './rule.ts';

/** Metadata API Developer Guide, Report; names: Help, "Report and Dashboard Limits" and the Report object's field lengths. */
export const REPORT_LIMITS = {
  name: 40,
  description: 255,
  groupingsDown: 3,
  groupingsMatrix: 2,
  groupingsAcross: 2,
  /** Help, "Reports and Dashboards Limits": field filters of one report. */
  filters: 20,
};

export const REPORT_PROBLEMS = {
  /** https://github.com/amtrack/force-dev-tool/issues/180 */
  noFolder: (name: string) => `Cannot find folder:${name}`,
  needsFolder: (name: string) => `Cannot find folder:${name === '' ? 'null' : name}`,
  /** sfdx-hardis, deployTipsList.ts (errors of real deploys). */
  noReportType: 'invalid report type',
  /** The texts below are unconfirmed. */
  noColumn: (name: string) => `Invalid column: ${name}`,
  groupings: (what: string, most: number) => `A report has at most ${most} ${what}`,
  notGrouped: (format: string) => `A ${format} report needs at least one grouping`,
  tabularGrouped: 'A Tabular report has no groupings',
  groupedColumn: (name: string) => `${name} is both a grouping and a column`,
  tooManyFilters: `A report has at most ${REPORT_LIMITS.filters} filters`,
  filterLogic: (logic: string) => `Invalid filter logic: ${logic}`,
  chart: 'A chart needs a report with groupings',
};

type Entry = Readonly<Record<string, unknown>>;
const entries = (value: unknown): readonly Entry[] => (value ?? []) as readonly Entry[];

/** Folders that every org has. */
const BUILT_IN_FOLDERS: ReadonlySet<string> = new Set(['unfiled$public']);

/** A report or dashboard lies in a folder that the org has or the same deploy brings. */
export function folderProblems(type: string, fullName: string, world: World): readonly RuleProblem[] {
  const slash = fullName.lastIndexOf('/');
  const folder = fullName.slice(0, Math.max(0, slash));
  if (slash < 0) return [{ problem: REPORT_PROBLEMS.needsFolder(folder) }];
  return BUILT_IN_FOLDERS.has(folder) || world.metadata.get(`${type}Folder`, folder)
    ? []
    : [{ problem: REPORT_PROBLEMS.noFolder(folder) }];
}

/** A folder within another needs that one. */
export const folderRule: Rule = (component, stored, world) => {
  const parent = component.fullName.slice(0, Math.max(0, component.fullName.lastIndexOf('/')));
  return [
    ...checkRequired('name', stored.metadata.name),
    ...checkDeveloperName('folder', component.fullName.slice(component.fullName.lastIndexOf('/') + 1)),
    ...(parent === '' || world.metadata.get(component.type, parent)
      ? []
      : [{ problem: REPORT_PROBLEMS.noFolder(parent) }]),
  ];
};

export const reportRule: Rule = (component, stored, world) => {
  const report = stored.metadata;
  const name = component.fullName.slice(component.fullName.lastIndexOf('/') + 1);
  const columns = entries(report.columns).map((column) => textOf(column.field));
  const down = entries(report.groupingsDown).map((grouping) => textOf(grouping.field));
  const across = entries(report.groupingsAcross).map((grouping) => textOf(grouping.field));
  const filter = (report.filter ?? {}) as Entry;
  const criteria = entries(filter.criteriaItems);
  const named = [...columns, ...down, ...across, ...criteria.map((item) => textOf(item.column))];
  return [
    ...folderProblems('Report', component.fullName, world),
    ...checkDeveloperName('report', name),
    ...checkLength('Report Name', report.name, REPORT_LIMITS.name),
    ...checkLength('Description', report.description, REPORT_LIMITS.description),
    ...reportTypeProblems(textOf(report.reportType), world),
    ...groupingProblems(textOf(report.format), down, across, report.chart !== undefined),
    ...columns
      .filter((column) => down.includes(column) || across.includes(column))
      .map((column) => ({ problem: REPORT_PROBLEMS.groupedColumn(column) })),
    ...[...new Set(named)]
      .filter((one) => !columnExists(one, world))
      .map((one) => ({ problem: REPORT_PROBLEMS.noColumn(one) })),
    ...(criteria.length > REPORT_LIMITS.filters ? [{ problem: REPORT_PROBLEMS.tooManyFilters }] : []),
    ...logicProblems(filter.booleanFilter, criteria.length),
  ];
};

/** A custom report type is named with `__c` in a report; an object's own with its name, or `CustomEntity$Thing__c`. */
function reportTypeProblems(name: string, world: World): readonly RuleProblem[] {
  const custom = /__c$/i.test(name) && !name.includes('$') ? name.replace(/__c$/i, '') : undefined;
  if (custom !== undefined && !world.metadata.get('ReportType', custom))
    return [{ problem: REPORT_PROBLEMS.noReportType }];
  const [, entity] = /^CustomEntity\$(\w+)/.exec(name) ?? [];
  return entity !== undefined && !world.objectExists(entity) ? [{ problem: REPORT_PROBLEMS.noReportType }] : [];
}

function groupingProblems(
  format: string,
  down: readonly string[],
  across: readonly string[],
  hasChart: boolean,
): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const grouped = down.length + across.length > 0;
  if (format === 'Tabular' && grouped) problems.push({ problem: REPORT_PROBLEMS.tabularGrouped });
  if (
    (format === 'Summary' && down.length === 0) ||
    (format === 'Matrix' && (down.length === 0 || across.length === 0))
  )
    problems.push({ problem: REPORT_PROBLEMS.notGrouped(format) });
  const most = format === 'Matrix' ? REPORT_LIMITS.groupingsMatrix : REPORT_LIMITS.groupingsDown;
  if (down.length > most) problems.push({ problem: REPORT_PROBLEMS.groupings('groupings down', most) });
  if (across.length > REPORT_LIMITS.groupingsAcross)
    problems.push({ problem: REPORT_PROBLEMS.groupings('groupings across', REPORT_LIMITS.groupingsAcross) });
  if (hasChart && !grouped) problems.push({ problem: REPORT_PROBLEMS.chart });
  return problems;
}

/**
 * A custom field is named by its object, in a standard report type as `Opportunity.X__c`, in a custom one as `Opportunity$X__c` or
 * through a relationship, `Opportunity.Things__r$X__c`. Standard columns have names of their own (`STAGE_NAME`), which the report
 * type knows and nobody publishes: they are taken as they are.
 */
function columnExists(name: string, world: World): boolean {
  const [, owner = '', field = ''] = /^(\w+)[.$](\w+__c)$/.exec(name) ?? [];
  if (field === '' || !world.objectExists(owner)) return true;
  return world.field(owner, field) !== undefined;
}

/** `1 AND (2 OR 3)`: every number is a filter's, and there is nothing but numbers, operators and brackets. */
export function logicProblems(logic: unknown, count: number): readonly RuleProblem[] {
  const text = textOf(logic);
  if (text === '') return [];
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const isSound =
    /^[\s\d()]*(?:\b(?:and|or|not)\b[\s\d()]*)*$/i.test(text) && numbers.every((one) => one >= 1 && one <= count);
  return isSound ? [] : [{ problem: REPORT_PROBLEMS.filterLogic(text) }];
}
