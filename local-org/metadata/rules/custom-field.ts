import { isFieldTypeHeld } from '../../schema/custom-field.ts';
import { textOf } from '../text-of.ts';
import { checkDeveloperName, checkLength, checkRequired, NAME_LIMITS } from './names.ts';
import { MASTER_DETAIL_PROBLEMS, masterDetailProblems, rollUpProblems } from './master-detail.ts';
import { PROBLEMS } from './problems.ts';
import { splitChildName, type Rule, type RuleProblem, type World } from './rule.ts';

/**
 * Custom fields on one object in Enterprise Edition:
 * https://help.salesforce.com/s/articleView?id=sf.custom_field_allocations.htm
 */
export const CUSTOM_FIELDS_PER_OBJECT = 500;
/** "Custom Field Types", Metadata API Developer Guide and Help. */
export const LENGTHS = { text: 255, longText: 131_072, longTextMinimum: 256, precision: 18 };
/** Lookups of one object: Help, "Object Relationships Overview". */
export const LOOKUPS_PER_OBJECT = 40;
/** External ids (25) and unique fields of one object: Help, "Custom Field Attributes". */
export const EXTERNAL_IDS_PER_OBJECT = 25;
/** Fields of one object whose history is tracked: Help, "Field History Tracking". */
export const TRACKED_FIELDS_PER_OBJECT = 20;
/** Values of one local picklist: Help, "Picklist Limitations". */
export const PICKLIST_VALUES = 1_000;

/** What a type cannot do without. `Required field is missing` is the platform's text for each. */
const REQUIRED_BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  AutoNumber: ['label'],
  Checkbox: ['label', 'defaultValue'],
  Currency: ['label', 'precision', 'scale'],
  Date: ['label'],
  DateTime: ['label'],
  Email: ['label'],
  EncryptedText: ['label', 'length', 'maskChar', 'maskType'],
  Hierarchy: ['label', 'relationshipName'],
  Html: ['label', 'length', 'visibleLines'],
  LongTextArea: ['label', 'length', 'visibleLines'],
  Lookup: ['label', 'referenceTo', 'relationshipName'],
  MasterDetail: ['label', 'referenceTo', 'relationshipName'],
  MultiselectPicklist: ['label', 'visibleLines', 'valueSet'],
  Number: ['label', 'precision', 'scale'],
  Percent: ['label', 'precision', 'scale'],
  Phone: ['label'],
  Picklist: ['label', 'valueSet'],
  Summary: ['label', 'summaryForeignKey', 'summaryOperation'],
  Text: ['label', 'length'],
  TextArea: ['label'],
  Time: ['label'],
  Url: ['label'],
};
const NOT_WITH_FORMULA: ReadonlySet<string> = new Set(['length', 'defaultValue', 'visibleLines', 'valueSet']);

/**
 * Changes of type that keep the data, so that a deploy may make them. Help, "Notes on Changing Custom Field Types"
 * (https://help.salesforce.com/s/articleView?id=sf.notes_on_changing_custom_field_types.htm).
 */
const ALLOWED_TYPE_CHANGES: Readonly<Record<string, readonly string[]>> = {
  AutoNumber: ['Text'],
  Currency: ['Number', 'Percent', 'Text'],
  Date: ['DateTime', 'Text'],
  DateTime: ['Date'],
  Email: ['Text', 'Phone', 'Url', 'TextArea'],
  LongTextArea: ['Html', 'TextArea', 'Text'],
  Lookup: ['MasterDetail'],
  MasterDetail: ['Lookup'],
  MultiselectPicklist: ['Picklist', 'Text'],
  Number: ['Currency', 'Percent', 'Text'],
  Percent: ['Currency', 'Number', 'Text'],
  Phone: ['Text', 'Email', 'Url', 'TextArea'],
  Picklist: ['MultiselectPicklist', 'Text', 'Checkbox'],
  Text: ['AutoNumber', 'Email', 'LongTextArea', 'Phone', 'Picklist', 'TextArea', 'Url'],
  TextArea: ['LongTextArea', 'Text', 'Email', 'Phone', 'Url'],
  Url: ['Text', 'Email', 'Phone', 'TextArea'],
};

