import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { FIELD, FLOW } from '../../names.ts';
import { nurturingStages, stagesWithReasons } from '../../stage-reasons.ts';
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
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { ENTERED_A_STAGE_AT_START, NOT_BYPASSED, and, stageIsOneOf } from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';

const LABEL = {
  asks: 'Does the stage ask for a reason?',
  clearReason: 'Forget the reason',
  rests: 'Does it come back from the stage?',
  clearDate: 'Forget until when it rests',
} as const;

const ASKS = 'Asks_for_a_Reason';
const RESTS = 'Comes_Back';
const NO_TEXT = 'No_Text';
const NO_DATE = 'No_Date';

/**
 * Before save, like the stamping, so that it costs neither a query nor a save; after a promotion may have changed the stage, and before
 * validation rules ask for what the new stage needs. A reason of one stage that asks is kept into another one, whose rule takes or refuses it.
 */
export const recyclingFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const asking = stagesWithReasons(waterfall);
  const resting = nurturingStages(waterfall);
  if (asking.length === 0 && resting.length === 0) return null;
  const afterReason = resting.length > 0 ? { connector: to(LABEL.rests) } : {};
  return recordTriggeredFlow({
    name: FLOW.recycling,
    label: 'Waterfall: Recycling',
    description: `Forgets reason and nurture date when an opportunity leaves the stages that ask for them. ${COMPILED}`,
    source: (asking[0] ?? resting[0])!.source,
    order: ORDER.beforeStamping,
    start: {
      first: elementName(asking.length > 0 ? LABEL.asks : LABEL.rests),
      filterFormula: and(NOT_BYPASSED, ENTERED_A_STAGE_AT_START),
      object: 'Opportunity',
      triggerType: 'RecordBeforeSave',
    },
    elements: {
      decisions: [
        ...(asking.length > 0
          ? [
              question(
                { label: LABEL.asks, description: 'Lost, disqualified and recycled need a reason; others have none.' },
                {
                  label: 'It asks for none',
                  description: 'A reason that is left over says nothing any more.',
                  logic: 'and',
                  conditions: [condition(ASKS, 'EqualTo', yesNo(false))],
                  connector: to(LABEL.clearReason),
                },
                { label: 'It asks for one', ...afterReason },
              ),
            ]
          : []),
        ...(resting.length > 0
          ? [
              question(
                { label: LABEL.rests, description: 'Only there a date means something.' },
                {
                  label: 'It does not',
                  description: 'A date that is left over would say that it rests.',
                  logic: 'and',
                  conditions: [condition(RESTS, 'EqualTo', yesNo(false))],
                  connector: to(LABEL.clearDate),
                },
                { label: 'It comes back' },
              ),
            ]
          : []),
      ],
      assignments: [
        ...(asking.length > 0
          ? [
              assignment(
                { label: LABEL.clearReason, description: 'The stage history keeps that it was there.' },
                [set(`$Record.${FIELD.stageReason}`, reference(NO_TEXT))],
                resting.length > 0 ? to(LABEL.rests) : undefined,
              ),
            ]
          : []),
        ...(resting.length > 0
          ? [
              assignment({ label: LABEL.clearDate, description: 'It does not rest.' }, [
                set(`$Record.${FIELD.nurtureUntil}`, reference(NO_DATE)),
              ]),
            ]
          : []),
      ],
      formulas: [
        ...(asking.length > 0
          ? [
              formula(
                ASKS,
                'Boolean',
                'Whether the stage has reasons in the model.',
                stageIsOneOf(asking.map(({ name }) => name)),
              ),
            ]
          : []),
        ...(resting.length > 0
          ? [
              formula(
                RESTS,
                'Boolean',
                'Whether it comes back from the stage by itself.',
                stageIsOneOf(resting.map(({ name }) => name)),
              ),
            ]
          : []),
      ],
      variables: [
        ...(asking.length > 0 ? [variable(NO_TEXT, 'String', 'Never set: clears a text or a choice.')] : []),
        ...(resting.length > 0 ? [variable(NO_DATE, 'Date', 'Never set: clears a date.')] : []),
      ],
    },
  });
};
