import type { UserContext } from '../../data/types.ts';
import type { LocalOrg } from '../../types.ts';
import type { MetadataStore } from '../open-metadata-store.ts';
import { keyOf, type IncomingComponent } from '../package/incoming.ts';
import { RULES } from '../rules/all-rules.ts';
import { createWorld, type RuleProblem } from '../rules/rule.ts';
import type { StoredComponent } from '../types.ts';
import { automationProblems, newProblems } from './automation-problems.ts';
import { addDefaultLayout } from './default-layout.ts';
import { deleteComponent } from './delete-component.ts';
import type { Deletion, DeployPlan, EarlyProblem } from './deploy-plan.ts';
import { flowVersions, putChanged, putFlow, activateVersion } from './flow-versions.ts';
import { mergeComponent } from './merge-component.ts';
import { recordsInTheWay } from './records-in-the-way.ts';

/** What became of one component. */
export interface Applied {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly id: string;
  readonly created: boolean;
  readonly changed: boolean;
  readonly deleted: boolean;
}

export interface PlanOutcome {
  readonly applied: readonly Applied[];
  readonly problems: readonly EarlyProblem[];
  /** False when everything was rolled back: a check only, or a failure. */
  readonly kept: boolean;
}

export interface RunOptions {
  readonly checkOnly: boolean;
  readonly rollbackOnError: boolean;
  readonly ignoreWarnings: boolean;
}

/** Thrown through the transaction to roll it back; carries nothing. */
class Rollback extends Error {}

interface Attempt {
  readonly applied: Applied[];
  readonly problems: EarlyProblem[];
  rolledBack: boolean;
}

const isError = (problem: EarlyProblem, options: RunOptions): boolean =>
  problem.problemType === 'Error' || !options.ignoreWarnings;

/**
 * Applies a plan to the org in one database transaction. With `rollbackOnError` any error takes everything back; without it the
 * components in error are left out, and those that depend on them, until the rest stands.
 */
export function runPlan(
  org: LocalOrg,
  store: MetadataStore,
  user: UserContext,
  plan: DeployPlan,
  options: RunOptions,
): PlanOutcome {
  const failed = new Map<string, EarlyProblem[]>();
  const warnings = plan.problems.filter((problem) => !isError(problem, options));
  for (const problem of plan.problems)
    if (isError(problem, options)) addTo(failed, keyOf(problem.type, problem.fullName), problem);
  for (;;) {
    const attempt = attemptPlan(org, store, user, plan, failed, options);
    const errors = attempt.problems.filter((problem) => isError(problem, options));
    const repeat =
      !options.rollbackOnError && errors.some((problem) => !failed.has(keyOf(problem.type, problem.fullName)));
    for (const problem of errors) addTo(failed, keyOf(problem.type, problem.fullName), problem);
    if (repeat) continue;
    const late = attempt.problems.filter((problem) => !isError(problem, options));
    const problems = [...warnings, ...late, ...[...failed.values()].flat()];
    const applied = attempt.applied.filter((one) => !failed.has(keyOf(one.type, one.fullName)));
    // A deploy that breaks what is not part of it can leave nothing out: it is taken back whole, also without rollbackOnError.
    const brokeOthers = attempt.rolledBack && !options.checkOnly && !options.rollbackOnError;
    return { applied: brokeOthers ? [] : applied, problems, kept: !attempt.rolledBack };
  }
}

function addTo(map: Map<string, EarlyProblem[]>, key: string, problem: EarlyProblem): void {
  map.set(key, [...(map.get(key) ?? []), problem]);
}

/** One pass over the plan. Rolled back when it is a check, or when it found errors that the next pass must leave out. */
function attemptPlan(
  org: LocalOrg,
  store: MetadataStore,
  user: UserContext,
  plan: DeployPlan,
  failed: ReadonlyMap<string, unknown>,
  options: RunOptions,
): Attempt {
  const attempt: Attempt = { applied: [], problems: [], rolledBack: false };
  try {
    org.transact(user, () => {
      applyAll(org, store, user, plan, failed, options.checkOnly, attempt);
      const errors = attempt.problems.some((problem) => isError(problem, options));
      if (errors || options.checkOnly || (failed.size > 0 && options.rollbackOnError)) throw new Rollback();
    });
  } catch (error) {
    store.refresh();
    org.reload();
    if (!(error instanceof Rollback)) throw error;
    attempt.rolledBack = true;
  }
  return attempt;
}

