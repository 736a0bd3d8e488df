import { SCORE_SOURCE } from '../../compile/buying-groups/score-field.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../difference.ts';
import type { Difference, PlannedComponent, Step } from '../types.ts';
import { createStep, high, low, updateStep } from './own-component.ts';
import { NOTHING, existing, nameOf } from './rule.ts';
import type { MergeRule, Wanted } from './rule.ts';

type Metadata = Readonly<Record<string, unknown>>;

/** Elements whose change rewrites stored values or can be refused by the platform because of them. */
const STORAGE = ['length', 'precision', 'scale', 'unique', 'externalId', 'required', 'referenceTo', 'formula'];

/** Types that hold a number, whoever computes it; only read, so that it may be a formula (which has the type of its result). */
const NUMBERS = new Set(['Number', 'Currency', 'Percent', 'Summary']);

/** A score that the organisation keeps already is read as it is. */
const adopted = (wanted: Wanted, type: string): Finding => ({
  severity: 'info',
  code: 'PLAN_FIELD_ADOPTED',
  message: `The org's own field ${wanted.fullName} (${type}) is read as it is.`,
  place: nameOf(wanted),
  action: `If it does not hold the score of a person, name another field in the model (${wanted.source}).`,
});

/** Whether the org had a score of this name before, and so one of its own; a field that a plan has brought keeps its description. */
export const isOwnScore = (wanted: Wanted, present: PlannedComponent): boolean =>
  wanted.source === SCORE_SOURCE && present.metadata['description'] !== wanted.metadata['description'];

/** Created; a field of this name with another type is somebody else's and is never touched, and so is a score that people have already. */
export const customField: MergeRule = (wanted, context) => {
  const present = existing(context, wanted);
  if (!present) {
    const step = createStep(
      wanted,
      'The automation and the reports need it.',
      low('New and empty; people see it once they have one of our permission sets.'),
    );
    return {
      steps: [{ ...step, undo: { ...step.undo, text: `${step.undo.text}, with the values stored in it` } }],
      findings: [],
    };
  }
  const [theirs, ours] = [String(present.metadata['type']), String(wanted.metadata['type'])];
  if (isOwnScore(wanted, present) && NUMBERS.has(theirs)) return { steps: [], findings: [adopted(wanted, theirs)] };
  if (theirs !== ours) {
    return {
      steps: [],
      findings: [
        {
          severity: 'error',
          code: 'PLAN_FIELD_TYPE_COLLISION',
          message: `The org has ${wanted.fullName} as ${theirs}; the model needs it as ${ours}.`,
          place: nameOf(wanted),
          action: `Rename the org's field (its API name) in Setup, or what causes ours in the model (${wanted.source}).`,
        },
      ],
    };
  }
  const merged = { ...wanted, metadata: { ...wanted.metadata, ...mergedPicklist(present.metadata, wanted.metadata) } };
  const changed = differences(present, merged);
  if (changed.length === 0) return NOTHING;
  return {
    steps: [updateStep(present, merged, changed, 'Brings the field up to date with the model.', riskOf(changed))],
    findings: foreign(present, merged),
  };
};

function riskOf(changed: readonly Difference[]): Step['risk'] {
  const storage = changed.filter(({ path }) => STORAGE.includes(path));
  if (storage.length === 0) return low('Labels and help only; stored values stay.');
  return high(
    `Changes how values are stored (${storage.map(({ path }) => path).join(', ')}); the org may refuse it because of them.`,
  );
}

const isOurs = (present: PlannedComponent, wanted: PlannedComponent): boolean =>
  present.metadata['label'] === wanted.metadata['label'] ||
  present.metadata['description'] === wanted.metadata['description'];

function foreign(present: PlannedComponent, wanted: PlannedComponent): ReturnType<MergeRule>['findings'] {
  if (isOurs(present, wanted)) return [];
  return [
    {
      severity: 'warning',
      code: 'PLAN_FIELD_NAME_COLLISION',
      message: `The org has ${wanted.fullName} of the same type under the label "${String(present.metadata['label'])}"; it may be its own.`,
      place: nameOf(wanted),
      action:
        'Look at the difference in the plan; if the field is not ours, rename it or what causes ours in the model.',
    },
  ];
}

interface ValueSet {
  readonly restricted?: unknown;
  readonly valueSetDefinition?: { readonly sorted?: unknown; readonly value?: unknown };
}

/** A picklist's missing values would be deactivated, so values that the org added stay; one of ours that a rollback left inactive is ours again. */
function mergedPicklist(present: Metadata, wanted: Metadata): Metadata {
  const [theirs, ours] = [present['valueSet'] as ValueSet | undefined, wanted['valueSet'] as ValueSet | undefined];
  if (!ours?.valueSetDefinition || !theirs?.valueSetDefinition) return {};
  const left = listOf(theirs.valueSetDefinition.value);
  const right = listOf(ours.valueSetDefinition.value);
  const known = new Set(left.map(({ fullName }) => fullName));
  const wantedOf = new Map(right.map((each) => [each.fullName, each]));
  const kept = left.map((each) => (String(each.isActive) === 'false' ? (wantedOf.get(each.fullName) ?? each) : each));
  const value = [...kept, ...right.filter(({ fullName }) => !known.has(fullName))];
  return { valueSet: { ...ours, valueSetDefinition: { ...ours.valueSetDefinition, value } } };
}

interface PicklistValue {
  readonly fullName: string;
  readonly isActive?: unknown;
}

const listOf = (value: unknown): readonly PicklistValue[] =>
  (value === undefined ? [] : Array.isArray(value) ? value : [value]) as readonly PicklistValue[];
