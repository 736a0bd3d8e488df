import { differences } from '../difference.ts';
import { listOf } from '../element.ts';
import type { PlannedComponent, Step } from '../types.ts';
import { low, medium } from './own-component.ts';
import { NOTHING } from './rule.ts';
import type { Outcome, RuleContext } from './rule.ts';

interface ActionOverride {
  readonly actionName: string;
  readonly type: string;
  readonly content?: string;
  readonly formFactor?: string;
  readonly skipRecordTypeSelect?: unknown;
}

const OBJECT = { type: 'CustomObject', fullName: 'Opportunity' } as const;
const FORM_FACTOR = 'Large';

/**
 * Makes our record page the org default when the org has none
 * (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/actionoverride.htm). Assignments by app and record type
 * live in the org's own apps, whose files would have to be overwritten and whose app defaults the API cannot remove again
 * (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customapplication.htm): those are left to the admin.
 */
export function recordPage(page: string | null, context: RuleContext): Outcome {
  if (page === null) return NOTHING;
  const present = context.snapshot.components[`${OBJECT.type}:${OBJECT.fullName}`];
  const overrides = listOf(present?.metadata['actionOverrides']) as readonly ActionOverride[];
  const current = overrides.find(({ actionName, formFactor }) => actionName === 'View' && formFactor === FORM_FACTOR);
  if (current?.content === page) return NOTHING;
  const another =
    current !== undefined && current.type.toLowerCase() !== 'default' ? (current.content ?? current.type) : null;
  if (context.mapping.recordPage === 'manual' || another !== null || present === undefined)
    return { steps: [byHand(page, another)], findings: [] };

  const override = {
    actionName: 'View',
    content: page,
    formFactor: FORM_FACTOR,
    skipRecordTypeSelect: false,
    type: 'Flexipage',
  };
  const reset = { actionName: 'View', formFactor: FORM_FACTOR, skipRecordTypeSelect: false, type: 'Default' };
  const after: PlannedComponent = { ...OBJECT, metadata: { actionOverrides: [override] } };
  const before: PlannedComponent = { ...OBJECT, metadata: { actionOverrides: [reset] } };
  const others = context.snapshot.recordTypes.filter(({ active }) => active).map(({ name }) => name);
  return {
    steps: [
      {
        id: 'RecordPage:Opportunity',
        action: 'update',
        do: {
          text: `Make ${page} the org default record page of Opportunity`,
          change: { kind: 'deploy', component: after },
        },
        undo: { text: 'Give Opportunity its standard record page back', change: { kind: 'deploy', component: before } },
        why: 'The org has no default record page of its own, so opportunities can open with the stage tracker.',
        source: 'opportunityTypes',
        risk: medium(
          `All opportunities open in it${others.length > 0 ? `, those of ${others.join(', ')} too` : ''}; pages assigned by app or profile still win.`,
        ),
        reversible: 'yes',
        differences: differences(before, after),
        before,
      },
    ],
    findings: [],
  };
}

function byHand(page: string, another: string | null): Step {
  return {
    id: 'RecordPage:Opportunity',
    action: 'manual',
    do: {
      text: `In Setup > Lightning App Builder open ${page}, choose Activation, and assign it to our record types in the apps that should have it`,
      change: { kind: 'manual' },
    },
    undo: { text: 'Remove the assignment in the same place', change: { kind: 'manual' } },
    why:
      another === null ? 'The mapping leaves it to you.' : `The org's default record page is ${another}, and it stays.`,
    source: 'opportunityTypes',
    risk: low('Nothing is done by itself.'),
    reversible: 'yes',
    differences: [],
    before: null,
  };
}
