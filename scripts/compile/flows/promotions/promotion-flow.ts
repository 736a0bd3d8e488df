import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Component } from '../../../metadata/component.ts';
import { allStages } from '../../../model/waterfall.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { OUTCOME } from '../../handshakes/outcomes.ts';
import { FIELD, FLOW } from '../../names.ts';
import { ANY_ORG } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import {
  assignment,
  condition,
  elementName,
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
  IS_NEW,
  NOT_BYPASSED,
  and,
  newOrNot,
  prior,
  quoted,
  record,
  stageIs,
  stageIsOneOf,
  typeIs,
} from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { decision } from '../steps.ts';
import { holds, promotionsOf, reasonText, requiredIsThere } from './rules.ts';
import type { PromotionOfType } from './rules.ts';

const LABEL = {
  aside: 'Is the opportunity put aside?',
  forget: 'Forget what moved it before',
  which: 'Which rule moves it on?',
} as const;

const NO_TEXT = 'No_Text';
const PUT_ASIDE = 'Is_Put_Aside';

const place = (index: number): string => String(index + 1);
const appliesName = (index: number): string => `Rule_${place(index)}_Applies`;
const movedBackName = (index: number): string => `Moved_Back_to_Rule_${place(index)}`;
const reasonName = (index: number): string => `Reason_of_Rule_${place(index)}`;
const firedName = (index: number): string => `Fired_with_Rule_${place(index)}`;
const backLabel = (index: number): string => `Has somebody moved it back to rule ${place(index)}?`;
const promoteLabel = (index: number): string => `Move on by rule ${place(index)}`;
const heedLabel = (index: number): string => `Leave it there despite rule ${place(index)}`;

/** Promotions_Fired__c holds 255 characters; the latest codes matter. */
const FIRED_LENGTH = 255;
/** Promotion_Reason__c likewise. */
const REASON_LENGTH = 255;

const isFired = (code: string): string => `CONTAINS(${record(FIELD.promotionsFired)}, ${quoted(code)})`;

/** While a hand-over is pending the opportunity cannot move on. */
const notPending = ({ handshakes }: Waterfall): readonly string[] =>
  handshakes.length > 0 ? [`NOT(ISPICKVAL(${record(FIELD.handshakeStatus)}, ${quoted(OUTCOME.pending)}))`] : [];

const formulasOf = (
  waterfall: Waterfall,
  org: OrgFacts,
  { promotion, type, from, after, code }: PromotionOfType,
  index: number,
): readonly Authored<FlowFormula>[] => [
  formula(
    appliesName(index),
    'Boolean',
    `Whether "${promotion.name}" may still move the opportunity from ${promotion.from} to ${promotion.to}.`,
    and(
      typeIs(waterfall, type),
      stageIs(promotion.from),
      `NOT(${isFired(code)})`,
      ...notPending(waterfall),
      ...requiredIsThere(from, org),
    ),
  ),
  formula(
    movedBackName(index),
    'Boolean',
    `Whether this save brings the opportunity back to ${promotion.from} from a stage behind it.`,
    newOrNot('FALSE', `CONTAINS(${quoted(`;${after.join(';')};`)}, ";" & TEXT(${prior('StageName')}) & ";")`),
  ),
  formula(
    reasonName(index),
    'String',
    'What moves it on, as people read it.',
    `LEFT(${reasonText(promotion)}, ${String(REASON_LENGTH)})`,
  ),
  formula(
    firedName(index),
    'String',
    'The codes of the rules that have moved it on or were heeded, with this one.',
    `RIGHT(${record(FIELD.promotionsFired)} & ${quoted(`${code};`)}, ${String(FIRED_LENGTH)})`,
  ),
];

const detours = (waterfall: Waterfall): readonly string[] =>
  allStages(waterfall)
    .filter(({ kind }) => kind === 'detour')
    .map(({ name }) => name);

