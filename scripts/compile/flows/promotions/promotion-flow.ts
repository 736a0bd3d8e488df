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
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import {
  ENTERED_A_STAGE,
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
import { firedBy, hasFired, keptWithFigure } from './memory.ts';
import { figureText, holds, holdsText, isMeasured, promotionsOf, reasonText, requiredIsThere } from './rules.ts';
import type { PromotionOfType } from './rules.ts';

const LABEL = {
  aside: 'Is the opportunity put aside?',
  keep: 'Keep the figures that moved it',
  which: 'Which rule moves it on?',
} as const;

const PUT_ASIDE = 'Is_Put_Aside';

const place = (index: number): string => String(index + 1);
const appliesName = (index: number): string => `Rule_${place(index)}_Applies`;
const movedBackName = (index: number): string => `Moved_Back_to_Rule_${place(index)}`;
const reasonName = (index: number): string => `Reason_of_Rule_${place(index)}`;
const figureName = (index: number): string => `Figure_of_Rule_${place(index)}`;
const firedName = (index: number): string => `Fired_with_Rule_${place(index)}`;
const heldName = (index: number): string => `Rule_${place(index)}_Holds_as_Put_Aside`;
const keptName = (index: number): string => `Kept_with_Figure_of_Rule_${place(index)}`;
const backLabel = (index: number): string => `Has somebody moved it back to rule ${place(index)}?`;
const promoteLabel = (index: number): string => `Move on by rule ${place(index)}`;
const heedLabel = (index: number): string => `Leave it there despite rule ${place(index)}`;

/** Promotion_Reason__c holds 255 characters. */
const REASON_LENGTH = 255;

/** While a hand-over is pending the opportunity cannot move on. */
const notPending = ({ handshakes }: Waterfall): readonly string[] =>
  handshakes.length > 0 ? [`NOT(ISPICKVAL(${record(FIELD.handshakeStatus)}, ${quoted(OUTCOME.pending)}))`] : [];

const hasFigure = ({ promotion }: PromotionOfType): boolean => isMeasured(promotion.when);

/** What the rule is measured by, and how both are remembered when the opportunity is put aside. */
const figureFormulas = (
  waterfall: Waterfall,
  { promotion, type, code }: PromotionOfType,
  index: number,
): readonly Authored<FlowFormula>[] =>
  isMeasured(promotion.when)
    ? [
        formula(
          figureName(index),
          'Number',
          `What "${promotion.name}" is measured by, as it is now.`,
          figureText(promotion.when),
        ),
        formula(
          heldName(index),
          'Boolean',
          `Whether "${promotion.name}" holds in the save that puts the opportunity aside.`,
          and(ENTERED_A_STAGE, typeIs(waterfall, type), holdsText(promotion.when)),
        ),
        formula(
          keptName(index),
          'String',
          'The codes of the rules that have moved it on, were heeded or held, this one with its figure.',
          keptWithFigure(code, figureName(index), heldName(index)),
        ),
      ]
    : [];

const formulasOf = (
  waterfall: Waterfall,
  org: OrgFacts,
  rule: PromotionOfType,
  index: number,
): readonly Authored<FlowFormula>[] => {
  const { promotion, type, from, after, code } = rule;
  const figure = hasFigure(rule) ? figureName(index) : null;
  return [
    ...figureFormulas(waterfall, rule, index),
    formula(
      appliesName(index),
      'Boolean',
      `Whether "${promotion.name}" may still move the opportunity from ${promotion.from} to ${promotion.to}.`,
      and(
        typeIs(waterfall, type),
        stageIs(promotion.from),
        `NOT(${hasFired(code, figure)})`,
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
      firedBy(code, figure),
    ),
  ];
};

const detours = (waterfall: Waterfall): readonly string[] =>
  allStages(waterfall)
    .filter(({ kind }) => kind === 'detour')
    .map(({ name }) => name);

const decisions = (rules: readonly PromotionOfType[], keeps: boolean): FlowMetadata['decisions'] => [
  ...(keeps
    ? [
        question(
          {
            label: LABEL.aside,
            description:
              'On a detour nothing moves it on. Afterwards a rule that already did, or held then, needs a higher figure.',
          },
          {
            label: 'Put aside',
            description: 'The stage lies beside the path.',
            logic: 'and' as const,
            conditions: [condition(PUT_ASIDE, 'EqualTo', yesNo(true))],
            connector: to(LABEL.keep),
          },
          { label: 'On its way', connector: to(LABEL.which) },
        ),
      ]
    : []),
  decision(
    { label: LABEL.which, description: 'The first rule of the model that holds and has not moved it on already.' },
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

const assignments = (rules: readonly PromotionOfType[], keeps: boolean): FlowMetadata['assignments'] => [
  ...(keeps
    ? [
        assignment(
          {
            label: LABEL.keep,
            description:
              'Each rule that has moved it on, or holds as it is put aside, is remembered with its figure: the same figure does not move it ' +
              'on afterwards. A figure that is there already is never lowered, and a rule about the value of a field moves it on only once.',
          },
          rules.flatMap((rule, index) =>
            hasFigure(rule) ? [set(`$Record.${FIELD.promotionsFired}`, reference(keptName(index)))] : [],
          ),
        ),
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
  const aside = rules.some(hasFigure) ? detours(waterfall) : [];
  return recordTriggeredFlow({
    name: FLOW.promotion,
    label: 'Waterfall: Promotion',
    description:
      `Moves an opportunity on by itself (${rules.map(({ promotion }) => promotion.name).join('; ')}), each rule once` +
      `${aside.length > 0 ? ' and, after a detour, again only for a higher figure' : ''}, and writes down what moved it. Never moves it ` +
      'backwards, nor out of a closed stage or a detour, nor against somebody who moves it back. Runs before the stamping of stages ' +
      `(trigger order ${String(ORDER.beforeStamping)}). ${COMPILED}`,
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
    },
  });
};
