import type { FlowAssignmentItem, FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import { allStages } from '../../model/waterfall.ts';
import type { Stage, Waterfall } from '../../model/waterfall.ts';
import type { Component } from '../../metadata/component.ts';
import { compileGroupFields } from '../buying-groups/group-fields.ts';
import { keepsBuyingGroups } from '../buying-groups/full-group.ts';
import { FIELD, FLOW, stageDateField } from '../names.ts';
import { hasStageSla } from '../stage-reasons.ts';
import { compilePromotionFields } from '../promotion-fields.ts';
import {
  assignment,
  condition,
  elementName,
  formula,
  question,
  reference,
  set,
  to,
  variable,
  yesNo,
} from './elements.ts';
import type { Value } from './elements.ts';
import {
  ENTERED_A_STAGE,
  IS_NEW,
  NOT_BYPASSED,
  and,
  merge,
  newOrNot,
  or,
  prior,
  record,
  setInThisSave,
  stageIs,
} from './formula-text.ts';
import { RUNS_LAST, recordTriggeredFlow } from './record-triggered-flow.ts';
import type { FlowMetadata } from './flow-shell.ts';
import { fillFormulas, fillSteps } from './skipped-steps.ts';
import { opens } from './signals/creation-rules.ts';
import { slaFormulas } from './sla-due.ts';
import { stampedDate } from './stamped-date.ts';

const LABEL = {
  copied: 'Copied from another opportunity?',
  cleanHistory: 'Start with a clean history',
  stamp: 'Stamp the present stage',
  entered: 'Entered a stage?',
  clock: 'Start the clock of the stage',
  fill: 'Fill the dates of skipped steps',
} as const;

/** Variables that are never set: what a field is cleared with. */
const NO_DATE = 'No_Date';
const NO_DATE_TIME = 'No_Date_Time';
const NO_TEXT = 'No_Text';
const NO_NUMBER = 'No_Number';

/** A Boolean formula resource over ISNEW(), as flows in use have it (github.com/Cloud-Orca/cooperparry, flows). */
const NEW_RECORD = 'Is_New';
const PREVIOUS_STAGE = 'Previous_Stage';
const ENTERED_AT = 'Entered_At';
const SLA_DUE = 'SLA_Due';

const dateFormulaName = (stage: Stage): string => `Date_of_${stage.name.replaceAll(' ', '_')}`;

const stageDate = (stage: Stage, reentry: 'first' | 'latest'): Authored<FlowFormula> =>
  stampedDate(
    {
      formulaName: dateFormulaName(stage),
      name: stage.name,
      kind: 'stage',
      field: stageDateField(stage.name),
      isIn: stageIs(stage.name),
      entered: ENTERED_A_STAGE,
    },
    reentry,
  );

/** The waterfall stamps stages, not types: an opportunity of another record type that reaches Closed Won gets that date as well. */
const startFormula = (waterfall: Waterfall): string => {
  const typeField = waterfall.typeCarrier === 'recordType' ? 'RecordTypeId' : 'Type';
  return and(NOT_BYPASSED, or(IS_NEW, `ISCHANGED(${record('StageName')})`, `ISCHANGED(${record(typeField)})`));
};

const cleared = (waterfall: Waterfall): readonly Authored<FlowAssignmentItem>[] => [
  ...allStages(waterfall).map((stage) => set(`$Record.${stageDateField(stage.name)}`, reference(NO_DATE))),
  set(`$Record.${FIELD.stageEnteredAt}`, reference(NO_DATE_TIME)),
  set(`$Record.${FIELD.stageSlaDue}`, reference(NO_DATE_TIME)),
  set(`$Record.${FIELD.previousStage}`, reference(NO_TEXT)),
  // A copy was made by a person: neither the key nor the source of what the automation made is its own.
  set(`$Record.${FIELD.key}`, reference(NO_TEXT)),
  set(`$Record.${FIELD.sourceOpportunity}`, reference(NO_TEXT)),
  ...(waterfall.handshakes.length > 0 ? [set(`$Record.${FIELD.handshakeStatus}`, reference(NO_TEXT))] : []),
  ...(hasStageSla(waterfall) ? [set(`$Record.${FIELD.slaBreaches}`, { numberValue: 0 })] : []),
  ...(opens(waterfall) ? [set(`$Record.${FIELD.openKey}`, reference(NO_TEXT))] : []),
  // Members that are copied along have the group counted anew.
  ...compileGroupFields(waterfall).map((field) => set(...emptied(field))),
  ...compilePromotionFields(waterfall).map((field) => set(...emptied(field))),
];

/** `$Record.Buying_Group_Size__c`, and the variable that clears it. */
const emptied = ({ fullName, metadata }: Component): readonly [field: string, value: Value] => {
  const { type } = metadata as { readonly type?: string };
  const blank = type === 'Number' || type === 'Percent' ? NO_NUMBER : type === 'DateTime' ? NO_DATE_TIME : NO_TEXT;
  return [fullName.replace('Opportunity.', '$Record.'), reference(blank)];
};

const decisions = (): FlowMetadata['decisions'] => [
  question(
    {
      label: LABEL.copied,
      description:
        'A new record that was stamped before is a clone. Imported records bring their stage dates but leave the mark blank.',
    },
    {
      label: 'It is a copy',
      description: 'The record is new, yet the automation has already marked it.',
      logic: 'and',
      conditions: [
        condition(NEW_RECORD, 'EqualTo', yesNo(true)),
        condition(`$Record.${FIELD.stampedAt}`, 'IsNull', yesNo(false)),
      ],
      connector: to(LABEL.cleanHistory),
    },
    { label: 'It is its own', connector: to(LABEL.stamp) },
  ),
  question(
    {
      label: LABEL.entered,
      description: 'Tells entering a stage from a mere change of type, which leaves the clock of the stage running.',
    },
    {
      label: 'A stage was entered',
      description: 'The record is new, or its stage is another one than before this save.',
      logic: 'or',
      conditions: [
        condition(NEW_RECORD, 'EqualTo', yesNo(true)),
        condition('$Record.StageName', 'IsChanged', yesNo(true)),
      ],
      connector: to(LABEL.clock),
    },
    { label: 'Same stage as before' },
  ),
];

const assignments = (waterfall: Waterfall): FlowMetadata['assignments'] => {
  const filled = fillSteps(waterfall);
  return [
    assignment(
      {
        label: LABEL.cleanHistory,
        description:
          'Empties what the copy brought along: stage dates, clock, previous stage, key and source opportunity.',
      },
      cleared(waterfall),
      to(LABEL.stamp),
    ),
    assignment(
      {
        label: LABEL.stamp,
        description:
          'Gives the present stage its date and marks the record as stamped. All other dates stay what they are.',
      },
      [
        ...allStages(waterfall).map((stage) =>
          set(`$Record.${stageDateField(stage.name)}`, reference(dateFormulaName(stage))),
        ),
        set(`$Record.${FIELD.stampedAt}`, reference('$Flow.CurrentDateTime')),
      ],
      to(filled.length > 0 ? LABEL.fill : LABEL.entered),
    ),
    ...(filled.length > 0
      ? [
          assignment(
            {
              label: LABEL.fill,
              description: 'Gives earlier steps of the type that were jumped over the date of the present stage.',
            },
            filled.map(({ field, formulaName }) => set(`$Record.${field}`, reference(formulaName))),
            to(LABEL.entered),
          ),
        ]
      : []),
    assignment(
      {
        label: LABEL.clock,
        description:
          'Notes since when the record is in the stage, where it came from, and when the SLA of the stage runs out.',
      },
      [
        set(`$Record.${FIELD.stageEnteredAt}`, reference(ENTERED_AT)),
        set(`$Record.${FIELD.previousStage}`, reference(PREVIOUS_STAGE)),
        // After stage-entered-at: the due date counts from it. Assignments take effect from top to bottom.
        set(`$Record.${FIELD.stageSlaDue}`, reference(hasStageSla(waterfall) ? SLA_DUE : NO_DATE_TIME)),
        ...(hasStageSla(waterfall) ? [set(`$Record.${FIELD.slaBreached}`, yesNo(false))] : []),
      ],
    ),
  ];
};

const formulas = (waterfall: Waterfall): readonly Authored<FlowFormula>[] => [
  formula(NEW_RECORD, 'Boolean', 'Whether this save creates the record.', IS_NEW),
  ...allStages(waterfall).map((stage) => stageDate(stage, waterfall.stageDates.reentry)),
  ...fillFormulas(waterfall),
  formula(
    ENTERED_AT,
    'DateTime',
    'Now, or the moment that this save sets itself (an import).',
    `IF(${setInThisSave(FIELD.stageEnteredAt)}, ${record(FIELD.stageEnteredAt)}, ${merge('$Flow.CurrentDateTime')})`,
  ),
  formula(
    PREVIOUS_STAGE,
    'String',
    'The stage before this save. A new record has none, unless an import brings it.',
    newOrNot(record(FIELD.previousStage), `TEXT(${prior('StageName')})`),
  ),
  ...slaFormulas(allStages(waterfall), SLA_DUE),
];

const variables = (waterfall: Waterfall): readonly Authored<FlowVariable>[] => [
  variable(NO_DATE, 'Date', 'Never set: clears a date.'),
  variable(NO_DATE_TIME, 'DateTime', 'Never set: clears a date and time.'),
  variable(NO_TEXT, 'String', 'Never set: clears a text or a lookup.'),
  ...(keepsBuyingGroups(waterfall) ? [variable(NO_NUMBER, 'Number', 'Never set: clears a number.')] : []),
];

const policyText = ({ stageDates }: Waterfall): string =>
  [
    stageDates.reentry === 'first' ? 'the first entry counts' : 'the latest entry counts',
    stageDates.skipped === 'blank' ? 'skipped steps stay blank' : 'skipped steps are filled',
  ].join('; ');

/**
 * Before save, so that it needs no query and no further save: 0 SOQL, 0 DML whatever the batch size, and validation rules already see
 * the dates (Apex Developer Guide, "Triggers and Order of Execution").
 *
 * One formula per stage in one assignment, rather than a decision with a branch per stage: the canvas stays five elements high instead
 * of thirty branches wide, and a stage more is one formula and one row more.
 */
export const stampingFlow = (waterfall: Waterfall): Component<FlowMetadata> =>
  recordTriggeredFlow({
    name: FLOW.stamping,
    label: 'Waterfall: Stage Stamping',
    description:
      `Stamps the date of the stage that an opportunity is created in or enters (${policyText(waterfall)}), and keeps ` +
      'stage-entered-at, previous stage and SLA due in step. Dates that the same save sets are kept; a clone starts with a clean ' +
      `history. ${RUNS_LAST} Compiled from the waterfall model: change the model, not this flow.`,
    source: 'stageDates',
    start: {
      first: elementName(LABEL.copied),
      filterFormula: startFormula(waterfall),
      object: 'Opportunity',
      triggerType: 'RecordBeforeSave',
    },
    elements: {
      assignments: assignments(waterfall),
      decisions: decisions(),
      formulas: formulas(waterfall),
      variables: variables(waterfall),
    },
  });
