import { decoded, listOf } from '../element.ts';
import type { Step } from '../types.ts';
import { low } from './own-component.ts';
import { chosenProfiles } from './profile.ts';
import { NOTHING } from './rule.ts';
import type { Outcome, RuleContext } from './rule.ts';

interface LayoutAssignment {
  readonly layout: string;
  readonly recordType?: string;
}

/** The layout that a profile shows for opportunities without a record type. */
const masterLayout = (profile: string, { snapshot }: RuleContext): string | null => {
  const list = listOf(snapshot.components[`Profile:${profile}`]?.metadata['layoutAssignments']);
  const own = (list as readonly LayoutAssignment[]).find(
    ({ layout, recordType }) => recordType === undefined && layout.startsWith('Opportunity-'),
  );
  return own ? decoded(own.layout) : null;
};

/**
 * Where the `Type` field carries the type there are no record types of ours to assign our layout to: it could only take the place of the
 * layout that everybody works with. That is the admin's to decide, here by hand or by `opportunityLayout: assign` in the mapping (the
 * profiles' own steps then do it, and put it back).
 */
export function singleLayout(layout: string | null, context: RuleContext): Outcome {
  if (layout === null || context.mapping.opportunityLayout === 'assign') return NOTHING;
  const differing = chosenProfiles(context)
    .map(({ fullName }) => ({ profile: fullName, present: masterLayout(fullName, context) }))
    .filter(({ present }) => present !== layout);
  if (differing.length === 0) return NOTHING;
  const label = layout.slice('Opportunity-'.length);
  const step: Step = {
    id: 'LayoutAssignment:Opportunity',
    action: 'manual',
    do: {
      text: `In Setup > Object Manager > Opportunity > Page Layouts > Page Layout Assignment give ${differing.map(({ profile }) => profile).join(', ')} the layout ${label}`,
      change: { kind: 'manual' },
    },
    undo: { text: 'Give the profiles their former layouts back in the same place', change: { kind: 'manual' } },
    why: 'It would replace the layout that these profiles work with, so it is not done by itself; opportunityLayout: assign in the mapping file does it, and can take it back.',
    source: 'typeCarrier',
    risk: low('Nothing is done by itself.'),
    reversible: 'yes',
    differences: differing.map(({ profile, present }) => ({
      path: `Profile[${profile}].layoutAssignments`,
      before: present,
      after: layout,
    })),
    before: null,
  };
  return { steps: [step], findings: [] };
}