export const FIELD_PROBLEMS = {
  cannotChangeType: (from: string, to: string) => `Cannot update a field from a ${from} to a ${to}`,
  /** https://github.com/trailheadapps/ebikes-lwc/issues/457 */
  cannotBecomeRelationship: 'Cannot update a field to a Lookup, MasterDetail, or Hierarchy from something else',
  /** These three: sfdx-hardis, deployTipsList.ts (errors of real deploys). */
  fromSomething: (from: string) => `Cannot update a field from a ${from} to something else`,
  toSomething: (to: string) => `Cannot update a field to a ${to} from something else`,
  otherGlobalSet: 'Cannot change which global value set this picklist uses',
  /** Likewise. */
  duplicateLabel: (label: string) => `Duplicate label: ${label}`,
  /** Unconfirmed. */
  standardValueSet: (name: string) =>
    `Standard picklist field ${name} cannot have a valueSet: deploy the StandardValueSet instead`,
  tooManyFields: (object: string, limit: number) =>
    `You have reached the maximum number of custom fields (${limit}) on ${object}`,
  tooManyTracked: (object: string, limit: number) =>
    `You have reached the maximum number of history-tracked fields (${limit}) on ${object}`,
  tooManyLookups: (object: string, limit: number) =>
    `You have reached the maximum number of relationship fields (${limit}) on ${object}`,
  tooManyExternalIds: (object: string, limit: number) =>
    `You have reached the maximum number of external ID fields (${limit}) on ${object}`,
  /** These five are quoted in the deploy notes of many public repositories; the limits above and the sizes below are unconfirmed. */
  referenceTo: (name: string) => `referenceTo value of '${name}' does not resolve to a valid sObject type`,
  relationshipTaken: (name: string, label: string) =>
    `There is already a Child Relationship named ${name} on ${label}.`,
  requiredType: (type: string) => `Can not specify 'required' for a CustomField of type ${type}`,
  requiredFormula: 'Can not specify required for a formula field',
  uniqueType: (type: string) => `Can not specify 'unique' for a CustomField of type ${type}`,
  externalIdType: (type: string) => `Can not specify 'externalId' for a CustomField of type ${type}`,
  textLength: (limit: number) => `Text field length must be between 1 and ${limit}`,
  longTextLength: (least: number, most: number) => `Long text area length must be between ${least} and ${most}`,
  precision: (limit: number) => `Precision must be between 1 and ${limit}, and scale not above it`,
  requiredSetNull:
    'field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)',
  duplicateValue: (value: string) => `duplicate value found: ${value} is in the value set more than once`,
  twoDefaults: 'A value set can have one default value only',
  noGlobalValueSet: (name: string) => `In field: valueSet - no GlobalValueSet named ${name} found`,
  /** Ours: types of the Metadata API whose values the local org could not keep as the platform does. */
  typeNotHeld: (type: string, name: string) =>
    `The local org does not support fields of type ${type}: leave ${name} out of the package.`,
  /** https://github.com/tiaanswart/lightning-fieldset/issues/17 */
  fieldNotFound: "Could not resolve standard field's name.",
};

const RELATIONSHIPS: ReadonlySet<string> = new Set(['Lookup', 'MasterDetail', 'Hierarchy']);

/** A value that is always there, or one that the platform does not demand at the field. Metadata API Developer Guide, CustomField. */
const NEVER_REQUIRED: ReadonlySet<string> = new Set(['Checkbox', 'LongTextArea', 'Html', 'AutoNumber', 'Summary']);
const UNIQUE_TYPES: ReadonlySet<string> = new Set(['Text', 'Number', 'Email', 'AutoNumber']);

export const customFieldRule: Rule = (component, stored, world) => {
  const [object, name] = splitChildName(component.fullName);
  const field = stored.metadata;
  if (!world.objectExists(object)) return [{ problem: PROBLEMS.entityNotFound(object) }];
  if (!/__c$/i.test(name)) return standardFieldProblems(object, name, field, world);
  const type = textOf(field.type);
  if (type === '') return [{ problem: 'Required field is missing: type' }];
  if (!isFieldTypeHeld(type)) return [{ problem: FIELD_PROBLEMS.typeNotHeld(type, component.fullName) }];
  const isFormula = field.formula !== undefined;
  const required = (REQUIRED_BY_TYPE[type] ?? ['label']).filter(
    (element) => !isFormula || !NOT_WITH_FORMULA.has(element),
  );
  return [
    ...checkDeveloperName('field', name.replace(/__c$/i, ''), NAME_LIMITS.customField),
    ...required.flatMap((element) => checkRequired(element, field[element])),
    ...checkLength('Label', field.label, NAME_LIMITS.label),
    ...checkLength('Description', field.description, NAME_LIMITS.fieldDescription),
    ...checkLength('Help Text', field.inlineHelpText, NAME_LIMITS.helpText),
    ...sizeProblems(type, field, isFormula),
    ...switchProblems(type, field, isFormula),
    ...relationshipProblems(object, name, type, field, world),
    ...(type === 'MasterDetail' ? masterDetailProblems(object, textOf(field.referenceTo), world) : []),
    ...(type === 'Summary' ? rollUpProblems(object, field, world) : []),
    ...valueSetProblems(field, world),
    ...changeProblems(component.fullName, field, world),
    ...(world.previous('CustomField', component.fullName) ? [] : countProblems(object, field, world)),
  ];
};

