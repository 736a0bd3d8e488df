import { textOf } from '../text-of.ts';
import { checkDeveloperName, checkLength } from './names.ts';
import { PROBLEMS } from './problems.ts';
import { splitChildName, type Rule, type RuleProblem, type World } from './rule.ts';

/** Metadata API Developer Guide, CustomMetadata; Help, "Custom Metadata Types Limitations"; developer names are 40 characters. */
export const CUSTOM_METADATA_LIMITS = { name: 40, label: 40, description: 1_000, types: 200 };

/** Unconfirmed texts. */
export const CUSTOM_METADATA_PROBLEMS = {
  badValue: (field: string, type: string) => `${field}: value not of required type: ${type}`,
  restricted: (field: string, value: string) => `${field}: bad value for restricted picklist field: ${value}`,
  duplicate: (field: string, value: string) =>
    `duplicate value found: ${field} duplicates value ${value} of another record`,
};

interface Value {
  readonly field?: string;
  readonly value?: unknown;
}

const valuesOf = (metadata: Readonly<Record<string, unknown>>): readonly Value[] =>
  (metadata.values ?? []) as readonly Value[];

/** A record `Thing.First` of the type `Thing__mdt`. */
export const customMetadataRule: Rule = (component, stored, world) => {
  const [type, name] = splitChildName(component.fullName);
  const object = `${type}__mdt`;
  if (!world.objectExists(object)) return [{ problem: PROBLEMS.entityNotFound(object) }];
  const problems: RuleProblem[] = [
    ...checkDeveloperName('custom metadata record', name, CUSTOM_METADATA_LIMITS.name),
    ...checkLength('Label', stored.metadata.label, CUSTOM_METADATA_LIMITS.label),
    ...checkLength('Description', stored.metadata.description, CUSTOM_METADATA_LIMITS.description),
  ];
  const given = new Map(valuesOf(stored.metadata).map((one) => [textOf(one.field).toLowerCase(), textOf(one.value)]));
  for (const { field = '', value } of valuesOf(stored.metadata)) {
    const known = world.field(object, field);
    if (!known) problems.push({ problem: PROBLEMS.noField(`${object}.${field}`) });
    else problems.push(...valueProblems(object, field, known.type, known.metadata ?? {}, textOf(value), world));
  }
  for (const custom of world.metadata.ofType('CustomField')) {
    const [owner, field] = splitChildName(custom.fullName);
    if (owner.toLowerCase() !== object.toLowerCase()) continue;
    const value = given.get(field.toLowerCase()) ?? '';
    if (custom.metadata.required === true && value === '')
      problems.push({ problem: `Required field is missing: ${field}` });
    if (custom.metadata.unique === true && value !== '' && isTaken(stored.fullName, type, field, value, world))
      problems.push({ problem: CUSTOM_METADATA_PROBLEMS.duplicate(field, value) });
  }
  return problems;
};

const SHAPES: Readonly<Record<string, RegExp>> = {
  Checkbox: /^(?:true|false)$/,
  Number: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/,
  Percent: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/,
  Date: /^\d{4}-\d\d-\d\d/,
  DateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d/,
};

function valueProblems(
  object: string,
  field: string,
  type: string,
  metadata: Readonly<Record<string, unknown>>,
  value: string,
  world: World,
): readonly RuleProblem[] {
  if (value === '') return [];
  if (SHAPES[type]?.test(value) === false) return [{ problem: CUSTOM_METADATA_PROBLEMS.badValue(field, type) }];
  if (type === 'Text' || type === 'LongTextArea') return checkLength(field, value, Number(metadata.length));
  const isRestricted = (metadata.valueSet as { restricted?: boolean } | undefined)?.restricted === true;
  if (type === 'Picklist' && isRestricted && world.picklistValues(object, field)?.includes(value) === false)
    return [{ problem: CUSTOM_METADATA_PROBLEMS.restricted(field, value) }];
  return [];
}

function isTaken(fullName: string, type: string, field: string, value: string, world: World): boolean {
  return world.metadata
    .ofType('CustomMetadata')
    .filter((one) => one.fullName !== fullName && splitChildName(one.fullName)[0].toLowerCase() === type.toLowerCase())
    .some((one) =>
      valuesOf(one.metadata).some(
        (entry) => textOf(entry.field).toLowerCase() === field.toLowerCase() && textOf(entry.value) === value,
      ),
    );
}