const decisions = (rules: readonly PromotionOfType[], hasDetours: boolean): FlowMetadata['decisions'] => [
  ...(hasDetours
    ? [
        question(
          {
            label: LABEL.aside,
            description: 'On a detour nothing moves it on, and what once did may do so again afterwards.',
          },
          {
            label: 'Put aside',
            description: 'The stage lies beside the path.',
            logic: 'and' as const,
            conditions: [condition(PUT_ASIDE, 'EqualTo', yesNo(true))],
            connector: to(LABEL.forget),
          },
          { label: 'On its way', connector: to(LABEL.which) },
        ),
      ]
    : []),
  decision(
    { label: LABEL.which, description: 'The first rule of the model that holds, each only once for an opportunity.' },
    rules.map(({ promotion }, index) => ({
      label: `Rule ${place(index)}`,
      description: promotion.name,
      logic: 'and' as const,
      conditions: [condition(appliesName(index), 'EqualTo', yesNo(true)), holds(promotion.when)],
      connector: to(backLabel(index)),
    })),
    { label: 'None' },
  ),
  ...rules.map(({ promotion }, index) =>
    question(
      {
        label: backLabel(index),
        description:
          'Who moves an opportunity back knows what it has come to: the rule does not undo it, now or later.',
      },
      {
        label: `Moved back to ${promotion.from} by rule ${place(index)}`,
        description: 'It comes from a stage behind the one where the rule holds.',
        logic: 'and',
        conditions: [condition(movedBackName(index), 'EqualTo', yesNo(true))],
        connector: to(heedLabel(index)),
      },
      { label: 'Not moved back', connector: to(promoteLabel(index)) },
    ),
  ),
];

const assignments = (rules: readonly PromotionOfType[], hasDetours: boolean): FlowMetadata['assignments'] => [
  ...(hasDetours
    ? [
        assignment({ label: LABEL.forget, description: 'Each rule may move it on once more when it comes back.' }, [
          set(`$Record.${FIELD.promotionsFired}`, reference(NO_TEXT)),
        ]),
      ]
    : []),
  ...rules.flatMap(({ promotion }, index) => [
    assignment(
      {
        label: promoteLabel(index),
        description: `${promotion.name}: to ${promotion.to}, with reason and moment. A rule for that stage may hold next.`,
      },
      [
        // Before the stage changes: the reason is told and the rule remembered as of the stage it held in.
        set(`$Record.${FIELD.promotionReason}`, reference(reasonName(index))),
        set(`$Record.${FIELD.promotionsFired}`, reference(firedName(index))),
        set(`$Record.${FIELD.promotedAt}`, reference('$Flow.CurrentDateTime')),
        set('$Record.StageName', text(promotion.to)),
      ],
      jumpTo(LABEL.which),
    ),
    assignment(
      { label: heedLabel(index), description: `${promotion.name}: has had its say.` },
      [set(`$Record.${FIELD.promotionsFired}`, reference(firedName(index)))],
      jumpTo(LABEL.which),
    ),
  ]),
];

/**
 * Before save and before the stamping flow, so that it needs no query and no further save and the stamping sees the stage: 0 SOQL, 0 DML.
 * Scores, members and coverage reach it as changes of the fields that the buying group is counted into. It ends, since each rule is
 * remembered before the next one is looked for. A copy of an opportunity starts with a clean history and is not moved.
 *
 * Null where the model has no promotions.
 */
export const promotionFlow = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): Component<FlowMetadata> | null => {
  const rules = promotionsOf(waterfall);
  const [first] = rules;
  if (!first) return null;
  const aside = detours(waterfall);
  return recordTriggeredFlow({
    name: FLOW.promotion,
    label: 'Waterfall: Promotion',
    description:
      `Moves an opportunity on by itself (${rules.map(({ promotion }) => promotion.name).join('; ')}), each rule once, and writes down ` +
      'what moved it. Never moves it backwards, nor out of a closed stage or a detour, nor against somebody who moves it back. Runs ' +
      `before the stamping of stages (trigger order ${String(ORDER.beforeStamping)}). ${COMPILED}`,
    source: first.promotion.source,
    order: ORDER.beforeStamping,
    start: {
      first: elementName(aside.length > 0 ? LABEL.aside : LABEL.which),
      filterFormula: and(
        NOT_BYPASSED,
        stageIsOneOf([...new Set([...rules.map(({ promotion }) => promotion.from), ...aside])]),
        `NOT(${and(IS_NEW, `NOT(ISBLANK(${record(FIELD.stampedAt)}))`)})`,
      ),
      object: 'Opportunity',
      triggerType: 'RecordBeforeSave',
    },
    elements: {
      assignments: assignments(rules, aside.length > 0),
      decisions: decisions(rules, aside.length > 0),
      formulas: [
        ...rules.flatMap((rule, index) => formulasOf(waterfall, org, rule, index)),
        ...(aside.length > 0
          ? [formula(PUT_ASIDE, 'Boolean' as const, 'Whether the stage is a detour.', stageIsOneOf(aside))]
          : []),
      ],
      variables: aside.length > 0 ? [variable(NO_TEXT, 'String', 'Never set: clears a text.')] : [],
    },
  });
};
