import { differences } from '../difference.ts';
import { decoded, listOf } from '../element.ts';
import type { Snapshot } from '../../org/snapshot.ts';
import type { PlannedComponent, Step } from '../types.ts';
import { low } from './own-component.ts';
import type { Outcome, RuleContext } from './rule.ts';

/** Which layout a record type shows, and for which profiles it is to be the default. */
export interface Placement {
  /** `Opportunity.Acquisition`; null for opportunities without a record type. */
  readonly recordType: string | null;
  /** `Opportunity-Waterfall Acquisition` */
  readonly layout: string;
  readonly opportunityType: string;
  readonly source: string;
}

interface LayoutAssignment {
  readonly layout: string;
  readonly recordType?: string;
}

interface RecordTypeVisibility {
  readonly recordType: string;
  readonly default: unknown;
  readonly visible: unknown;
}

/** The profiles that the mapping is about. */
export const chosenProfiles = ({ snapshot, mapping }: RuleContext): Snapshot['profiles'] =>
  snapshot.profiles.filter(({ fullName }) => mapping.profiles === 'inUse' || mapping.profiles.includes(fullName));

/**
 * Page layout assignments (and a default record type where the mapping asks for one) exist on profiles only. A deployed profile
 * overlays the org's, so a file with nothing else in it changes nothing else
 * (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_profile.htm).
 */
export function profiles(placements: readonly Placement[], context: RuleContext): Outcome {
  const { snapshot, mapping } = context;
  const missing =
    mapping.profiles === 'inUse'
      ? []
      : mapping.profiles.filter((name) => !snapshot.profiles.some((p) => p.fullName === name));
  return {
    steps: chosenProfiles(context).flatMap(({ fullName }) => profileStep(fullName, placements, context)),
    findings: missing.map((name) => ({
      severity: 'error' as const,
      code: 'PLAN_PROFILE_UNKNOWN',
      message: `The mapping names a profile ${name} that no active user has.`,
      place: `Profile ${name}`,
      action: `Correct profiles in the mapping file; the org uses ${snapshot.profiles.map((p) => p.fullName).join(', ') || 'none'}.`,
    })),
  };
}

function profileStep(fullName: string, placements: readonly Placement[], context: RuleContext): readonly Step[] {
  const present = context.snapshot.components[`Profile:${fullName}`];
  const theirs = listOf(present?.metadata['layoutAssignments']) as readonly LayoutAssignment[];
  const standard = theirs.find(
    (entry) => entry.recordType === undefined && entry.layout.startsWith('Opportunity-'),
  )?.layout;
  const assigned = (recordType: string | null): string | undefined =>
    recordType === null ? standard : theirs.find((entry) => entry.recordType === recordType)?.layout;
  const changed = placements.filter(({ recordType, layout }) => decoded(assigned(recordType) ?? '') !== layout);
  const wish = placements.find(
    ({ opportunityType }) => context.mapping.defaultRecordTypes[fullName] === opportunityType,
  );
  const visibilities = listOf(present?.metadata['recordTypeVisibilities']) as readonly RecordTypeVisibility[];
  const isDefault = visibilities.some(
    (entry) => entry.recordType === wish?.recordType && String(entry.default) === 'true',
  );
  const newDefault = wish && !isDefault ? wish : undefined;
  if (changed.length === 0 && !newDefault) return [];

  const after: PlannedComponent = {
    type: 'Profile',
    fullName,
    metadata: {
      ...(changed.length > 0
        ? { layoutAssignments: changed.map(({ layout, recordType }) => assignment(layout, recordType)) }
        : {}),
      ...(newDefault
        ? { recordTypeVisibilities: [{ recordType: newDefault.recordType!, default: true, visible: true }] }
        : {}),
    },
  };
  // An assignment cannot be taken away, only be turned to another layout: that of the profile's records without a record type.
  const back = changed.flatMap(({ recordType }) => {
    const layout = assigned(recordType) ?? standard;
    return layout ? [assignment(layout, recordType)] : [];
  });
  const formerDefault = visibilities.find(
    (entry) => entry.recordType.startsWith('Opportunity.') && String(entry.default) === 'true',
  );
  const before: PlannedComponent = {
    type: 'Profile',
    fullName,
    metadata: {
      ...(back.length > 0 ? { layoutAssignments: back } : {}),
      ...(newDefault && formerDefault
        ? { recordTypeVisibilities: [{ ...formerDefault, default: true, visible: true }] }
        : {}),
    },
  };
  const shownBefore: PlannedComponent = {
    ...before,
    metadata: {
      layoutAssignments: theirs.filter((entry) =>
        changed.some(({ recordType }) =>
          recordType === null
            ? entry.layout === standard && entry.recordType === undefined
            : entry.recordType === recordType,
        ),
      ),
      ...(newDefault
        ? { recordTypeVisibilities: visibilities.filter((entry) => entry.recordType === newDefault.recordType) }
        : {}),
    },
  };
  const restorable = back.length > 0 || formerDefault !== undefined;
  return [
    {
      id: `Profile:${fullName}`,
      action: 'update',
      do: {
        text: placements.some(({ recordType }) => recordType === null)
          ? `Let profile ${fullName} see our layout in place of ${decoded(standard ?? 'its own')}`
          : `Let profile ${fullName} see our layout on ${changed.length} of our record types${newDefault ? `, and ${newDefault.recordType} as default` : ''}`,
        change: { kind: 'deploy', component: after },
      },
      undo: restorable
        ? { text: `Put the layouts of profile ${fullName} back`, change: { kind: 'deploy', component: before } }
        : { text: `The assignments of profile ${fullName} go with the layouts`, change: { kind: 'nothing' } },
      why: 'A page layout is assigned by profile; permission sets cannot do it.',
      source: placements[0]?.source ?? 'opportunityTypes',
      risk: low('A minimal overlay: only the assignments shown change.'),
      reversible: 'yes',
      differences: differences(shownBefore, after),
      before,
    },
  ];
}

const assignment = (layout: string, recordType: string | null): LayoutAssignment => ({
  layout,
  ...(recordType === null ? {} : { recordType }),
});
