import type { OpportunityType, Waterfall } from '../../../model/waterfall.ts';
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
import { ENTERED_A_STAGE_AT_START, NOT_BYPASSED, and, record, stageIsOneOf, through, typeIs } from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';

const LABEL = {
  asks: 'Does the stage ask for a reason?',
  clearReason: 'Forget the reason',
  rests: 'Does it come back from the stage?',
  clearDate: 'Forget until when it rests',
  returns: 'Give it to who creates such opportunities',
} as const;

const ASKS = 'Asks_for_a_Reason';
const RESTS = 'Comes_Back';
const OWNER = 'Owner_While_Resting';
const NO_TEXT = 'No_Text';
const NO_DATE = 'No_Date';

/** The first active user of the account's fields, otherwise who it is. */
const chain = (fields: readonly string[]): string =>
  fields.reduceRight((otherwise, field) => {
    const user = field.endsWith('__c') ? field.replace(/__c$/, '__r') : field.replace(/Id$/, '');
    const active = through(
      'AccountId',
      through(`Account.${field}`, record(`Account.${user}.IsActive`), 'FALSE'),
      'FALSE',
    );
    return `IF(${active}, ${record(`Account.${field}`)}, ${otherwise})`;
  }, record('OwnerId'));

/** Types with such a stage and an owner rule. */
const returning = (waterfall: Waterfall): readonly OpportunityType[] =>
  waterfall.opportunityTypes.filter(
    ({ creation, stages }) => creation.ownerChain.length > 0 && stages.some(({ comesBackTo }) => comesBackTo !== null),
  );

const ownerText = (waterfall: Waterfall): string =>
  returning(waterfall).reduceRight(
    (otherwise, type) => `IF(${typeIs(waterfall, type)}, ${chain(type.creation.ownerChain)}, ${otherwise})`,
    record('OwnerId'),
  );

/**
 * Before save, like the stamping, so that it costs neither a query nor a save; after a promotion may have changed the stage, and before
 * validation rules ask for what the new stage needs. A reason of one stage that asks is kept into another one, whose rule takes or refuses it.
 */
export const recyclingFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const asking = stagesWithReasons(waterfall);
  const resting = nurturingStages(waterfall);
  if (asking.length === 0 && resting.length === 0) return null;
  const owners = returning(waterfall).length > 0;
  const afterReason = resting.length > 0 ? { connector: to(LABEL.rests) } : {};
  return recordTriggeredFlow({
    name: FLOW.recycling,
    label: 'Waterfall: Recycling',
    description:
      'Forgets reason and nurture date when an opportunity leaves the stages that ask for them' +
      (owners ? ', and gives a recycled one back to who owns new ones of its type' : '') +
      `. ${COMPILED}`,
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
                { label: 'It comes back', ...(owners && { connector: to(LABEL.returns) }) },
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
        ...(owners
          ? [
              assignment(
                {
                  label: LABEL.returns,
                  description: 'The first active user of the owner rule of its type, as of a new one.',
                },
                [set('$Record.OwnerId', reference(OWNER))],
              ),
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
        ...(owners
          ? [
              formula(
                OWNER,
                'String',
                'Who owns it while it rests; who it is where the rule finds nobody.',
                ownerText(waterfall),
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
