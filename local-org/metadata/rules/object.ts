import { textOf } from '../text-of.ts';
import { checkDeveloperName, checkLength, checkRequired, NAME_LIMITS } from './names.ts';
import { sharingProblems } from './master-detail.ts';
import { PROBLEMS } from './problems.ts';
import { logicProblems } from './report.ts';
import { splitChildName, type Rule, type RuleProblem, type World } from './rule.ts';

/**
 * Fields of a compact layout: Help, "Compact Layouts". Error messages of validation rules: Help, "Define Validation Rules". Custom objects
 * of an org, active validation rules and list view filters in Enterprise Edition: Help, "Salesforce Features and Edition Allocations"
 * (500 active rules in Unlimited Edition).
 */
export const OBJECT_LIMITS = {
  compactLayoutFields: 10,
  errorMessage: 255,
  listViewColumns: 15,
  listViewFilters: 10,
  customObjects: 200,
  activeValidationRules: 100,
  objectDescription: 1_000,
};

/** Unconfirmed where no source is named. */
export const OBJECT_PROBLEMS = {
  tooManyCompactFields: `A compact layout has at most ${OBJECT_LIMITS.compactLayoutFields} fields`,
  tooManyColumns: `A list view has at most ${OBJECT_LIMITS.listViewColumns} columns`,
  tooManyFilters: `A list view has at most ${OBJECT_LIMITS.listViewFilters} filters`,
  tooManyRules: (object: string) =>
    `You have reached the maximum number of active validation rules (${OBJECT_LIMITS.activeValidationRules}) on ${object}`,
  tooManyObjects: `You have reached the maximum number of custom objects (${OBJECT_LIMITS.customObjects})`,
  /** https://github.com/tiaanswart/lightning-fieldset/issues/17 */
  suffix: 'fullName must end with: __c or __kav or __x or __b or __e or __p or __mdt or __dll or __dlm',
  /** Unconfirmed. */
  autoNumberFormat: 'Required field is missing: displayFormat',
  nameFieldType: (type: string) => `The name field of a custom object is Text or AutoNumber, not ${type}`,
  /** https://github.com/SalesforceCommerceCloud/b2c-crm-sync/issues/136 */
  noColumn: (name: string) => `Could not resolve list view column: ${name}`,
  compactLayoutNotFound: (name: string) => `In field: compactLayoutAssignment - no CompactLayout named ${name} found`,
  noFields: 'A compact layout needs at least one field',
};

type Entry = Readonly<Record<string, unknown>>;

const REQUIRED_OF_CUSTOM_OBJECT = ['label', 'pluralLabel', 'nameField', 'deploymentStatus', 'sharingModel'];

export const customObjectRule: Rule = (component, stored, world) => {
  const object = stored.metadata;
  const problems: RuleProblem[] = [];
  if (/__c$/i.test(component.fullName)) {
    problems.push(...checkDeveloperName('object', component.fullName.replace(/__c$/i, ''), NAME_LIMITS.customField));
    const isSetting = object.customSettingsType !== undefined;
    if (!isSetting)
      problems.push(...REQUIRED_OF_CUSTOM_OBJECT.flatMap((element) => checkRequired(element, object[element])));
    problems.push(
      ...(isSetting ? [] : nameFieldProblems(object.nameField)),
      ...sharingProblems(component.fullName, object.sharingModel, world),
      ...checkLength('Description', object.description, OBJECT_LIMITS.objectDescription),
      ...checkLength('Label', object.label, NAME_LIMITS.label),
      ...checkLength('Plural Label', object.pluralLabel, NAME_LIMITS.label),
    );
    const objects = world.metadata.ofType('CustomObject').filter((one) => /__c$/i.test(one.fullName));
    if (!world.previous('CustomObject', component.fullName) && objects.length > OBJECT_LIMITS.customObjects)
      problems.push({ problem: OBJECT_PROBLEMS.tooManyObjects });
  } else if (/__mdt$/i.test(component.fullName)) {
    problems.push(
      ...checkDeveloperName('object', component.fullName.replace(/__mdt$/i, ''), NAME_LIMITS.customField),
      ...['label', 'pluralLabel'].flatMap((element) => checkRequired(element, object[element])),
    );
  } else if (!world.objectExists(component.fullName)) {
    const isOther = /__(kav|x|b|e|p|dll|dlm)$/i.test(component.fullName);
    if (!isOther) return [{ problem: OBJECT_PROBLEMS.suffix }];
  }
  const compact = object.compactLayoutAssignment;
  if (
    typeof compact === 'string' &&
    compact !== 'SYSTEM' &&
    !world.metadata.get('CompactLayout', `${component.fullName}.${compact}`)
  ) {
    problems.push({ problem: OBJECT_PROBLEMS.compactLayoutNotFound(`${component.fullName}.${compact}`) });
  }
  return [...problems, ...overrideProblems(object.actionOverrides, world)];
};