function standardFieldProblems(
  object: string,
  name: string,
  field: Readonly<Record<string, unknown>>,
  world: World,
): readonly RuleProblem[] {
  if (!world.field(object, name) && !standardAlias(object, name, world))
    return [{ problem: FIELD_PROBLEMS.fieldNotFound }];
  return field.valueSet === undefined ? [] : [{ problem: FIELD_PROBLEMS.standardValueSet(`${object}.${name}`) }];
}

/** Standard lookups are named without `Id` in metadata: `Opportunity.Account`. */
export const standardAlias = (object: string, name: string, world: World): boolean =>
  world.field(object, `${name}Id`) !== undefined;

function sizeProblems(type: string, field: Readonly<Record<string, unknown>>, isFormula: boolean): RuleProblem[] {
  const length = field.length as number | undefined;
  if (length !== undefined && type === 'Text' && !isFormula && (length < 1 || length > LENGTHS.text)) {
    return [{ problem: FIELD_PROBLEMS.textLength(LENGTHS.text) }];
  }
  if (
    length !== undefined &&
    (type === 'LongTextArea' || type === 'Html') &&
    (length < LENGTHS.longTextMinimum || length > LENGTHS.longText)
  ) {
    return [{ problem: FIELD_PROBLEMS.longTextLength(LENGTHS.longTextMinimum, LENGTHS.longText) }];
  }
  const precision = field.precision as number | undefined;
  const scale = field.scale as number | undefined;
  if (precision === undefined || scale === undefined) return [];
  return precision < 1 || precision > LENGTHS.precision || scale > precision
    ? [{ problem: FIELD_PROBLEMS.precision(LENGTHS.precision) }]
    : [];
}

function switchProblems(type: string, field: Readonly<Record<string, unknown>>, isFormula: boolean): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (field.required === true && NEVER_REQUIRED.has(type) && !isFormula)
    problems.push({ problem: FIELD_PROBLEMS.requiredType(type) });
  if (field.required === true && isFormula) problems.push({ problem: FIELD_PROBLEMS.requiredFormula });
  if (field.unique === true && !UNIQUE_TYPES.has(type)) problems.push({ problem: FIELD_PROBLEMS.uniqueType(type) });
  if (field.externalId === true && !UNIQUE_TYPES.has(type))
    problems.push({ problem: FIELD_PROBLEMS.externalIdType(type) });
  return problems;
}

function relationshipProblems(
  object: string,
  name: string,
  type: string,
  field: Readonly<Record<string, unknown>>,
  world: World,
): RuleProblem[] {
  if (type !== 'Lookup' && type !== 'MasterDetail') return [];
  const problems: RuleProblem[] = [];
  const target = textOf(field.referenceTo);
  if (target !== '' && !world.objectExists(target)) problems.push({ problem: FIELD_PROBLEMS.referenceTo(target) });
  if (field.required === true && type === 'Lookup' && (field.deleteConstraint ?? 'SetNull') === 'SetNull') {
    problems.push({ problem: FIELD_PROBLEMS.requiredSetNull });
  }
  const relationship = textOf(field.relationshipName).toLowerCase();
  const taken = world.metadata
    .ofType('CustomField')
    .some(
      (other) =>
        relationship !== '' &&
        textOf(other.metadata.relationshipName).toLowerCase() === relationship &&
        other.metadata.referenceTo === target &&
        other.fullName.toLowerCase() !== `${object}.${name}`.toLowerCase(),
    );
  if (taken) {
    const label = textOf(world.metadata.get('CustomObject', target)?.metadata.label, target);
    problems.push({ problem: FIELD_PROBLEMS.relationshipTaken(String(field.relationshipName), label) });
  }
  return problems;
}

interface ValueSet {
  valueSetName?: string;
  valueSetDefinition?: { value?: readonly { fullName?: string; default?: boolean }[] };
}

function valueSetProblems(field: Readonly<Record<string, unknown>>, world: World): RuleProblem[] {
  const valueSet = field.valueSet as ValueSet | undefined;
  if (!valueSet) return [];
  if (valueSet.valueSetName !== undefined) {
    const known =
      world.metadata.get('GlobalValueSet', valueSet.valueSetName) ??
      world.metadata.get('StandardValueSet', valueSet.valueSetName);
    return known ? [] : [{ problem: FIELD_PROBLEMS.noGlobalValueSet(valueSet.valueSetName) }];
  }
  return valueProblems(valueSet.valueSetDefinition?.value ?? []);
}

