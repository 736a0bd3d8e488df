import {
  recordTypeName,
  layoutName,
  salesProcessName,
  PERMISSION_SET,
  RECORD_PAGE,
  SINGLE_LAYOUT,
} from '../compile/names.ts';
import type { Finding } from '../finding.ts';
import { componentKey } from '../metadata/component.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { Snapshot } from '../org/snapshot.ts';
import { activeWithCaller } from './active-with-caller.ts';
import { apexTestFindings } from './apex-tests.ts';
import { fitToOrg } from './fit-to-org.ts';
import type { Mapping } from './mapping.ts';
import { leadSettingFindings } from './lead-settings.ts';
import { stepRank } from './order.ts';
import { roleFindings } from './roles.ts';
import { accountLayouts } from './rules/account-layout.ts';
import { assignment } from './rules/assignment.ts';
import { customField, isOwnScore } from './rules/custom-field.ts';
import { customObject } from './rules/custom-object.ts';
import { leftOver } from './left-over.ts';
import { flow } from './rules/flow.ts';
import { ownComponent } from './rules/own-component.ts';
import { pathSetting } from './rules/path-setting.ts';
import { profiles } from './rules/profile.ts';
import type { Placement } from './rules/profile.ts';
import { queue } from './rules/queue.ts';
import { permissionSet } from './rules/permission-set.ts';
import { recordPage } from './rules/record-page.ts';
import { businessProcess, recordType } from './rules/record-type.ts';
import { asPlanned, existing, nameOf } from './rules/rule.ts';
import type { MergeRule, RuleContext, Wanted } from './rules/rule.ts';
import { singleLayout } from './rules/single-layout.ts';
import { valueSet } from './rules/value-set.ts';
import { PLAN_VERSION } from './types.ts';
import type { Plan, Step } from './types.ts';

/** Types with a rule of their own; every other type is only ever ours. */
const RULES: Readonly<Record<string, MergeRule>> = {
  StandardValueSet: valueSet,
  RecordType: recordType,
  BusinessProcess: businessProcess,
  CustomField: customField,
  CustomObject: customObject,
  Flow: flow,
  PermissionSet: permissionSet,
  Queue: queue,
};

export interface PlanInput {
  /** Compiled from `waterfall`, and the bundles of the Lightning components. */
  readonly components: readonly Wanted[];
  /** The model after `adopt`. */
  readonly waterfall: Waterfall;
  readonly snapshot: Snapshot;
  readonly mapping: Mapping;
  readonly modelHash: string;
  /** From `adopt` and the like. */
  readonly findings?: readonly Finding[];
  readonly madeAt: Date;
}

/** What to do to an org so that it has the model's waterfall, and how each of it is undone. Pure. */
export function makePlan({
  components,
  waterfall,
  snapshot,
  mapping,
  modelHash,
  findings = [],
  madeAt,
}: PlanInput): Plan {
  const context = contextOf(components, waterfall, snapshot, mapping);
  const fitted = fitToOrg(components, waterfall, context);
  const placements = placementsOf(waterfall, components, mapping);
  const has = (type: string): boolean => components.some((component) => component.type === type);
  const page = components.some(({ type, fullName }) => type === 'FlexiPage' && fullName === RECORD_PAGE)
    ? RECORD_PAGE
    : null;
  const compared = fitted.components.map((component) => (RULES[component.type] ?? ownComponent)(component, context));
  const outcomes = [
    ...compared,
    accountLayouts(components, context),
    profiles(placements, context),
    singleLayout(has('Layout') && waterfall.typeCarrier === 'typeField' ? SINGLE_LAYOUT : null, context),
    pathSetting(has('PathAssistant'), context),
    leftOver(components, snapshot),
    recordPage(page, context),
    assignment(
      components.some(({ type, fullName }) => type === 'PermissionSet' && fullName === PERMISSION_SET.revOps),
      context,
    ),
  ];
  const steps = deployingCalled(
    outcomes.flatMap((outcome) => outcome.steps),
    fitted.components,
  );
  return {
    version: PLAN_VERSION,
    orgId: snapshot.identity.orgId,
    orgName: snapshot.identity.name,
    orgKind: snapshot.identity.kind,
    username: snapshot.identity.username,
    apiVersion: snapshot.identity.apiVersion,
    snapshotHash: snapshot.hash,
    modelHash,
    madeAt: madeAt.toISOString(),
    steps: steps.toSorted((a, b) => stepRank(a.id) - stepRank(b.id)),
    findings: [
      ...findings,
      ...fitted.findings,
      ...outcomes.flatMap((outcome) => outcome.findings),
      ...apexTestFindings(snapshot.identity.kind, steps),
      ...leadSettingFindings(waterfall, snapshot),
      ...roleFindings(waterfall, snapshot),
      ...snapshot.unread.map(unreadFinding),
    ],
    unchanged: compared.filter(
      (outcome) => outcome.steps.length === 0 && !outcome.findings.some(({ severity }) => severity === 'error'),
    ).length,
  };
}

/** Activations that cannot wait for the deployment, since a flow of it calls theirs, become part of it. */
function deployingCalled(steps: readonly Step[], components: readonly Wanted[]): readonly Step[] {
  const flows = new Map(
    components.filter(({ type }) => type === 'Flow').map((wanted) => [wanted.fullName, asPlanned(wanted)]),
  );
  const changes = activeWithCaller(
    steps.map((step) => step.do.change),
    flows,
  );
  return steps.map((step, index) => {
    const change = changes[index]!;
    if (change === step.do.change || change.kind !== 'deploy') return step;
    return { ...step, do: { text: `Deploy ${nameOf(change.component)} again, as active`, change } };
  });
}

const unreadFinding = ({ what, reason }: Snapshot['unread'][number]): Finding => ({
  severity: 'info',
  code: 'PLAN_NOT_READ',
  message: `Could not be read: ${reason}`,
  place: what,
  action: 'Nothing, unless you expected it there; it was not compared.',
});

function contextOf(
  components: readonly Wanted[],
  waterfall: Waterfall,
  snapshot: Snapshot,
  mapping: Mapping,
): RuleContext {
  const adopted = new Set(mapping.recordTypes.filter(({ adopt }) => adopt).map(({ recordType: name }) => name));
  const adoptedProcesses = new Map(
    waterfall.opportunityTypes
      .filter((type) => adopted.has(recordTypeName(type)))
      .map((type) => [`Opportunity.${recordTypeName(type)}`, salesProcessName(type)]),
  );
  const ownScores = new Map(
    components.flatMap((wanted) => {
      const present = wanted.type === 'CustomField' ? existing({ snapshot }, wanted) : undefined;
      return present && isOwnScore(wanted, present) ? [[wanted.fullName, present] as const] : [];
    }),
  );
  return { snapshot, mapping, adopted, adoptedProcesses, ownScores };
}

function placementsOf(waterfall: Waterfall, components: readonly Wanted[], mapping: Mapping): readonly Placement[] {
  if (waterfall.typeCarrier === 'typeField') {
    const single = { recordType: null, layout: SINGLE_LAYOUT, opportunityType: '', source: 'typeCarrier' };
    return mapping.opportunityLayout === 'assign' ? [single] : [];
  }
  const compiled = new Set(components.map(componentKey));
  return waterfall.opportunityTypes
    .map((type) => ({
      recordType: `Opportunity.${recordTypeName(type)}`,
      layout: layoutName(type),
      opportunityType: type.key,
      source: type.source,
    }))
    .filter(({ recordType: name, layout }) => compiled.has(`RecordType:${name}`) && compiled.has(`Layout:${layout}`));
}