interface NameField {
  readonly type?: string;
  readonly displayFormat?: string;
}

function nameFieldProblems(value: unknown): readonly RuleProblem[] {
  const { type, displayFormat } = (value ?? {}) as NameField;
  if (type === undefined || type === 'Text') return [];
  if (type !== 'AutoNumber') return [{ problem: OBJECT_PROBLEMS.nameFieldType(type) }];
  return /\{0+\}/.test(displayFormat ?? '') ? [] : [{ problem: OBJECT_PROBLEMS.autoNumberFormat }];
}

/** Overrides that show a Lightning page name one that exists. */
export function overrideProblems(overrides: unknown, world: World): RuleProblem[] {
  return ((overrides ?? []) as readonly Entry[])
    .filter((entry) => String(entry.type).toLowerCase() === 'flexipage')
    .map((entry) => textOf(entry.content))
    .filter((page) => !world.metadata.get('FlexiPage', page))
    .map((page) => ({ problem: PROBLEMS.inField('content', 'FlexiPage', page) }));
}

export const validationRuleRule: Rule = (component, stored, world) => {
  const [object, name] = splitChildName(component.fullName);
  if (!world.objectExists(object)) return [{ problem: PROBLEMS.entityNotFound(object) }];
  const display = stored.metadata.errorDisplayField;
  const active = world.metadata
    .ofType('ValidationRule')
    .filter(
      (one) => one.metadata.active === true && splitChildName(one.fullName)[0].toLowerCase() === object.toLowerCase(),
    );
  return [
    ...(stored.metadata.active === true && active.length > OBJECT_LIMITS.activeValidationRules
      ? [{ problem: OBJECT_PROBLEMS.tooManyRules(object) }]
      : []),
    ...checkDeveloperName('validation rule', name),
    ...checkRequired('errorConditionFormula', stored.metadata.errorConditionFormula),
    ...checkRequired('errorMessage', stored.metadata.errorMessage),
    ...checkLength('Error Message', stored.metadata.errorMessage, OBJECT_LIMITS.errorMessage),
    ...checkLength('Description', stored.metadata.description, NAME_LIMITS.description),
    ...(typeof display === 'string' && !world.field(object, display)
      ? [{ problem: PROBLEMS.inField('errorDisplayField', 'CustomField', `${object}.${display}`) }]
      : []),
  ];
};

export const compactLayoutRule: Rule = (component, stored, world) => {
  const [object, name] = splitChildName(component.fullName);
  const fields = (stored.metadata.fields ?? []) as readonly string[];
  const problems: RuleProblem[] = [
    ...checkDeveloperName('compact layout', name),
    ...checkLength('Label', stored.metadata.label, NAME_LIMITS.label),
  ];
  if (fields.length === 0) problems.push({ problem: OBJECT_PROBLEMS.noFields });
  if (fields.length > OBJECT_LIMITS.compactLayoutFields)
    problems.push({ problem: OBJECT_PROBLEMS.tooManyCompactFields });
  for (const field of fields) {
    if (!world.field(object, field))
      problems.push({ problem: PROBLEMS.inField('fields', 'CustomField', `${object}.${field}`) });
  }
  return problems;
};

export const listViewRule: Rule = (component, stored, world) => {
  const [object, name] = splitChildName(component.fullName);
  const columns = (stored.metadata.columns ?? []) as readonly string[];
  const filters = (stored.metadata.filters ?? []) as readonly { field?: string }[];
  const problems: RuleProblem[] = [
    ...checkDeveloperName('list view', name),
    ...checkLength('View Name', stored.metadata.label, NAME_LIMITS.label),
  ];
  if (!world.objectExists(object)) return [{ problem: PROBLEMS.entityNotFound(object) }];
  if (columns.length > OBJECT_LIMITS.listViewColumns) problems.push({ problem: OBJECT_PROBLEMS.tooManyColumns });
  if (filters.length > OBJECT_LIMITS.listViewFilters) problems.push({ problem: OBJECT_PROBLEMS.tooManyFilters });
  problems.push(...logicProblems(stored.metadata.booleanFilter, filters.length));
  for (const column of [...columns, ...filters.map((filter) => filter.field ?? '')]) {
    // Standard columns have names of their own (OPPORTUNITY.STAGE_NAME); custom ones are API names.
    if (/__c$/i.test(column) && !column.includes('.') && !world.field(object, column))
      problems.push({ problem: OBJECT_PROBLEMS.noColumn(column) });
  }
  return problems;
};
