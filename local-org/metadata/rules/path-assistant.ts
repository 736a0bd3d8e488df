import type { MetadataReader } from '../types.ts';
import { checkDeveloperName, checkLength } from './names.ts';
import { PROBLEMS } from './problems.ts';
import { decodeName, type Rule, type RuleProblem } from './rule.ts';

/** At most five fields per step: Help, "Guidelines and Limitations for Paths"; guidance text has 1,000 characters there. */
export const PATH_LIMITS = { fieldsPerStep: 5, guidance: 1_000 };
export const MASTER_RECORD_TYPE = '__Master__';

/** Unconfirmed texts. */
export const PATH_PROBLEMS = {
  notPicklist: (name: string) => `In field: fieldName - ${name} is not a picklist that a path can follow`,
  noValue: (value: string) => `In field: picklistValueName - no picklist value named ${value} found`,
  notInRecordType: (value: string, recordType: string) =>
    `Picklist value ${value} is not available for record type ${recordType}`,
  taken: (object: string, recordType: string, other: string) =>
    `A path for ${object} and record type ${recordType} exists already: ${other}`,
  /** Metadata API Developer Guide, PathAssistant: "This field can't be updated". */
  immutable: (element: string) => `The field ${element} of a path cannot be updated`,
  tooManyFields: (step: string) => `Step ${step} has more than ${PATH_LIMITS.fieldsPerStep} fields`,
  duplicateStep: (step: string) => `Step ${step} is in the path more than once`,
};

interface Step {
  fieldNames?: readonly string[];
  info?: string;
  picklistValueName?: string;
}

export const pathAssistantRule: Rule = (component, stored, world) => {
  const path = stored.metadata;
  const object = String(path.entityName);
  const field = String(path.fieldName);
  const recordType = String(path.recordTypeName);
  if (!world.objectExists(object)) return [{ problem: PROBLEMS.inField('entityName', 'CustomObject', object) }];
  const problems: RuleProblem[] = [...checkDeveloperName('path', component.fullName)];
  const values = world.picklistValues(object, field);
  if (!values) return [{ problem: PATH_PROBLEMS.notPicklist(`${object}.${field}`) }];
  const isMaster = recordType === MASTER_RECORD_TYPE;
  const recordTypeStored = world.metadata.get('RecordType', `${object}.${recordType}`);
  if (!isMaster && !recordTypeStored)
    problems.push({ problem: PROBLEMS.inField('recordTypeName', 'RecordType', `${object}.${recordType}`) });
  const twin = world.metadata
    .ofType('PathAssistant')
    .find(
      (other) =>
        other.id !== stored.id && other.metadata.entityName === object && other.metadata.recordTypeName === recordType,
    );
  if (twin) problems.push({ problem: PATH_PROBLEMS.taken(object, recordType, twin.fullName) });
  const before = world.previous('PathAssistant', component.fullName)?.metadata;
  for (const element of ['entityName', 'fieldName', 'recordTypeName']) {
    if (before && before[element] !== path[element]) problems.push({ problem: PATH_PROBLEMS.immutable(element) });
  }
  const ofRecordType =
    recordTypeStored && processValues(object, recordTypeStored.metadata.businessProcess, world.metadata);
  const seen = new Set<string>();
  for (const step of (path.pathAssistantSteps ?? []) as readonly Step[]) {
    const name = step.picklistValueName ?? '';
    if (seen.has(name)) problems.push({ problem: PATH_PROBLEMS.duplicateStep(name) });
    seen.add(name);
    if (!values.includes(name)) problems.push({ problem: PATH_PROBLEMS.noValue(name) });
    else if (ofRecordType && !ofRecordType.has(name))
      problems.push({ problem: PATH_PROBLEMS.notInRecordType(name, recordType) });
    problems.push(...checkLength('Guidance for Success', step.info, PATH_LIMITS.guidance));
    if ((step.fieldNames ?? []).length > PATH_LIMITS.fieldsPerStep)
      problems.push({ problem: PATH_PROBLEMS.tooManyFields(name) });
    for (const fieldName of step.fieldNames ?? []) {
      if (!world.field(object, fieldName))
        problems.push({ problem: PROBLEMS.inField('fieldNames', 'CustomField', `${object}.${fieldName}`) });
    }
  }
  return problems;
};

function processValues(object: string, process: unknown, metadata: MetadataReader): ReadonlySet<string> | undefined {
  if (typeof process !== 'string') return undefined;
  const values = metadata.get('BusinessProcess', `${object}.${process}`)?.metadata.values as
    readonly { fullName?: string }[] | undefined;
  return values ? new Set(values.map((value) => decodeName(value.fullName ?? ''))) : undefined;
}
