import type { OpportunityType, Waterfall } from '../model/waterfall.ts';
import { BYPASS_PERMISSION, FIELD, recordTypeName } from './names.ts';
import type { OrgFacts } from './org-facts.ts';
import { STANDARD_FIELDS } from './standard-fields.ts';

/** Formula text. */
const call = (name: string, parts: readonly string[]): string =>
  `${name}(\n${parts.map((part) => indent(part)).join(',\n')}\n)`;
const indent = (text: string): string => text.replace(/^/gm, '  ');

export const and = (...parts: readonly string[]): string => call('AND', parts);
/** One condition stands for itself. */
export const or = (...parts: readonly string[]): string => (parts.length === 1 ? parts.join('') : call('OR', parts));
export const not = (part: string): string => (part.includes('\n') ? call('NOT', [part]) : `NOT(${part})`);

export const notBypassed = `NOT($Permission.${BYPASS_PERMISSION})`;

/** Model names hold letters, digits and spaces only; an org's own stages may hold anything. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

export const stageIs = (stage: string): string => `ISPICKVAL(StageName, ${quoted(stage)})`;
export const stageWas = (stage: string): string => `ISPICKVAL(PRIORVALUE(StageName), ${quoted(stage)})`;

/** Whether the record is of an opportunity type, by what carries the type in the org. */
export const isOfType = ({ typeCarrier }: Waterfall, type: OpportunityType): string =>
  typeCarrier === 'recordType'
    ? `RecordType.DeveloperName = "${recordTypeName(type)}"`
    : `ISPICKVAL(Type, "${type.typeValue}")`;

/** Whether what carries the type changes in this save. */
export const typeChanges = ({ typeCarrier }: Waterfall): string =>
  typeCarrier === 'recordType' ? 'ISCHANGED(RecordTypeId)' : 'ISCHANGED(Type)';

/**
 * ISBLANK does not take picklists, and a checkbox is never blank (Help, "Formula Operators and Functions"). A field that only the org
 * knows is taken for one that ISBLANK takes until the org has told its type.
 */
export const isMissing = (field: string, { fieldKinds }: OrgFacts): string => {
  const known = field === FIELD.solution ? 'picklist' : STANDARD_FIELDS[field]?.kind;
  const kind = known ?? fieldKinds[field] ?? 'other';
  if (kind === 'picklist') return `ISPICKVAL(${field}, "")`;
  return kind === 'checkbox' ? `NOT(${field})` : `ISBLANK(${field})`;
};
