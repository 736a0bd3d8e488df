import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { FLOW, HANDSHAKE, HANDSHAKE_FIELD } from '../../names.ts';
import { nurturingStages } from '../../stage-reasons.ts';
import { casesFormulas } from '../cases.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  jumpTo,
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
import {
  ENTERED_A_STAGE_AT_START,
  NOT_BYPASSED,
  STAGE_TEXT,
  and,
  merge,
  record,
  stageIsOneOf,
} from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { fillIn, updateOwn } from '../number-and-list-steps.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { whenFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { FUNCTION, elsewhereText, nobodyText, returnsOf, ruleText } from './recycled-owner-rules.ts';

const LABEL = {
  rule: 'Does the owner rule name somebody?',
  takeRule: 'Take who the owner rule names',
  elsewhere: 'Does it come from another function?',
  handshake: 'Find who handed it over',
  handshakeFound: 'Was it handed over?',
  giver: 'Find the giver',
  giverFound: 'Is the giver active?',
  takeGiver: 'Take the giver',
  theirs: 'Is it theirs already?',
  nobody: 'Tell RevOps that nobody takes it',
  tell: 'Tell RevOps what was refused',
} as const;

const BY_RULE = 'Owner_by_Rule';
const ELSEWHERE = 'Comes_from_Elsewhere';
const NEW_OWNER = 'New_Owner';
const SUBJECT = 'Subject';
const REASON = 'Nobody_Reason';
const OWNER = 'the new owner';

const ABOUT = {
  recordId: reference('$Record.Id'),
  subject: reference(SUBJECT),
  otherwise: reference('$Record.OwnerId'),
};
const WHAT_TO_DO = 'make somebody its owner who keeps in touch with the buying group until it comes back.';

const taken = (label: string, description: string, user: string) =>
  assignment({ label, description }, [set(NEW_OWNER, reference(user))], to(LABEL.theirs));

/** `otherwise` is the label of the step that goes on where it names nobody. */
const byRule = (rule: string, otherwise: string): FlowElements => ({
  decisions: [
    question(
      { label: LABEL.rule, description: 'Who owns new opportunities of its type takes it back.' },
      {
        label: 'It names somebody',
        description: 'An active user of the account.',
        logic: 'and',
        conditions: [condition(BY_RULE, 'IsBlank', yesNo(false))],
        connector: to(LABEL.takeRule),
      },
      { label: 'It names nobody', connector: to(otherwise) },
    ),
  ],
  assignments: [taken(LABEL.takeRule, 'As of a new opportunity.', BY_RULE)],
  formulas: [formula(BY_RULE, 'String', 'The first active user of the owner rule of its type.', rule)],
});

/** Two queries. Users leave, so that one is asked for. */
const byHandshake: FlowElements = {
  recordLookups: [
    getFirst(
      { label: LABEL.handshake, description: 'The last time that the function gave it away, whatever was answered.' },
      {
        object: HANDSHAKE,
        filters: [
          equals(HANDSHAKE_FIELD.opportunity, reference('$Record.Id')),
          equals(HANDSHAKE_FIELD.fromFunction, reference(FUNCTION)),
        ],
        fields: ['Id', HANDSHAKE_FIELD.fromUser],
        latestFirst: HANDSHAKE_FIELD.requestedAt,
      },
      to(LABEL.handshakeFound),
      jumpTo(LABEL.tell),
    ),
    getFirst(
      { label: LABEL.giver, description: 'Who owned it before that handshake, while active.' },
      {
        object: 'User',
        filters: [
          equals('Id', reference(`${elementName(LABEL.handshake)}.${HANDSHAKE_FIELD.fromUser}`)),
          equals('IsActive', yesNo(true)),
        ],
        fields: ['Id'],
      },
      to(LABEL.giverFound),
      jumpTo(LABEL.tell),
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.handshakeFound, description: 'It may never have belonged to the function.' },
      LABEL.handshake,
      { found: 'It was handed over', none: 'Never', description: 'The look-up found a handshake.' },
      to(LABEL.giver),
      jumpTo(LABEL.nobody),
    ),
    whenFound(
      { label: LABEL.giverFound, description: 'People leave.' },
      LABEL.giver,
      { found: 'The giver is active', none: 'The giver has left', description: 'The look-up found the user.' },
      to(LABEL.takeGiver),
      to(LABEL.nobody),
    ),
  ],
  assignments: [taken(LABEL.takeGiver, 'Knows it from before.', `${elementName(LABEL.giver)}.Id`)],
};

