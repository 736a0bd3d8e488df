import { componentKey } from '../../metadata/component.ts';
import { differences } from '../difference.ts';
import { NOTHING, asPlanned, existing, nameOf } from './rule.ts';
import type { MergeRule } from './rule.ts';
import type { Difference, PlannedComponent, Step } from '../types.ts';

type Risk = Step['risk'];

/** What undoing the creation of a component amounts to, where it is more than deleting it. */
const DELETING: Readonly<Record<string, string>> = {
  PermissionSet: ' and its assignments to users',
  Flow: ' with all its versions, after deactivating it',
};

export const low = (reason: string): Risk => ({ level: 'low', reason });
export const medium = (reason: string): Risk => ({ level: 'medium', reason });
export const high = (reason: string): Risk => ({ level: 'high', reason });

export function createStep(wanted: PlannedComponent & { readonly source: string }, why: string, risk: Risk): Step {
  return {
    id: componentKey(wanted),
    action: 'create',
    do: { text: `Create ${nameOf(wanted)}`, change: { kind: 'deploy', component: asPlanned(wanted) } },
    undo: {
      text: `Delete ${nameOf(wanted)}${DELETING[wanted.type] ?? ''}`,
      change: { kind: 'delete', type: wanted.type, fullName: wanted.fullName },
    },
    why,
    source: wanted.source,
    risk,
    reversible: 'yes',
    differences: [],
    before: null,
  };
}

export function updateStep(
  before: PlannedComponent,
  after: PlannedComponent & { readonly source: string },
  changed: readonly Difference[],
  why: string,
  risk: Risk,
): Step {
  return {
    id: componentKey(after),
    action: 'update',
    do: { text: `Change ${nameOf(after)}`, change: { kind: 'deploy', component: asPlanned(after) } },
    undo: {
      text: `Put ${nameOf(after)} back as it was`,
      change: { kind: 'deploy', component: asPlanned(before) },
    },
    why,
    source: after.source,
    risk,
    reversible: 'yes',
    differences: changed,
    before: asPlanned(before),
  };
}

const WHY: Readonly<Record<string, string>> = {
  ApexClass: 'Converts leads, which flows cannot; and its tests, which production asks for.',
  CompactLayout: 'Shows stage, owner and dates in the highlights of an opportunity.',
  CustomNotificationType: 'The type of what the flows send: hand-overs to answer, service levels that run out.',
  CustomObject: 'A hand-over as a record of its own, so that it can be answered, followed and reported.',
  CustomTab: 'Leads to the records of the object.',
  CustomLabel: 'A text that the Lightning components show.',
  CustomPermission: 'Whoever holds it bypasses the automation, for migrations.',
  FlexiPage: 'The Lightning record page with the stage tracker.',
  Layout: 'Shows just the dates of the stages that this type has.',
  LightningComponentBundle: 'A component of the Lightning record page.',
  ListView: 'A list of the opportunities that one team works on.',
  PathAssistant: 'Shows the definition and next step of each stage above the record.',
  PermissionSet: 'Gives one role access to the fields and record types; nobody has it until it is assigned.',
  ValidationRule: 'Keeps an opportunity in the stages of its type.',
};

/** Components that only this project makes: created, brought up to date, or left alone when they are as wanted. */
export const ownComponent: MergeRule = (wanted, context) => {
  const present = existing(context, wanted);
  const why = WHY[wanted.type] ?? 'The model asks for it.';
  if (!present) return { steps: [createStep(wanted, why, risks(wanted))], findings: [] };
  const changed = differences(present, wanted);
  if (changed.length === 0) return NOTHING;
  return {
    steps: [
      updateStep(
        present,
        wanted,
        changed,
        why,
        medium('Changes made to it in this org are replaced; the difference is shown.'),
      ),
    ],
    findings: [],
  };
};

function risks(wanted: PlannedComponent): Risk {
  if (wanted.type !== 'ValidationRule') return low('New; nothing that the org has refers to it.');
  return medium('Saves of opportunities that break it are refused, whoever makes them.');
}
