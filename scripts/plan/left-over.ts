/**
 * What an earlier model brought and this one leaves out would go on running and refusing: flows and validation rules that are provably ours
 * are deactivated, and a rollback brings them back. Fields stay, with the values in them.
 */
import { isCompiledFlow } from '../compile/left-out.ts';
import { BYPASS_PERMISSION } from '../compile/names.ts';
import type { Finding } from '../finding.ts';
import { calledBy, calledFirst } from '../metadata/flow-calls.ts';
import { componentKey } from '../metadata/component.ts';
import type { Component } from '../metadata/component.ts';
import type { OrgComponent, OrgFlow, Snapshot } from '../org/snapshot.ts';
import { medium, updateStep } from './rules/own-component.ts';
import { asPlanned, nameOf } from './rules/rule.ts';
import type { Outcome } from './rules/rule.ts';
import type { Step } from './types.ts';

type Key = Pick<Component, 'type' | 'fullName'>;

/** Rules of handshakes bind nobody but who answers one that is still open. */
const OUR_RULE = 'Opportunity.Waterfall_';
const WHY = 'An earlier model brought it, and this one leaves it out.';
const SOURCE = 'name';
const OFF = [{ path: 'active', before: 'true', after: 'false' }];

/** Our name alone proves nothing: every flow of ours says that it was compiled, every rule of ours asks for the bypass permission. */
const isOurs = ({ type, metadata }: OrgComponent): boolean =>
  type === 'Flow'
    ? isCompiledFlow(metadata['description'])
    : String(metadata['errorConditionFormula']).includes(`$Permission.${BYPASS_PERMISSION}`);

interface RunningFlow {
  readonly component: OrgComponent;
  readonly versionId: string;
}

const deactivation = ({ component, versionId }: RunningFlow): Step => {
  const flow = component.fullName;
  return {
    id: `Deactivate:${flow}`,
    action: 'deactivate',
    do: { text: `Deactivate ${nameOf(component)}`, change: { kind: 'deactivateFlow', flow } },
    undo: { text: `Activate ${nameOf(component)} again`, change: { kind: 'activateFlow', flow, versionId } },
    why: WHY,
    source: SOURCE,
    risk: medium('What it does is not done any more, also for records that it is at work on.'),
    reversible: 'yes',
    differences: OFF,
    before: null,
  };
};

const ruleOff = (rule: OrgComponent): Step => {
  const off = { ...asPlanned(rule), metadata: { ...rule.metadata, active: false }, source: SOURCE };
  const step = updateStep(rule, off, OFF, WHY, medium('What it refuses can be saved from then on.'));
  return { ...step, action: 'deactivate', do: { ...step.do, text: `Deactivate ${nameOf(rule)}` } };
};

const notProven = (code: string, names: readonly string[], what: string, place: string): readonly Finding[] =>
  names.length === 0
    ? []
    : [
        {
          severity: 'warning',
          code,
          message: `The model leaves out ${what} that the org has under names of ours, and somebody has changed them since: ${names.join(', ')}.`,
          place,
          action: 'They stay active. Deactivate those that an earlier model brought.',
        },
      ];

const partition = <T>(all: readonly T[], test: (one: T) => boolean): readonly [readonly T[], readonly T[]] => [
  all.filter(test),
  all.filter((one) => !test(one)),
];

const running = (
  { name, activeVersionId }: OrgFlow,
  components: Snapshot['components'],
  wanted: ReadonlySet<string>,
): readonly RunningFlow[] => {
  const component = components[`Flow:${name}`];
  return component === undefined || activeVersionId === null || wanted.has(`Flow:${name}`)
    ? []
    : [{ component, versionId: activeVersionId }];
};

/** Flows that call others before those, since a flow whose subflow is inactive fails. */
export const leftOver = (
  components: readonly Key[],
  { flows, components: inOrg }: Pick<Snapshot, 'flows' | 'components'>,
): Outcome => {
  const wanted = new Set(components.map(componentKey));
  const [ourFlows, otherFlows] = partition(
    flows.flatMap((flow) => running(flow, inOrg, wanted)),
    ({ component }) => isOurs(component),
  );
  const [ourRules, otherRules] = partition(
    Object.values(inOrg).filter(
      (component) =>
        component.type === 'ValidationRule' &&
        component.fullName.startsWith(OUR_RULE) &&
        !wanted.has(componentKey(component)) &&
        String(component.metadata['active']) === 'true',
    ),
    isOurs,
  );
  const callersFirst = calledFirst(
    ourFlows,
    ({ component }) => component.fullName,
    ({ component }) => calledBy(component.metadata),
  ).toReversed();
  return {
    steps: [...ourRules.map(ruleOff), ...callersFirst.map(deactivation)],
    findings: [
      ...notProven(
        'PLAN_FLOWS_LEFT_OVER',
        otherFlows.map(({ component }) => component.fullName),
        'flows',
        'Setup > Flows',
      ),
      ...notProven(
        'PLAN_RULES_LEFT_OVER',
        otherRules.map(({ fullName }) => fullName.slice('Opportunity.'.length)),
        'validation rules',
        'Setup > Object Manager > Opportunity > Validation Rules',
      ),
    ],
  };
};
