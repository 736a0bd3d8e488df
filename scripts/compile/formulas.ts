import type { OpportunityType, Waterfall } from '../model/waterfall.ts';
import { BYPASS_PERMISSION, FIELD, recordTypeName } from './names.ts';
import { STANDARD_FIELDS } from './standard-fields.ts';

/** Formula text. Model names hold letters, digits and spaces only, so that nothing needs escaping inside quotes. */
const call = (name: string, parts: readonly string[]): string =>
  `${name}(\n${parts.map((part) => indent(part)).join(',\n')}\n)`;
const indent = (text: string): string => text.replace(/^/gm, '  ');

export const and = (...parts: readonly string[]): string => call('AND', parts);
/** One condition stands for itself. */
export const or = (...parts: readonly string[]): string => (parts.length === 1 ? parts.join('') : call('OR', parts));
export const not = (part: string): string => (part.includes('\n') ? call('NOT', [part]) : `NOT(${part})`);

export const notBypassed = `NOT($Permission.${BYPASS_PERMISSION})`;

export const stageIs = (stage: string): string => `ISPICKVAL(StageName, "${stage}")`;
export const stageWas = (stage: string): string => `ISPICKVAL(PRIORVALUE(StageName), "${stage}")`;

/** Whether the record is of an opportunity type, by what carries the type in the org. */
export const isOfType = ({ typeCarrier }: Waterfall, type: OpportunityType): string =>
  typeCarrier === 'recordType'
    ? `RecordType.DeveloperName = "${recordTypeName(type)}"`
    : `ISPICKVAL(Type, "${type.typeValue}")`;

/** Whether what carries the type changes in this save. */
export const typeChanges = ({ typeCarrier }: Waterfall): string =>
  typeCarrier === 'recordType' ? 'ISCHANGED(RecordTypeId)' : 'ISCHANGED(Type)';

/** ISBLANK does not take picklists, and a checkbox is never blank (Help, "Formula Operators and Functions"). */
export const isMissing = (field: string): string => {
  const kind = field === FIELD.solution ? 'picklist' : (STANDARD_FIELDS[field]?.kind ?? 'other');
  if (kind === 'picklist') return `ISPICKVAL(${field}, "")`;
  return kind === 'checkbox' ? `NOT(${field})` : `ISBLANK(${field})`;
};
