import { textOf } from '../text-of.ts';
import { checkDeveloperName, checkLength, checkRequired, NAME_LIMITS } from './names.ts';
import { PROBLEMS } from './problems.ts';
import { splitChildName, type Rule, type RuleProblem, type World } from './rule.ts';

/** Fields of a compact layout: Help, "Compact Layouts". Error messages of validation rules: Help, "Define Validation Rules". */
export const OBJECT_LIMITS = { compactLayoutFields: 10, errorMessage: 255, listViewColumns: 15, customObjects: 200 };

export const OBJECT_PROBLEMS = {
  tooManyCompactFields: `A compact layout has at most ${OBJECT_LIMITS.compactLayoutFields} fields`,
  tooManyColumns: `A list view has at most ${OBJECT_LIMITS.listViewColumns} columns`,
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
      ...checkLength('Label', object.label, NAME_LIMITS.label),
      ...checkLength('Plural Label', object.pluralLabel, NAME_LIMITS.label),
    );
  } else if (!world.objectExists(component.fullName) && !/__\w+$/.test(component.fullName)) {
    return [{ problem: PROBLEMS.entityNotFound(component.fullName) }];
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
  return [
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
  for (const column of [...columns, ...filters.map((filter) => filter.field ?? '')]) {
    // Standard columns have names of their own (OPPORTUNITY.STAGE_NAME); custom ones are API names.
    if (/__c$/i.test(column) && !column.includes('.') && !world.field(object, column))
      problems.push({ problem: OBJECT_PROBLEMS.noColumn(column) });
  }
  return problems;
};