function applyAll(
  org: LocalOrg,
  store: MetadataStore,
  user: UserContext,
  plan: DeployPlan,
  failed: ReadonlyMap<string, unknown>,
  checkOnly: boolean,
  { applied, problems }: Attempt,
): void {
  const problemsBefore = automationProblems(org);
  const previous = new Map<string, StoredComponent | undefined>();
  const remember = (type: string, fullName: string): void => {
    const key = keyOf(type, fullName);
    if (!previous.has(key)) previous.set(key, store.get(type, fullName));
  };
  const stamp = { byId: user.id, at: org.clock.now() };
  runDeletions(org, store, plan.before, failed, remember, applied, problems);
  const entered: [IncomingComponent, StoredComponent][] = [];
  for (const component of plan.components) {
    const key = keyOf(component.type, component.fullName);
    if (failed.has(key)) continue;
    if (component.problems.length > 0) {
      problems.push(...component.problems.map((one) => problemOf(component, one.problem, 'Error', one)));
      continue;
    }
    remember(component.type, component.fullName);
    const before = previous.get(key);
    const versionsBefore = flowVersions(store, component.fullName);
    const stored = enter(store, component, before, stamp);
    if (!stored) {
      problems.push(
        problemOf(component, `Flow ${component.fullName} or its version was not found`, 'Error', component),
      );
      continue;
    }
    const versionsAfter = flowVersions(store, component.fullName);
    const isFlow = component.type === 'Flow' || component.type === 'FlowDefinition';
    const flowChanged =
      isFlow && versionsAfter.map((one) => one.metadata).some((one, index) => one !== versionsBefore[index]?.metadata);
    applied.push({
      type: component.type,
      fullName: stored.fullName,
      fileName: component.fileName,
      id: component.type === 'Flow' ? (versionsAfter.at(-1)?.id ?? stored.id) : stored.id,
      created: before === undefined,
      changed: stored !== before || flowChanged,
      deleted: false,
    });
    entered.push([component, stored]);
  }
  for (const [component, stored] of entered) {
    if (component.type === 'CustomObject' && /__c$/i.test(stored.fullName)) addDefaultLayout(store, stored, stamp);
  }
  const world = createWorld({
    metadata: store,
    schema: org.schema,
    checkOnly,
    previous: (type, fullName) =>
      previous.has(keyOf(type, fullName)) ? previous.get(keyOf(type, fullName)) : store.get(type, fullName),
  });
  for (const [component, stored] of entered) {
    for (const found of RULES[component.type]?.(component, stored, world) ?? []) {
      problems.push(ruleProblem(component, found));
    }
  }
  runDeletions(org, store, plan.after, failed, remember, applied, problems);
  if (problems.some((problem) => problem.problemType === 'Error')) return;
  org.reload();
  const inDeploy = new Map(entered.map(([component]) => [keyOf(component.type, component.fullName), component]));
  const isDeployed = (type: string, fullName: string): boolean => inDeploy.has(keyOf(type, fullName));
  for (const found of newProblems(problemsBefore, automationProblems(org), isDeployed)) {
    const component = inDeploy.get(keyOf(found.type, found.fullName));
    // An inactive rule may name a field that has gone; it cannot be saved again as it stands.
    const isInactiveRule =
      found.type === 'ValidationRule' && store.get(found.type, found.fullName)?.metadata.active !== true;
    if (!component && isInactiveRule) continue;
    problems.push({
      line: component?.line,
      column: component?.column,
      ...found,
      fileName: component?.fileName ?? found.fileName,
    });
  }
}

/** Puts a component into the store as its type demands. Undefined when a FlowDefinition names what is not there. */
function enter(
  store: MetadataStore,
  component: IncomingComponent,
  before: StoredComponent | undefined,
  stamp: { readonly byId: string; readonly at: Date },
): StoredComponent | undefined {
  const metadata = mergeComponent(component, before);
  if (component.type === 'Flow') return putFlow(store, component.fullName, metadata, stamp);
  if (component.type === 'FlowDefinition') {
    return activateVersion(
      store,
      component.fullName,
      (metadata.activeVersionNumber as number | undefined) ?? null,
      stamp,
    );
  }
  return putChanged(store, {
    type: component.type,
    fullName: component.fullName,
    metadata,
    files: component.files,
    ...stamp,
  });
}

function problemOf(
  component: IncomingComponent,
  problem: string,
  problemType: 'Error' | 'Warning',
  place: { readonly line: number; readonly column: number },
): EarlyProblem {
  return {
    type: component.type,
    fullName: component.fullName,
    fileName: component.fileName,
    problem,
    problemType,
    line: place.line,
    column: place.column,
  };
}

/** A rule's problem at its own place, or at the component's. */
function ruleProblem(component: IncomingComponent, found: RuleProblem): EarlyProblem {
  const { line = component.line, column = component.column } = found;
  const problem = problemOf(component, found.problem, found.problemType ?? 'Error', { line, column });
  if (found.fileName === undefined) return problem;
  const root = component.fileName.slice(
    0,
    Math.max(0, component.fileName.indexOf(`${found.fileName.split('/')[0] ?? ''}/`)),
  );
  return { ...problem, fileName: root + found.fileName };
}

/** Deletes what a list names; a component that another of the list uses goes too, whatever their order. */
function runDeletions(
  org: LocalOrg,
  store: MetadataStore,
  deletions: readonly Deletion[],
  failed: ReadonlyMap<string, unknown>,
  remember: (type: string, fullName: string) => void,
  applied: Applied[],
  problems: EarlyProblem[],
): void {
  const leaving = new Set(deletions.map((one) => keyOf(one.type, one.fullName)));
  for (const deletion of deletions) {
    if (failed.has(keyOf(deletion.type, deletion.fullName))) continue;
    remember(deletion.type, deletion.fullName);
    const stored = store.get(deletion.type, deletion.fullName);
    const inTheWay = stored && recordsInTheWay(org.database, stored);
    if (inTheWay !== undefined) {
      problems.push({ ...deletion, problem: inTheWay, problemType: 'Error' });
      continue;
    }
    const outcome = deleteComponent(store, deletion.type, deletion.fullName, (type, fullName) =>
      leaving.has(keyOf(type, fullName)),
    );
    if ('deleted' in outcome) {
      applied.push({ ...deletion, id: outcome.deleted, created: false, changed: true, deleted: true });
    } else if ('error' in outcome) {
      problems.push({ ...deletion, problem: outcome.error, problemType: 'Error' });
    } else {
      problems.push({ ...deletion, problem: outcome.warning, problemType: 'Warning' });
    }
  }
}
