import { differences } from '../difference.ts';
import type { Step } from '../types.ts';
import { createStep, medium, updateStep } from './own-component.ts';
import { NOTHING, existing, nameOf } from './rule.ts';
import type { MergeRule, Wanted } from './rule.ts';

/**
 * A deployed flow becomes a new version. In production it lands inactive unless the org allows otherwise
 * (FlowSettings.enableFlowDeployAsActiveEnabled, https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_flowsettings.htm),
 * so its activation is looked at after the deploy and is a state of its own.
 */
export const flow: MergeRule = (wanted, context) => {
  const present = existing(context, wanted);
  const why = 'The automation of the waterfall; whoever holds the bypass permission is left alone by it.';
  const risk = medium('Runs on saves of opportunities from then on.');
  if (!present) {
    const step = createStep(wanted, why, risk);
    return {
      steps: [{ ...step, do: { ...step.do, text: `${step.do.text} and see that it is active` } }],
      findings: [],
    };
  }
  const changed = differences(present, wanted);
  if (changed.length > 0) {
    const step = updateStep(present, wanted, changed, why, risk);
    return {
      steps: [
        { ...step, do: { ...step.do, text: `Deploy a new version of ${nameOf(wanted)} and see that it is active` } },
      ],
      findings: [],
    };
  }
  const state = context.snapshot.flows.find(({ name }) => name === wanted.fullName);
  if (wanted.metadata['status'] !== 'Active' || state === undefined || isActive(state)) return NOTHING;
  return { steps: [activation(wanted)], findings: [] };
};

const isActive = (state: {
  readonly activeVersionId: string | null;
  readonly latestVersionId: string | null;
}): boolean =>
  state.activeVersionId !== null && (state.latestVersionId === null || state.activeVersionId === state.latestVersionId);

const activation = (wanted: Wanted): Step => ({
  id: `Activate:${wanted.fullName}`,
  action: 'activate',
  do: { text: `Activate ${nameOf(wanted)}`, change: { kind: 'activateFlow', flow: wanted.fullName } },
  undo: { text: `Deactivate ${nameOf(wanted)}`, change: { kind: 'deactivateFlow', flow: wanted.fullName } },
  why: 'Its newest version is in the org but is not active.',
  source: wanted.source,
  risk: medium('Runs on saves of opportunities from then on.'),
  reversible: 'yes',
  differences: [{ path: 'active', before: 'false', after: 'true' }],
  before: null,
});