/** Rules that every list of values shares. */
export function valueProblems(
  values: readonly { fullName?: string; default?: boolean; label?: unknown }[],
): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const seen = new Set<string>();
  for (const value of values) {
    const name = (value.fullName ?? '').toLowerCase();
    if (name === '') problems.push({ problem: 'Required field is missing: fullName' });
    else if (seen.has(name)) problems.push({ problem: FIELD_PROBLEMS.duplicateValue(value.fullName ?? '') });
    seen.add(name);
    problems.push(...checkLength('Picklist value', value.fullName, LENGTHS.text));
  }
  const labels = new Set<string>();
  for (const value of values) {
    const label = textOf(value.label, value.fullName ?? '').toLowerCase();
    if (labels.has(label) && label !== '')
      problems.push({ problem: FIELD_PROBLEMS.duplicateLabel(textOf(value.label, value.fullName ?? '')) });
    labels.add(label);
  }
  if (values.filter((value) => value.default === true).length > 1)
    problems.push({ problem: FIELD_PROBLEMS.twoDefaults });
  if (values.length > PICKLIST_VALUES)
    problems.push({ problem: `Too many picklist values: the limit is ${PICKLIST_VALUES}` });
  return problems;
}

function changeProblems(fullName: string, field: Readonly<Record<string, unknown>>, world: World): RuleProblem[] {
  const before = world.previous('CustomField', fullName)?.metadata;
  if (!before) return [];
  const wasFormula = before.formula !== undefined;
  const isFormula = field.formula !== undefined;
  const from = String(before.type);
  const to = String(field.type);
  if (wasFormula !== isFormula)
    return [{ problem: wasFormula ? FIELD_PROBLEMS.fromSomething('Formula') : FIELD_PROBLEMS.toSomething('Formula') }];
  const setBefore = (before.valueSet as ValueSet | undefined)?.valueSetName;
  const setNow = (field.valueSet as ValueSet | undefined)?.valueSetName;
  if (from === to) return setBefore === setNow ? [] : [{ problem: FIELD_PROBLEMS.otherGlobalSet }];
  if (from === 'Summary') return [{ problem: FIELD_PROBLEMS.fromSomething('Summary') }];
  if (to === 'Summary') return [{ problem: FIELD_PROBLEMS.toSomething('Summary') }];
  const relationships = new Set(['Lookup', 'MasterDetail']);
  if (world.checkOnly && relationships.has(from) && relationships.has(to))
    return [{ problem: MASTER_DETAIL_PROBLEMS.checkOnly(from, to) }];
  const allowed = !wasFormula && (ALLOWED_TYPE_CHANGES[from] ?? []).includes(to);
  if (allowed) return [];
  const relationship = RELATIONSHIPS.has(to) && !RELATIONSHIPS.has(from);
  return [
    { problem: relationship ? FIELD_PROBLEMS.cannotBecomeRelationship : FIELD_PROBLEMS.cannotChangeType(from, to) },
  ];
}

function countProblems(object: string, field: Readonly<Record<string, unknown>>, world: World): RuleProblem[] {
  const prefix = `${object.toLowerCase()}.`;
  const fields = world.metadata
    .ofType('CustomField')
    .filter((one) => one.fullName.toLowerCase().startsWith(prefix) && /__c$/i.test(one.fullName));
  const problems: RuleProblem[] = [];
  if (fields.length > CUSTOM_FIELDS_PER_OBJECT)
    problems.push({ problem: FIELD_PROBLEMS.tooManyFields(object, CUSTOM_FIELDS_PER_OBJECT) });
  const relationships = fields.filter(
    (one) => one.metadata.type === 'Lookup' || one.metadata.type === 'MasterDetail',
  ).length;
  if (field.referenceTo !== undefined && relationships > LOOKUPS_PER_OBJECT) {
    problems.push({ problem: FIELD_PROBLEMS.tooManyLookups(object, LOOKUPS_PER_OBJECT) });
  }
  const tracked = fields.filter((one) => one.metadata.trackHistory === true).length;
  if (field.trackHistory === true && tracked > TRACKED_FIELDS_PER_OBJECT) {
    problems.push({ problem: FIELD_PROBLEMS.tooManyTracked(object, TRACKED_FIELDS_PER_OBJECT) });
  }
  const externalIds = fields.filter((one) => one.metadata.externalId === true).length;
  if (field.externalId === true && externalIds > EXTERNAL_IDS_PER_OBJECT) {
    problems.push({ problem: FIELD_PROBLEMS.tooManyExternalIds(object, EXTERNAL_IDS_PER_OBJECT) });
  }
  return problems;
}
