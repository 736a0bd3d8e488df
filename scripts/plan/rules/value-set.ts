import type { Finding } from '../../finding.ts';
import { differences } from '../difference.ts';
import { textOf } from '../element.ts';
import { updateStep, medium } from './own-component.ts';
import { NOTHING, existing } from './rule.ts';
import type { MergeRule } from './rule.ts';

type Value = Readonly<Record<string, unknown>> & { readonly fullName: string };

/** Properties by which a stage counts in forecasts and reports. */
const STAGE_PROPERTIES = ['closed', 'won', 'probability', 'forecastCategory', 'converted'] as const;

export const valuesOf = (metadata: Readonly<Record<string, unknown>>): readonly Value[] => {
  const list = metadata['standardValue'] ?? [];
  return (Array.isArray(list) ? list : [list]) as readonly Value[];
};

// Picklist values differ by more than case; `Closed won` and `Closed Won` cannot stand side by side.
const key = (value: Value): string => value.fullName.toLowerCase();
const inactive = (value: Value): boolean => String(value['isActive']) === 'false';

/**
 * A deployed value set overwrites the whole set: values that are missing are deactivated
 * (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customvalue.htm). So theirs stay, in their order
 * and with their labels and probabilities, and ours that are missing come after them.
 */
export const valueSet: MergeRule = (wanted, context) => {
  const present = existing(context, wanted);
  const place = `StandardValueSet ${wanted.fullName}`;
  if (!present) {
    const finding: Finding = {
      severity: 'error',
      code: 'PLAN_VALUE_SET_UNREAD',
      message: `The org did not return its value set ${wanted.fullName}, and deploying ours alone would deactivate every value in use.`,
      place,
      action: 'Give the running user the permission Customize Application, then plan again.',
    };
    return { steps: [], findings: [finding] };
  }
  const theirs = valuesOf(present.metadata);
  const byKey = new Map(theirs.map((value) => [key(value), value]));
  const ours = valuesOf(wanted.metadata);
  const missing = ours.filter((value) => !byKey.has(key(value))).map((value) => ({ ...value, default: false }));
  const wantedKeys = new Set(ours.map(key));
  const kept = theirs.map((value) => (wantedKeys.has(key(value)) && inactive(value) ? activated(value) : value));
  const findings = ours.flatMap((value) => disagreement(place, value, byKey.get(key(value))));
  const merged = { ...wanted, metadata: { ...present.metadata, standardValue: [...kept, ...missing] } };
  const changed = differences(present, merged);
  if (changed.length === 0) return { ...NOTHING, findings };
  const step = updateStep(
    present,
    merged,
    changed,
    `Adds the values that the model needs after the ${theirs.length} that the org has, which stay as they are.`,
    medium(
      'The whole set is sent, since the platform deactivates what is left out; others must not change it meanwhile.',
    ),
  );
  return {
    steps: [
      {
        ...step,
        reversible: 'deactivate',
        undo: {
          ...step.undo,
          text: `Deactivate the added values of ${wanted.fullName}; the API cannot delete picklist values`,
        },
      },
    ],
    findings,
  };
};

/** Active is the default, so the element goes rather than turning true. */
function activated(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'isActive')) as Value;
}

function disagreement(place: string, ours: Value, theirs: Value | undefined): readonly Finding[] {
  if (!theirs) return [];
  const different = STAGE_PROPERTIES.filter(
    (name) =>
      ours[name] !== undefined &&
      textOf(ours[name]) !== (textOf(theirs[name]) || (name === 'probability' ? '0' : 'false')),
  );
  if (different.length === 0) return [];
  const outcome = different.some((name) => name === 'closed' || name === 'won');
  const shown = different
    .map((name) => `${name} ${textOf(theirs[name]) || 'unset'} instead of ${textOf(ours[name])}`)
    .join(', ');
  return [
    {
      severity: outcome ? 'error' : 'warning',
      code: outcome ? 'PLAN_STAGE_OUTCOME_DIFFERS' : 'PLAN_STAGE_DIFFERS',
      message: `The org has ${ours.fullName} with ${shown}; the org's own stays.`,
      place: `${place}.${ours.fullName}`,
      action: outcome
        ? 'Rename the stage in the model: it ends an opportunity in one place and does not in the other.'
        : "Give the model's stage the org's values, or change the stage in Setup if the model is right.",
    },
  ];
}
