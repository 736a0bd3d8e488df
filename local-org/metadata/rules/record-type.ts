import { checkDeveloperName, checkLength, checkRequired, NAME_LIMITS } from './names.ts';
import { PROBLEMS } from './problems.ts';
import { decodeName, processFieldOf, splitChildName, type Rule, type RuleProblem } from './rule.ts';

/** Unconfirmed where no source is named. */
export const RECORD_TYPE_PROBLEMS = {
  /** Metadata API Developer Guide, RecordType: "This field is required for lead, opportunity, solution, and case record types, and not allowed otherwise." */
  processRequired: 'Required field is missing: businessProcess',
  processNotAllowed: (object: string) => `businessProcess is not allowed for record types of ${object}`,
  processNotFound: (name: string) => `In field: businessProcess - no BusinessProcess named ${name} found`,
  processInactive: (name: string) => `The business process ${name} is not active`,
  /** https://github.com/tiaanswart/lightning-fieldset/issues/17 */
  valueNotFound: (value: string, field: string) => `Picklist value: ${value} in picklist: ${field} not found`,
  picklistNotFound: (name: string) => `In field: picklist - no picklist field named ${name} found`,
  twoDefaults: (field: string) => `Picklist ${field} can have one default value only`,
  labelTaken: (label: string) => `The record type label ${label} is already used by another record type of the object`,
  stageInactive: (value: string) => `Picklist value: ${value} not found`,
  /** Said by a Developer org in September 2026: AwesomeSalesforceSkills, reports of mock deploys. */
  opportunityDefault: 'Cannot specify a default on: Opportunity',
  defaultRequired: (object: string) => `A business process of ${object} needs a default value`,
  noValues: 'A business process needs at least one value',
  notForObject: (object: string) => `${object} has no business processes`,
};

interface Value {
  fullName?: string;
  default?: boolean;
}

export const recordTypeRule: Rule = (component, stored, world) => {
  const [object, name] = splitChildName(component.fullName);
  if (!world.objectExists(object)) return [{ problem: PROBLEMS.entityNotFound(object) }];
  const metadata = stored.metadata;
  const problems: RuleProblem[] = [
    ...checkDeveloperName('record type', name),
    ...checkRequired('label', metadata.label),
    ...checkLength('Record Type Label', metadata.label, NAME_LIMITS.developerName),
    ...checkLength('Description', metadata.description, NAME_LIMITS.description),
  ];
  const process = metadata.businessProcess as string | undefined;
  if (processFieldOf(object) === undefined) {
    if (process !== undefined) problems.push({ problem: RECORD_TYPE_PROBLEMS.processNotAllowed(object) });
  } else if (process === undefined) {
    problems.push({ problem: RECORD_TYPE_PROBLEMS.processRequired });
  } else {
    const found = world.metadata.get('BusinessProcess', `${object}.${process}`);
    if (!found) problems.push({ problem: RECORD_TYPE_PROBLEMS.processNotFound(`${object}.${process}`) });
    else if (found.metadata.isActive === false)
      problems.push({ problem: RECORD_TYPE_PROBLEMS.processInactive(process) });
  }
  const label = String(metadata.label).toLowerCase();
  const twin = world.metadata
    .ofType('RecordType')
    .some(
      (other) =>
        other.id !== stored.id &&
        splitChildName(other.fullName)[0] === object &&
        String(other.metadata.label).toLowerCase() === label,
    );
  if (twin) problems.push({ problem: RECORD_TYPE_PROBLEMS.labelTaken(String(metadata.label)) });
  for (const entry of (component.metadata.picklistValues ?? []) as { picklist?: string; values?: Value[] }[]) {
    const known = world.picklistValues(object, entry.picklist ?? '');
    if (!known) {
      problems.push({ problem: RECORD_TYPE_PROBLEMS.picklistNotFound(`${object}.${entry.picklist ?? ''}`) });
      continue;
    }
    const names = new Set(known.map((value) => value.toLowerCase()));
    for (const value of entry.values ?? []) {
      const wanted = decodeName(value.fullName ?? '');
      if (!names.has(wanted.toLowerCase()))
        problems.push({ problem: RECORD_TYPE_PROBLEMS.valueNotFound(wanted, entry.picklist ?? '') });
    }
    if ((entry.values ?? []).filter((value) => value.default === true).length > 1) {
      problems.push({ problem: RECORD_TYPE_PROBLEMS.twoDefaults(entry.picklist ?? '') });
    }
  }
  return problems;
};

export const businessProcessRule: Rule = (component, stored, world) => {
  const [object, name] = splitChildName(component.fullName);
  const field = processFieldOf(object);
  if (field === undefined) return [{ problem: RECORD_TYPE_PROBLEMS.notForObject(object) }];
  const values = (stored.metadata.values ?? []) as readonly Value[];
  const problems: RuleProblem[] = [
    ...checkLength('Business process name', name, NAME_LIMITS.developerName),
    ...checkLength('Description', stored.metadata.description, NAME_LIMITS.description),
  ];
  if (values.length === 0) problems.push({ problem: RECORD_TYPE_PROBLEMS.noValues });
  const active = new Set((world.picklistValues(object, field) ?? []).map((value) => value.toLowerCase()));
  for (const value of values) {
    const wanted = decodeName(value.fullName ?? '');
    if (!active.has(wanted.toLowerCase())) problems.push({ problem: RECORD_TYPE_PROBLEMS.stageInactive(wanted) });
  }
  // CumulusCI, EnsureRecordTypes: "Lead, Case, and Solution require a default value in their Business Process. Opportunity prohibits it".
  const hasDefault = values.some((value) => value.default === true);
  if (object === 'Opportunity' && hasDefault) problems.push({ problem: RECORD_TYPE_PROBLEMS.opportunityDefault });
  if (object !== 'Opportunity' && !hasDefault) problems.push({ problem: RECORD_TYPE_PROBLEMS.defaultRequired(object) });
  return problems;
};
