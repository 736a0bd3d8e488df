import type { Finding } from '../../finding.ts';
import { differences } from '../difference.ts';
import { decoded, listOf, textOf } from '../element.ts';
import type { PlannedComponent } from '../types.ts';
import { createStep, low, medium, updateStep } from './own-component.ts';
import { NOTHING, asPlanned, existing, nameOf } from './rule.ts';
import type { MergeRule, Outcome, RuleContext, Wanted } from './rule.ts';
import { valuesOf } from './value-set.ts';

interface PicklistOfRecordType {
  readonly picklist: string;
  readonly values?: unknown;
}

const valueName = (value: unknown): string => decoded((value as { readonly fullName: string }).fullName);
const developerName = (fullName: string): string => fullName.slice(fullName.indexOf('.') + 1);

/**
 * Created beside the org's own record types; one that the mapping adopts keeps its label and everything it has, and gets our
 * sales process, path and layout. A record type cannot be deleted by API (https://github.com/forcedotcom/devops-center-feedback/issues/203),
 * so undoing a creation deactivates it.
 */
export const recordType: MergeRule = (wanted, context) => {
  const present = existing(context, wanted);
  if (!present) return created(wanted, context);
  if (context.adopted.has(developerName(wanted.fullName))) return adopted(wanted, present);
  if (present.metadata['businessProcess'] !== wanted.metadata['businessProcess']) return taken(wanted, present);
  const merged = { ...wanted, metadata: { ...present.metadata, ...wanted.metadata, ...picklists(present, wanted) } };
  const changed = differences(present, merged);
  if (changed.length === 0) return NOTHING;
  const step = updateStep(
    present,
    merged,
    changed,
    'Brings our record type up to date with the model.',
    low('Our own record type.'),
  );
  if (String(present.metadata['active']) === 'true') return { steps: [step], findings: [] };
  // It was there but inactive, as a rollback leaves it.
  const undo = {
    text: `Deactivate ${nameOf(wanted)} again`,
    change: { kind: 'deploy' as const, component: switchedOff(present) },
  };
  return { steps: [{ ...step, reversible: 'deactivate', undo }], findings: [] };
};

function created(compiled: Wanted, context: RuleContext): Outcome {
  const wanted = withPicklistsOfOrg(compiled, context);
  const step = createStep(
    wanted,
    'Carries the opportunity type: its sales process, path and layout.',
    low('New; no record has it until somebody chooses it.'),
  );
  return {
    steps: [
      {
        ...step,
        reversible: 'deactivate',
        undo: {
          text: `Deactivate ${nameOf(wanted)}; the API cannot delete record types (Setup can, once it is inactive)`,
          change: { kind: 'deploy', component: switchedOff(wanted) },
        },
      },
    ],
    findings: [],
  };
}

/** The standard picklists that record types of Opportunity list beside Type, by value set (github.com/Cloud-Orca/cooperparry). */
const STANDARD_PICKLISTS = ['ForecastCategoryName', 'LeadSource'];

/** What the org has in picklists that the model has no values in, in the shape of a record type. */
function picklistsOfOrg({ components, describe }: RuleContext['snapshot']): readonly PicklistOfRecordType[] {
  const standard = STANDARD_PICKLISTS.map((picklist) => ({
    picklist,
    values: valuesOf(components[`StandardValueSet:${picklist}`]?.metadata ?? {})
      .filter((value) => String(value['isActive']) !== 'false')
      .map(({ fullName, default: isDefault }) => ({ fullName, default: String(isDefault) === 'true' })),
  }));
  const custom = (describe['Opportunity']?.fields ?? [])
    .filter((field) => field.custom && (field.type === 'picklist' || field.type === 'multipicklist'))
    .map(({ name, picklistValues }) => ({
      picklist: name,
      values: picklistValues
        .filter(({ active }) => active)
        .map(({ value, defaultValue = false }) => ({ fullName: value, default: defaultValue })),
    }));
  return [...standard, ...custom].filter(({ values }) => values.length > 0);
}

/**
 * A retrieved record type lists every picklist of its object, and what a new one offers of a picklist that it does not list is not
 * documented: so a new one lists all that the org has, with the org's defaults. Only a new one; whatever is chosen for it in Setup later
 * is the org's.
 */
function withPicklistsOfOrg(wanted: Wanted, { snapshot }: RuleContext): Wanted {
  const ours = listOf(wanted.metadata['picklistValues']) as readonly PicklistOfRecordType[];
  const theirs = picklistsOfOrg(snapshot).filter(({ picklist }) => !ours.some((entry) => entry.picklist === picklist));
  if (theirs.length === 0) return wanted;
  const all = [...ours, ...theirs].toSorted((a, b) => (a.picklist < b.picklist ? -1 : 1));
  return { ...wanted, metadata: { ...wanted.metadata, picklistValues: all } };
}

/** An inactive record type must not hold on to what is taken back with it: our compact layout, and values that are deactivated. */
function switchedOff(component: PlannedComponent): PlannedComponent {
  const { compactLayoutAssignment, picklistValues: _picklistValues, ...rest } = component.metadata;
  return {
    ...asPlanned(component),
    metadata: {
      ...rest,
      ...(compactLayoutAssignment === undefined ? {} : { compactLayoutAssignment: 'SYSTEM' }),
      active: false,
    },
  };
}

