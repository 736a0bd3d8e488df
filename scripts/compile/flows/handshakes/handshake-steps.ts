/** What flows that start with a handshake share: how they tell hand-overs apart and find a role, and the names of what hangs on it. */
import type { FlowCondition } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import { HANDSHAKE, HANDSHAKE_FIELD } from '../../names.ts';
import { condition, equals, getFirst, reference, text, to } from '../elements.ts';
import type { Connector } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { NOT_BYPASSED, and, quoted, record, relationship } from '../formula-text.ts';
import { decision, whenFound } from '../steps.ts';
import { ruleLabel } from './rules.ts';
import type { HandshakeRule } from './rules.ts';

/** What hangs on a handshake. */
export const OPPORTUNITY = `$Record.${relationship(HANDSHAKE_FIELD.opportunity)}`;

export const outcomeIs = (value: string): string => `ISPICKVAL(${record(HANDSHAKE_FIELD.outcome)}, ${quoted(value)})`;

/** Where flows start that follow an answer or a withdrawal. A handshake whose opportunity was deleted concerns nobody. */
export const WHEN_OVER = {
  filterFormula: and(
    NOT_BYPASSED,
    `ISCHANGED(${record(HANDSHAKE_FIELD.outcome)})`,
    `NOT(ISBLANK(${record(HANDSHAKE_FIELD.opportunity)}))`,
  ),
  object: HANDSHAKE,
  on: 'Update',
  triggerType: 'RecordAfterSave',
} as const;

export const WHICH = 'Which hand-over is it?';

/** Leads to the step of the rule, which is called {@link ruleLabel}. */
export const whichHandOver = (
  rules: readonly HandshakeRule[],
  by: { readonly description: string; readonly condition: (rule: HandshakeRule) => Authored<FlowCondition> },
  otherwise: Parameters<typeof decision>[2],
): ReturnType<typeof decision> =>
  decision(
    { label: WHICH, description: by.description },
    rules.map((rule) => ({
      label: `It is hand-over ${String(rule.number)}`,
      description: rule.handshake.name,
      logic: 'and' as const,
      conditions: [by.condition(rule)],
      connector: to(ruleLabel(rule)),
    })),
    otherwise,
  );

/** The same by the name of the rule, which the handshake carries. */
export const whichByName = (rules: readonly HandshakeRule[], otherwise: Connector): ReturnType<typeof decision> =>
  whichHandOver(
    rules,
    {
      description: 'The handshake carries the name of its rule.',
      condition: ({ handshake }) => condition(`$Record.${HANDSHAKE_FIELD.rule}`, 'EqualTo', text(handshake.name)),
    },
    { label: 'None of the model', connector: otherwise },
  );

/** One query. Names of roles may repeat in an org; the oldest role of the name counts. */
export const findRole = (
  /** Labels of the two steps, and the variable with the name of the role. */
  { find, found, name }: { readonly find: string; readonly found: string; readonly name: string },
  next: Connector,
  none: Connector,
  fault: Connector,
): FlowElements => ({
  recordLookups: [
    getFirst(
      { label: find, description: 'By its name, which the model gives; the oldest where several have it.' },
      { object: 'UserRole', filters: [equals('Name', reference(name))], fields: ['Id'], oldestFirst: 'Id' },
      to(found),
      fault,
    ),
  ],
  decisions: [
    whenFound(
      { label: found, description: 'Somebody may have renamed or deleted it.' },
      find,
      { found: 'The role is there', none: 'No role', description: 'The look-up found it.' },
      next,
      none,
    ),
  ],
});
