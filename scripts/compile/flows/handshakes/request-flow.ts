import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { OUTCOME } from '../../handshakes/outcomes.ts';
import { FIELD, FLOW, HANDSHAKE, HANDSHAKE_FIELD } from '../../names.ts';
import {
  assignment,
  condition,
  createRecord,
  elementName,
  fieldValue,
  formula,
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
import type { FlowMetadata } from '../flow-shell.ts';
import {
  NOT_BYPASSED,
  and,
  anyOf,
  merge,
  newOrNot,
  prior,
  quoted,
  record,
  stageIsOneOf,
  typeIs,
} from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { ALLOWED, chosenSlaFormulas } from '../sla-due.ts';
import { count, fillIn, updateOwn, wholeNumber } from '../number-and-list-steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { WHICH, whichHandOver } from './handshake-steps.ts';
import { handshakeRules, ruleLabel, type HandshakeRule } from './rules.ts';

const LABEL = {
  create: 'Open the handshake',
  there: 'Is it there already?',
  tell: 'Tell RevOps what was refused',
} as const;

/** What the chosen rule says, for the record that is created. */
const CHOSEN = {
  from: 'From_Function',
  to: 'To_Function',
  returnStage: 'Return_Stage',
  rule: 'Rule_Name',
  remindHours: 'Remind_Hours_Before',
} as const;

const DUE = 'Due_At';
const REMIND = 'Remind_At';
const KEY = 'Key';
const GIVER = 'Giver';

const isRule = (rule: HandshakeRule): string => `Is_Hand_over_${String(rule.number)}`;
const PRIOR_STAGE = `TEXT(${prior('StageName')})`;

/** Whether this save hands over by the rule: of the type, in the stage, out of a stage of the giver. */
const ruleFormula = (waterfall: Waterfall, rule: HandshakeRule) =>
  formula(
    isRule(rule),
    'Boolean',
    `Whether this save is "${rule.handshake.name}": a ${rule.type.label} enters ${rule.stage.name} out of a stage of ${rule.giver}.`,
    newOrNot(
      'FALSE',
      and(
        typeIs(waterfall, rule.type),
        stageIsOneOf([rule.stage.name]),
        anyOf(rule.giverStages.map(({ name }) => `${PRIOR_STAGE} = ${quoted(name)}`)),
      ),
    ),
  );

const chosen = (rule: HandshakeRule) => {
  const { sla, onReject, onSilence, name } = rule.handshake;
  return assignment(
    { label: ruleLabel(rule), description: `What the model says about "${name}".` },
    [
      set(CHOSEN.rule, text(name)),
      set(CHOSEN.from, text(rule.giver)),
      set(CHOSEN.to, text(rule.receiver)),
      set(CHOSEN.returnStage, text(onReject.stage)),
      set(sla.unit === 'hours' ? ALLOWED.hours : ALLOWED.businessDays, { numberValue: sla.amount }),
      set(CHOSEN.remindHours, { numberValue: onSilence.remindHoursBefore }),
    ],
    to(LABEL.create),
  );
};

const PENDING = 'the handshake status';

/** Only now that there is a handshake to answer: until then nothing keeps the opportunity where it is. */
const pending = updateOwn(
  {
    what: PENDING,
    description: 'Shows on the opportunity that a handshake is pending, which keeps it from moving further on.',
    object: 'Opportunity',
    variable: 'Opportunity_with_Status',
    values: [[FIELD.handshakeStatus, text(OUTCOME.pending)]],
  },
  jumpTo(LABEL.tell),
);

const elements = (waterfall: Waterfall, rules: readonly HandshakeRule[]): FlowMetadataParts => ({
  decisions: [
    whichHandOver(
      rules,
      {
        description: 'Only coming from a stage of the giver is a hand-over.',
        condition: (rule) => condition(isRule(rule), 'EqualTo', yesNo(true)),
      },
      { label: 'None' },
    ),
    question(
      {
        label: LABEL.there,
        description: 'The same entry into the stage, saved twice at once, asks only once: the key is unique.',
      },
      {
        label: 'It is there',
        description: 'The org names the key as taken.',
        logic: 'and',
        conditions: [condition('$Flow.FaultMessage', 'Contains', text('DUPLICATE_VALUE'))],
      },
      { label: 'It was refused', connector: to(LABEL.tell) },
    ),
  ],
  assignments: [...rules.map(chosen), ...pending.assignments],
  recordCreates: [
    {
      ...createRecord(
        {
          label: LABEL.create,
          description: 'The hand-over as a record of its own. The flow that starts with it finds who has to answer.',
        },
        HANDSHAKE,
        [
          fieldValue(HANDSHAKE_FIELD.dueAt, reference(DUE)),
          fieldValue(HANDSHAKE_FIELD.fromFunction, reference(CHOSEN.from)),
          fieldValue(HANDSHAKE_FIELD.fromUser, reference(GIVER)),
          fieldValue(HANDSHAKE_FIELD.key, reference(KEY)),
          fieldValue(HANDSHAKE_FIELD.opportunity, reference('$Record.Id')),
          fieldValue(HANDSHAKE_FIELD.outcome, text(OUTCOME.pending)),
          fieldValue(HANDSHAKE_FIELD.remindAt, reference(REMIND)),
          fieldValue(HANDSHAKE_FIELD.requestedAt, reference(`$Record.${FIELD.stageEnteredAt}`)),
          fieldValue(HANDSHAKE_FIELD.returnStage, reference(CHOSEN.returnStage)),
          fieldValue(HANDSHAKE_FIELD.rule, reference(CHOSEN.rule)),
          fieldValue(HANDSHAKE_FIELD.stage, reference('$Record.StageName')),
          fieldValue(HANDSHAKE_FIELD.toFunction, reference(CHOSEN.to)),
        ],
        to(LABEL.there),
      ),
      connector: to(fillIn(PENDING)),
    },
  ],
  recordUpdates: pending.recordUpdates,
  subflows: [
    tellRevOps(
      { label: LABEL.tell, description: 'The save stands; without a handshake people hand over by hand.' },
      {
        recordId: reference('$Record.Id'),
        subject: reference(SUBJECT),
        reason: reference('$Flow.FaultMessage'),
        whatToDo: text(
          'Remove the reason, then move the opportunity back and into the stage again; or agree on the hand-over by hand and change the owner.',
        ),
        otherwise: reference('$Record.OwnerId'),
      },
    ),
  ],
  formulas: [
    ...rules.map((rule) => ruleFormula(waterfall, rule)),
    ...chosenSlaFormulas(
      rules.map(({ handshake }) => handshake.sla),
      DUE,
      'By when the hand-over has to be answered.',
    ),
    formula(
      REMIND,
      'DateTime',
      'When the receiver is reminded; blank where that would be before the request.',
      `IF(${merge(DUE)} - ${merge(CHOSEN.remindHours)} / 24 > ${record(FIELD.stageEnteredAt)}, ${merge(DUE)} - ${merge(CHOSEN.remindHours)} / 24, NULL)`,
    ),
    formula(
      KEY,
      'String',
      'Opportunity, stage and moment of entry: one entry asks once.',
      `${record('Id')} & ":" & TEXT(${record('StageName')}) & ":" & TEXT(${record(FIELD.stageEnteredAt)})`,
    ),
    formula(
      GIVER,
      'String',
      'Who owned the opportunity before this save.',
      newOrNot(record('OwnerId'), prior('OwnerId')),
    ),
    formula(SUBJECT, 'String', 'What the task for RevOps is about.', `"Handshake not opened: " & ${record('Name')}`),
  ],
  variables: [
    ...pending.variables,
    variable(CHOSEN.rule, 'String', 'Name of the hand-over in the model.'),
    variable(CHOSEN.from, 'String', 'The revenue function that hands over.'),
    variable(CHOSEN.to, 'String', 'The revenue function that takes over.'),
    variable(CHOSEN.returnStage, 'String', 'Where a rejected opportunity goes back to.'),
    wholeNumber(CHOSEN.remindHours, 'Hours before the end at which the receiver is reminded.'),
    ...[...new Set(rules.map(({ handshake }) => handshake.sla.unit))]
      .sort()
      .map((unit) =>
        count(ALLOWED[unit], unit === 'hours' ? 'Hours that the receiver has.' : 'Weekdays that the receiver has.'),
      ),
  ],
});

const SUBJECT = 'Task_Subject';

type FlowMetadataParts = Pick<
  FlowMetadata,
  'assignments' | 'decisions' | 'formulas' | 'recordCreates' | 'recordUpdates' | 'subflows' | 'variables'
>;

/**
 * After save, when an opportunity enters a stage of another revenue function: no query and two saves for a batch, the handshakes and
 * the status that mirrors them. Null without handshakes.
 */
export const handshakeRequestFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const rules = handshakeRules(waterfall);
  const [first] = rules;
  if (!first) return null;
  return recordTriggeredFlow({
    name: FLOW.handshakeRequest,
    label: 'Waterfall: Handshake Request',
    description:
      'Opens a handshake when an opportunity enters a stage of another revenue function out of a stage of the giver, once per entry. ' +
      `Runs after a handshake that the same move leaves behind was withdrawn (trigger order ${String(ORDER.last)}). ${COMPILED}`,
    source: first.handshake.source,
    order: ORDER.last,
    start: {
      first: elementName(WHICH),
      filterFormula: and(
        NOT_BYPASSED,
        `ISCHANGED(${record('StageName')})`,
        stageIsOneOf([...new Set(rules.map(({ stage }) => stage.name))]),
      ),
      object: 'Opportunity',
      on: 'Update',
      triggerType: 'RecordAfterSave',
    },
    elements: elements(waterfall, rules),
  });
};