function taken(wanted: Wanted, present: PlannedComponent): Outcome {
  const name = developerName(wanted.fullName);
  const finding: Finding = {
    severity: 'error',
    code: 'PLAN_RECORD_TYPE_TAKEN',
    message: `The org has a record type ${name} of its own (sales process ${textOf(present.metadata['businessProcess']) || 'none'}).`,
    place: nameOf(wanted),
    action: `Adopt it (recordTypes: - recordType: ${name}, adopt: true in the mapping file) or rename the opportunity type in the model.`,
  };
  return { steps: [], findings: [finding] };
}

function adopted(wanted: Wanted, present: PlannedComponent): Outcome {
  const metadata = {
    ...present.metadata,
    active: true,
    businessProcess: wanted.metadata['businessProcess'],
    ...(wanted.metadata['compactLayoutAssignment']
      ? { compactLayoutAssignment: wanted.metadata['compactLayoutAssignment'] }
      : {}),
    ...picklists(present, wanted),
  };
  const merged = { ...wanted, metadata };
  const changed = differences(present, merged);
  if (changed.length === 0) return NOTHING;
  const why =
    'The mapping adopts it for this opportunity type; its sales process now offers our stages beside those it had.';
  return {
    steps: [
      updateStep(
        present,
        merged,
        changed,
        why,
        medium('Records of this type are in use; people see more stages, and our path.'),
      ),
    ],
    findings: [],
  };
}

/** Sending a picklist replaces its list for the record type (https://github.com/certinia/apex-mdapi/issues/199): send the union. */
function picklists(present: PlannedComponent, wanted: Wanted): { readonly picklistValues?: readonly unknown[] } {
  const theirs = listOf(present.metadata['picklistValues']) as readonly PicklistOfRecordType[];
  const ours = listOf(wanted.metadata['picklistValues']) as readonly PicklistOfRecordType[];
  if (theirs.length + ours.length === 0) return {};
  const names = new Set([...theirs, ...ours].map((entry) => entry.picklist));
  return {
    picklistValues: [...names].map((picklist) => {
      const left = listOf(theirs.find((entry) => entry.picklist === picklist)?.values);
      const right = listOf(ours.find((entry) => entry.picklist === picklist)?.values);
      const known = new Set(left.map(valueName));
      return { picklist, values: [...left, ...right.filter((value) => !known.has(valueName(value)))] };
    }),
  };
}

const namesOf = (process: PlannedComponent | undefined): readonly unknown[] => listOf(process?.metadata['values']);

/**
 * Our sales process. When its record type is adopted it also keeps the stages that the record type offered before, so that no
 * open opportunity loses its stage.
 */
export const businessProcess: MergeRule = (wanted, context) => {
  const present = existing(context, wanted);
  const merged = { ...wanted, metadata: { ...wanted.metadata, values: processValues(wanted, context) } };
  if (!present) {
    const step = createStep(
      merged,
      'The stages that this opportunity type offers.',
      low('New; only our record type uses it.'),
    );
    return {
      steps: [
        {
          ...step,
          reversible: 'no',
          undo: {
            text: `${nameOf(wanted)} stays, since its record type can only be deactivated`,
            change: { kind: 'nothing' },
          },
        },
      ],
      findings: [],
    };
  }
  const changed = differences(present, merged);
  if (changed.length === 0) return NOTHING;
  return {
    steps: [updateStep(present, merged, changed, 'Brings our sales process up to date.', low('Our own process.'))],
    findings: [],
  };
};

const processValues = (wanted: Wanted, context: RuleContext): readonly unknown[] => [
  ...namesOf(wanted),
  ...keptValues(wanted, context),
];

/** What a sales process keeps beside the model's stages: those of the adopted record type that it is given to. */
function keptValues(wanted: PlannedComponent, context: RuleContext): readonly unknown[] {
  const ours = namesOf(wanted);
  const process = developerName(wanted.fullName);
  const users = [...context.adopted].map((name) => context.snapshot.components[`RecordType:Opportunity.${name}`]);
  const known = new Set(ours.map(valueName));
  return users
    .filter((user) => context.adoptedProcesses.get(String(user?.fullName)) === process)
    .flatMap((user) =>
      namesOf(context.snapshot.components[`BusinessProcess:Opportunity.${String(user?.metadata['businessProcess'])}`]),
    )
    .filter((value) => !known.has(valueName(value)) && known.add(valueName(value)));
}

/** Record type -> stages that an adopted one keeps, sorted: the platform returns the values of a process in an order of its own. */
export const keptStages = (
  components: readonly Wanted[],
  context: RuleContext,
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    [...context.adoptedProcesses].map(([type, process]) => {
      const compiled = components.find(
        (component) => component.type === 'BusinessProcess' && developerName(component.fullName) === process,
      );
      const kept = compiled ? keptValues(compiled, context).map(valueName) : [];
      return [developerName(type), kept.toSorted((a, b) => (a < b ? -1 : 1))];
    }),
  );
