import type { OpportunityType, OpportunityTypeKey, Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { FIELD, FLOW } from '../../names.ts';
import { ANY_ORG } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import {
  createRecord,
  equals,
  formula,
  getFirst,
  jumpTo,
  keepFault,
  question,
  reference,
  text,
  to,
  variable,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { joinElements } from '../join-elements.ts';
import { priceBookStep } from './price-book-step.ts';
import { FOLLOW_UP_KEY, followUpFields } from './follow-up-fields.ts';
import { recordTypeStep } from './follow-up-record-type.ts';
import { anyOf, quoted, record } from '../formula-text.ts';
import { RUNS_LAST, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { isFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { rulesThatCreate } from './won-rules.ts';
import type { RuleOfType } from './won-rules.ts';
import { lateText, wonStart } from './won-start.ts';

const THERE = 'Is it there already?';
const NOTE_REFUSAL = 'Note why it was refused';
const TELL = 'Tell RevOps';

const REASON = 'Refusal_Reason';
const SUBJECT = 'Task_Subject';

/** When a flow of these rules runs, for its description. */
export const whenText = (rules: readonly RuleOfType[]): string => {
  const days = [...new Set(rules.map(({ rule }) => rule.delayDays))].sort((left, right) => left - right);
  return days.map((day) => (day === 0 ? 'at once' : `${String(day)} days later`)).join(' or ');
};

const elements = (
  waterfall: Waterfall,
  creates: OpportunityType,
  rules: readonly RuleOfType[],
  values: ReturnType<typeof followUpFields>['values'],
): { readonly first: string; readonly parts: readonly FlowElements[] } => {
  const find = `Find the ${creates.label}`;
  const create = `Create the ${creates.label}`;
  const recordType = recordTypeStep(waterfall, creates, {
    next: create,
    fault: NOTE_REFUSAL,
    tell: TELL,
    reason: REASON,
  });
  const priceBook = priceBookStep(waterfall, rules, recordType.first);
  const own: FlowElements = {
    recordLookups: [
      getFirst(
        {
          label: find,
          description: `Reopened and won again, an opportunity has its ${creates.label} already: the key tells.`,
        },
        { object: 'Opportunity', filters: [equals(FIELD.key, reference(FOLLOW_UP_KEY))], fields: ['Id'] },
        to(THERE),
        jumpTo(NOTE_REFUSAL),
      ),
    ],
    decisions: [
      question(
        { label: THERE, description: `One ${creates.label} for one won opportunity, however often it is won.` },
        {
          label: 'It is there',
          description: 'One with this key was found; nothing is left to do.',
          logic: 'and',
          conditions: [isFound(find)],
        },
        { label: 'Not yet', connector: to(priceBook.first) },
      ),
    ],
    recordCreates: [
      createRecord(
        { label: create, description: creates.description },
        'Opportunity',
        [...values, ...priceBook.values, ...recordType.values],
        to(NOTE_REFUSAL),
      ),
    ],
    assignments: [keepFault(NOTE_REFUSAL, REASON, to(TELL))],
    subflows: [
      tellRevOps(
        { label: TELL, description: `A task that says which ${creates.label} is missing and why.` },
        {
          recordId: reference('$Record.Id'),
          subject: reference(SUBJECT),
          reason: reference(REASON),
          whatToDo: text(
            `Remove the reason, then reopen and win the opportunity again, or create the ${creates.label} by hand.`,
          ),
          otherwise: reference('$Record.OwnerId'),
        },
      ),
    ],
  };
  return { first: find, parts: [own, priceBook.elements, recordType.elements] };
};

const singleFollowUpFlow = (
  waterfall: Waterfall,
  org: OrgFacts,
  of: {
    readonly key: OpportunityTypeKey;
    readonly name: string;
    /** A further condition on the won opportunity, as formula text. */
    readonly also?: string;
  },
): Component<FlowMetadata> | null => {
  const creates = waterfall.opportunityTypes.find((type) => type.key === of.key);
  const rules = rulesThatCreate(waterfall, of.key);
  const [first] = rules;
  if (!creates || !first) return null;
  const fields = followUpFields(waterfall, creates, rules, org);
  const { first: begin, parts } = elements(waterfall, creates, rules, fields.values);
  const { start, ...starting } = wonStart(waterfall, rules, begin, of.also);
  return recordTriggeredFlow({
    name: of.name,
    label: `Waterfall: ${creates.label}`,
    description:
      `Creates the ${creates.label} of a won opportunity (${rules.map(({ type }) => type.label).join(', ')}), once, ` +
      `${whenText(rules)}.${lateText(rules)} What the org refuses never blocks the win: RevOps gets a task that names the reason. ${RUNS_LAST} ${COMPILED}`,
    source: first.rule.source,
    start: { ...start, object: 'Opportunity', triggerType: 'RecordAfterSave' },
    elements: joinElements(
      starting,
      ...parts,
      { formulas: fields.formulas },
      {
        formulas: [
          formula(
            SUBJECT,
            'String',
            'What the task is about.',
            `${quoted(`${creates.label} not created: `)} & ${record('Name')}`,
          ),
        ],
        variables: [variable(REASON, 'String', 'Why the org refused.')],
      },
    ),
  });
};

/**
 * After save, when an opportunity becomes won. Interviews of a batch run in lockstep, so that 200 wins cost what one does: two queries
 * and one insert; with refusals two queries and one insert more, which the flow that tells RevOps makes. Of a batch those that the org
 * accepts are kept and only the refused ones take the fault path: Create Records saves partially (release notes Spring '20, "Save
 * Successful Record Changes in a Batch from Failed Actions in Processes and Flows").
 *
 * Null where the model has no rule that creates a renewal.
 */
export const renewalFlow = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): Component<FlowMetadata> | null =>
  singleFollowUpFlow(waterfall, org, { key: 'renewal', name: FLOW.renewal });

/** As the renewal, but only for solutions of which a customer can buy more; for every win where the model has no solutions. */
export const upsellFlow = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): Component<FlowMetadata> | null => {
  const { solutions } = waterfall;
  const more = solutions.filter(({ sellsMore }) => sellsMore);
  if (solutions.length > 0 && more.length === 0) return null;
  return singleFollowUpFlow(waterfall, org, {
    key: 'upsell',
    name: FLOW.upsell,
    ...(more.length > 0 && {
      also: anyOf(more.map(({ name }) => `ISPICKVAL(${record(FIELD.solution)}, ${quoted(name)})`)),
    }),
  });
};