/** One save, once somebody is found. */
const giving: FlowElements = joinElements(
  updateOwn(
    {
      what: OWNER,
      description: 'Who keeps in touch until it comes back.',
      object: 'Opportunity',
      variable: 'Opportunity_with_Owner',
      values: [['OwnerId', reference(NEW_OWNER)]],
    },
    jumpTo(LABEL.tell),
  ),
  {
    decisions: [
      question(
        { label: LABEL.theirs, description: 'Then there is nothing to save.' },
        {
          label: 'Somebody else has it',
          description: 'The owner is another one.',
          logic: 'and',
          conditions: [condition('$Record.OwnerId', 'NotEqualTo', reference(NEW_OWNER))],
          connector: to(fillIn(OWNER)),
        },
        { label: 'It is theirs' },
      ),
    ],
    subflows: [
      tellRevOps(
        { label: LABEL.tell, description: 'Who gave it back still owns it.' },
        { ...ABOUT, reason: reference('$Flow.FaultMessage'), whatToDo: text(`Remove the reason, and ${WHAT_TO_DO}`) },
      ),
    ],
    variables: [variable(NEW_OWNER, 'String', 'Who takes it back.')],
  },
);

/**
 * After save, since it may have to look for who handed the opportunity over and to tell RevOps: two queries and one save for a batch. It
 * comes after a pending handshake was withdrawn. What is created in such a stage (an import, say) has been given away by nobody, and what comes
 * out of a stage of the same function is with the function already: neither changes hands, nor does RevOps hear of it.
 */
export const recycledOwnerFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const returns = returnsOf(waterfall);
  const [first] = nurturingStages(waterfall);
  if (first === undefined) return null;
  const rule = ruleText(waterfall);
  const handsOver = waterfall.handshakes.some(({ giver }) => returns.some(({ to: key }) => key === giver));
  const afterRule = handsOver ? LABEL.handshake : LABEL.nobody;
  const ways = [...(rule === null ? [] : [byRule(rule, afterRule)]), ...(handsOver ? [byHandshake] : [])];
  return recordTriggeredFlow({
    name: FLOW.recycledOwner,
    label: 'Waterfall: Recycled Owner',
    description:
      `Gives a recycled opportunity that another function had back to the one that it will come back to (${returns.map(({ stage, label }) => `${stage}: ${label}`).join(', ')})` +
      `${rule === null ? '' : ', to who owns new ones of its type'}${handsOver ? `${rule === null ? ', to' : '; otherwise to'} the active user who handed it over last` : ''}. ` +
      `Where nobody is found its owner keeps it, and RevOps is told. Runs after a pending handshake was withdrawn (trigger order ` +
      `${String(ORDER.last)}). ${COMPILED}`,
    source: first.source,
    order: ORDER.last,
    start: {
      first: elementName(LABEL.elsewhere),
      filterFormula: and(NOT_BYPASSED, ENTERED_A_STAGE_AT_START, stageIsOneOf(returns.map(({ stage }) => stage))),
      object: 'Opportunity',
      triggerType: 'RecordAfterSave',
    },
    elements: joinElements(...ways, ways.length === 0 ? {} : giving, {
      decisions: [
        question(
          { label: LABEL.elsewhere, description: 'Out of a stage of the same function its owner keeps it.' },
          {
            label: 'It was given back',
            description: 'This save takes it out of a stage of another function.',
            logic: 'and',
            conditions: [condition(ELSEWHERE, 'EqualTo', yesNo(true))],
            connector: to(rule === null ? afterRule : LABEL.rule),
          },
          { label: 'It was there already' },
        ),
      ],
      subflows: [
        tellRevOps(
          { label: LABEL.nobody, description: 'Until then who gave it back owns it.' },
          {
            ...ABOUT,
            reason: reference(REASON),
            whatToDo: text(`Please ${WHAT_TO_DO}`),
          },
        ),
      ],
      formulas: [
        formula(
          ELSEWHERE,
          'Boolean',
          'Whether this save takes it out of a stage of another function than the one that it goes back to.',
          elsewhereText(waterfall, returns),
        ),
        ...casesFormulas({
          name: FUNCTION,
          description: 'The revenue function that owns the stage in which it comes back.',
          subject: STAGE_TEXT,
          cases: returns.map(({ stage, label }) => [stage, label]),
        }),
        formula(
          SUBJECT,
          'String',
          'What the task for RevOps is about.',
          `"Recycled, but not with " & ${merge(FUNCTION)} & ": " & ${record('Name')}`,
        ),
        formula(REASON, 'String', 'Who was looked for.', nobodyText(rule !== null, handsOver)),
      ],
    }),
  });
};
