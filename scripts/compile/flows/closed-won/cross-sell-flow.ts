import type { Component } from '../../../metadata/component.ts';
import type { Solution, Waterfall } from '../../../model/waterfall.ts';
import { FIELD, FLOW } from '../../names.ts';
import { ANY_ORG } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  formula,
  jumpTo,
  keepFault,
  number,
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { followUpFields, keyOf } from './follow-up-fields.ts';
import { recordTypeStep } from './follow-up-record-type.ts';
import { anyOf, and, merge, quoted, record } from '../formula-text.ts';
import { RUNS_LAST, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { whenText } from './single-follow-up-flow.ts';
import { added, wholeNumber } from '../number-and-list-steps.ts';
import { createFrom, decision, filter, getAll, listVariable, loop, recordVariable, whenFound } from '../steps.ts';
import { openKey } from '../signals/opening.ts';
import { tellRevOps } from '../tell-revops.ts';
import { rulesThatCreate } from './won-rules.ts';
import type { RuleOfType } from './won-rules.ts';
import { priceBookStep } from './price-book-step.ts';
import { lateText, wonStart } from './won-start.ts';

const LABEL = {
  won: 'Which solution was won?',
  find: 'Find what the account has',
  some: 'Does the account have some of it?',
  each: 'Each opportunity that is there',
  remember: 'Remember its solution',
  eachOffer: 'Each solution to offer',
  offer: 'Has the account none of it?',
  add: 'Add the opportunity',
  any: 'Is there something to create?',
  create: 'Create the opportunities',
  refused: 'Note why it was refused',
  again: 'Was it the first attempt?',
  clean: 'Start again with what is still missing',
  note: 'Note what could not be looked up',
  tell: 'Tell RevOps',
} as const;

const OFFERED = 'Offered_Solutions';
const TAKEN = 'Taken_Solutions';
const NEW = 'New_Opportunity';
const ALL_NEW = 'New_Opportunities';
const NONE = 'No_Opportunities';
const NO_TEXT = 'No_Text';
const MISSING = 'Missing_Solutions';
const REASON = 'Refusal_Reason';
const ATTEMPTS = 'Attempts';
const KEY_START = 'Key_Start';
const OPEN_KEY = 'Account_and_Solution';
const SUBJECT = 'Task_Subject';

/** Once more after a refusal; then RevOps is told. */
const LAST_ATTEMPT = 2;

/** The place of the first solution among the conditions of the look-up. */
const FIRST_OFFER = 5;

const each = elementName(LABEL.each);
const offer = elementName(LABEL.eachOffer);

const elements = (
  waterfall: Waterfall,
  sellers: readonly Solution[],
  fields: ReturnType<typeof followUpFields>,
  creates: NonNullable<Waterfall['opportunityTypes'][number]>,
  rules: readonly RuleOfType[],
): { readonly first: string } & FlowElements => {
  const recordType = recordTypeStep(waterfall, creates, {
    next: LABEL.find,
    fault: LABEL.note,
    tell: LABEL.tell,
    reason: REASON,
  });
  const offers = [...new Set(sellers.flatMap(({ sellsNext }) => sellsNext))];
  const priceBook = priceBookStep(waterfall, rules, recordType.first);
  const nextTo = ({ name }: Solution): string => `Offer what goes with ${name}`;
  return {
    first: LABEL.won,
    decisions: [
      decision(
        { label: LABEL.won, description: 'Each solution has others that its customers are worth offering.' },
        sellers.map((solution) => ({
          label: `Won ${solution.name}`,
          description: `${solution.name} was won.`,
          logic: 'and',
          conditions: [condition(`$Record.${FIELD.solution}`, 'EqualTo', text(solution.name))],
          connector: to(nextTo(solution)),
        })),
        { label: 'Nothing goes with it' },
      ),
      ...recordType.elements.decisions,
      ...(priceBook.elements.decisions ?? []),
      whenFound(
        { label: LABEL.some, description: 'Whether the look-up found opportunities.' },
        LABEL.find,
        { found: 'It has some', none: 'It has nothing', description: 'At least one was found.' },
        to(LABEL.each),
        jumpTo(LABEL.eachOffer),
      ),
      question(
        { label: LABEL.offer, description: 'One opportunity for an account and a solution.' },
        {
          label: 'It has one',
          description: 'An opportunity of the account for this solution is won or open, or this win has created one.',
          logic: 'and',
          conditions: [condition(TAKEN, 'Contains', reference(offer))],
          connector: to(LABEL.eachOffer),
        },
        { label: 'It has none', connector: to(LABEL.add) },
      ),
      question(
        { label: LABEL.any, description: 'The account may have all of it.' },
        {
          label: 'There is something to create',
          description: 'At least one opportunity was added.',
          logic: 'and',
          conditions: [condition(ALL_NEW, 'IsEmpty', yesNo(false))],
          connector: to(LABEL.create),
        },
        { label: 'Nothing' },
      ),
      question(
        {
          label: LABEL.again,
          description:
            'Another win of this batch may have created the same a moment before: the key of account and solution lets only one through. ' +
            'A second look tells.',
        },
        {
          label: 'It was the first',
          description: 'Look again and try what is still missing.',
          logic: 'and',
          conditions: [condition(ATTEMPTS, 'LessThan', { numberValue: LAST_ATTEMPT })],
          connector: to(LABEL.clean),
        },
        { label: 'It was the last', connector: to(LABEL.tell) },
      ),
    ],
    recordLookups: [
      ...recordType.elements.recordLookups,
      {
        ...getAll(
          {
            label: LABEL.find,
            description:
              'What the account has won or has open of these solutions, and what this win has created before, whatever became of it.',
          },
          {
            object: 'Opportunity',
            filters: [
              filter(FIELD.key, 'StartsWith', reference(KEY_START)),
              equals('AccountId', reference('$Record.AccountId')),
              equals('IsWon', yesNo(true)),
              equals('IsClosed', yesNo(false)),
              ...offers.map((name) => equals(FIELD.solution, text(name))),
            ],
            fields: ['Id', FIELD.solution],
          },
          to(LABEL.some),
          jumpTo(LABEL.note),
        ),
        filterLogic: `1 OR (2 AND (3 OR 4) AND (${offers.map((_, index) => String(index + FIRST_OFFER)).join(' OR ')}))`,
      },
    ],
    loops: [
      loop(
        { label: LABEL.each, description: 'Collects the solutions.' },
        elementName(LABEL.find),
        to(LABEL.remember),
        to(LABEL.eachOffer),
      ),
      loop(
        { label: LABEL.eachOffer, description: 'What goes with the won solution.' },
        OFFERED,
        to(LABEL.offer),
        to(LABEL.any),
      ),
    ],
    assignments: [
      ...sellers.map((solution, index) =>
        assignment(
          {
            label: nextTo(solution),
            description: `What the model names as worth offering to a customer of ${solution.name}.`,
          },
          solution.sellsNext.map((name) => added(OFFERED, text(name))),
          index === 0 ? to(priceBook.first) : jumpTo(priceBook.first),
        ),
      ),
      ...recordType.elements.assignments,
      ...(priceBook.elements.assignments ?? []),
      assignment(
        { label: LABEL.remember, description: 'Not offered again.' },
        [added(TAKEN, reference(`${each}.${FIELD.solution}`))],
        to(LABEL.each),
      ),
      assignment(
        { label: LABEL.add, description: 'An opportunity of its own for this solution.' },
        [
          ...[...fields.values, ...priceBook.values, ...recordType.values].map(({ field, value }) =>
            set(`${NEW}.${field}`, value!),
          ),
          set(`${NEW}.${FIELD.openKey}`, reference(OPEN_KEY)),
          added(ALL_NEW, reference(NEW)),
          added(MISSING, reference(offer)),
          added(MISSING, text(' ')),
        ],
        to(LABEL.eachOffer),
      ),
      assignment(
        { label: LABEL.refused, description: 'Keeps the message before another step can replace it.' },
        [set(REASON, reference('$Flow.FaultMessage')), added(ATTEMPTS, number(1))],
        to(LABEL.again),
      ),
      assignment(
        { label: LABEL.clean, description: 'What was added is decided anew by what the account has now.' },
        [set(ALL_NEW, reference(NONE)), set(MISSING, reference(NO_TEXT))],
        jumpTo(LABEL.find),
      ),
      keepFault(LABEL.note, REASON, jumpTo(LABEL.tell)),
    ],
    recordCreates: [createFrom({ label: LABEL.create, description: creates.description }, ALL_NEW, to(LABEL.refused))],
    formulas: priceBook.elements.formulas ?? [],
    variables: priceBook.elements.variables ?? [],
    subflows: [
      tellRevOps(
        { label: LABEL.tell, description: `A task that says which ${creates.label} is missing and why.` },
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
};

/** How much of a solution's name goes into the name of the opportunity. */
const SOLUTION_LENGTH = 40;

/**
 * One opportunity per solution that goes with the won one and that the account has neither won nor open. At most three queries and two
 * inserts for a batch, and what telling RevOps costs.
 *
 * Two wins at one account in one batch each see an account that has nothing yet. The unique key of account and solution lets one through;
 * the other looks again, finds it, and is content. Null where the model has no such rule, or no solution with something to sell next.
 */
export const crossSellFlow = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): Component<FlowMetadata> | null => {
  const creates = waterfall.opportunityTypes.find((type) => type.key === 'crossSell');
  const rules = rulesThatCreate(waterfall, 'crossSell');
  const sellers = waterfall.solutions.filter(({ sellsNext }) => sellsNext.length > 0);
  const [first] = rules;
  if (!creates || !first || sellers.length === 0) return null;
  const fields = followUpFields(waterfall, creates, rules, org, {
    value: merge(offer),
    length: Math.min(
      SOLUTION_LENGTH,
      Math.max(...sellers.flatMap(({ sellsNext }) => sellsNext.map(({ length }) => length))),
    ),
  });
  const { first: begin, ...steps } = elements(waterfall, sellers, fields, creates, rules);
  const sells = anyOf(sellers.map(({ name }) => `ISPICKVAL(${record(FIELD.solution)}, ${quoted(name)})`));
  const { start, ...starting } = wonStart(waterfall, rules, begin, and(`NOT(ISBLANK(${record('AccountId')}))`, sells));
  return recordTriggeredFlow({
    name: FLOW.crossSell,
    label: `Waterfall: ${creates.label}`,
    description:
      `Creates a ${creates.label} for each solution that is worth offering to a customer of the won one ` +
      `(${rules.map(({ type }) => type.label).join(', ')}), ${whenText(rules)}, unless the account has won it or has it open.${lateText(rules)} What the org ` +
      `refuses never blocks the win: RevOps gets a task that names the reason. ${RUNS_LAST} ${COMPILED}`,
    source: first.rule.source,
    start: { ...start, object: 'Opportunity', triggerType: 'RecordAfterSave' },
    elements: {
      ...steps,
      decisions: [...starting.decisions, ...(steps.decisions ?? [])],
      formulas: [
        ...starting.formulas,
        ...(steps.formulas ?? []),
        ...fields.formulas,
        formula(
          KEY_START,
          'String',
          'What the keys of all that this win creates begin with.',
          `${keyOf(creates)} & ":"`,
        ),
        formula(
          OPEN_KEY,
          'String',
          'Lets one open opportunity through for an account and a solution, of those that automation creates.',
          openKey({ accountId: '$Record.AccountId', solution: merge(offer) }),
        ),
        formula(
          SUBJECT,
          'String',
          'What the task is about.',
          `${quoted(`${creates.label} not created: `)} & ${record('Name')} & IF(ISBLANK(${merge(MISSING)}), "", " (" & TRIM(${merge(MISSING)}) & ")")`,
        ),
      ],
      variables: [
        listVariable(OFFERED, 'Solutions that go with the won one.'),
        listVariable(TAKEN, 'Solutions that the account has won or has open.'),
        recordVariable(NEW, 'Opportunity', 'The opportunity that is being put together.'),
        recordVariable(ALL_NEW, 'Opportunity', 'The opportunities to create.', true),
        recordVariable(NONE, 'Opportunity', 'Never filled: empties the other.', true),
        variable(NO_TEXT, 'String', 'Never set: empties a text.'),
        variable(MISSING, 'String', 'The solutions of the opportunities to create.'),
        variable(REASON, 'String', 'Why the org refused.'),
        ...(steps.variables ?? []),
        wholeNumber(ATTEMPTS, 'How often the creation was tried.'),
      ],
    },
  });
};
