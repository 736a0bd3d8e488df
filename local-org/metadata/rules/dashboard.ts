import { textOf } from '../text-of.ts';
import { checkDeveloperName, checkLength, checkRequired } from './names.ts';
import { folderProblems } from './report.ts';
import type { Rule, RuleProblem } from './rule.ts';

/** Lengths: Metadata API Developer Guide, Dashboard. Components and filters: Help, "Dashboard Limits". */
export const DASHBOARD_LIMITS = {
  title: 80,
  description: 255,
  header: 80,
  componentTitle: 40,
  footer: 255,
  components: 25,
  filters: 5,
};

/** Unconfirmed texts. */
export const DASHBOARD_PROBLEMS = {
  noReport: (name: string) => `In field: report - no Report named ${name} found`,
  tooManyComponents: `A dashboard has at most ${DASHBOARD_LIMITS.components} components`,
  tooManyFilters: `A dashboard has at most ${DASHBOARD_LIMITS.filters} filters`,
  outside: 'A dashboard component lies outside the grid',
};

type Entry = Readonly<Record<string, unknown>>;
const entries = (value: unknown): readonly Entry[] => (value ?? []) as readonly Entry[];

export const dashboardRule: Rule = (component, stored, world) => {
  const dashboard = stored.metadata;
  const grid = (dashboard.dashboardGridLayout ?? {}) as Entry;
  const placed = entries(grid.dashboardGridComponents);
  const components = [
    ...placed.map((one) => (one.dashboardComponent ?? {}) as Entry),
    ...['leftSection', 'middleSection', 'rightSection'].flatMap((section) =>
      entries(((dashboard[section] ?? {}) as Entry).components),
    ),
  ];
  const problems: RuleProblem[] = [
    ...folderProblems('Dashboard', component.fullName, world),
    ...checkDeveloperName('dashboard', component.fullName.slice(component.fullName.lastIndexOf('/') + 1)),
    ...checkRequired('title', dashboard.title),
    ...checkLength('Title', dashboard.title, DASHBOARD_LIMITS.title),
    ...checkLength('Description', dashboard.description, DASHBOARD_LIMITS.description),
  ];
  if (components.length > DASHBOARD_LIMITS.components) problems.push({ problem: DASHBOARD_PROBLEMS.tooManyComponents });
  if (entries(dashboard.dashboardFilters).length > DASHBOARD_LIMITS.filters)
    problems.push({ problem: DASHBOARD_PROBLEMS.tooManyFilters });
  for (const one of components) {
    const report = textOf(one.report);
    if (report !== '' && !world.metadata.get('Report', report))
      problems.push({ problem: DASHBOARD_PROBLEMS.noReport(report) });
    problems.push(
      ...checkLength('Header', one.header, DASHBOARD_LIMITS.header),
      ...checkLength('Title', one.title, DASHBOARD_LIMITS.componentTitle),
      ...checkLength('Footer', one.footer, DASHBOARD_LIMITS.footer),
    );
  }
  const width = Number(grid.numberOfColumns ?? 0);
  if (placed.some((one) => Number(one.columnIndex) + Number(one.colSpan) > width))
    problems.push({ problem: DASHBOARD_PROBLEMS.outside });
  return problems;
};
