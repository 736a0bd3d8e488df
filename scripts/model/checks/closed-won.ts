import type { ClosedWonRule, OpportunityTypeKey, Waterfall } from '../waterfall.ts';
import { error } from './problem.ts';
import type { Check, Problem } from './problem.ts';
import { noType, stagesOf, unknownStage } from './transitions.ts';

/** What a win creates: every name is there, and it comes to an end. */
export const checkClosedWon: Check = (_raw, waterfall) =>
  waterfall.closedWon.flatMap((rule, index): readonly Problem[] => {
    const path = ['closedWon', index];
    const missing = [...rule.from, rule.creates].filter((key) => !stagesOf(waterfall, key));
    if (missing.length > 0) return missing.map((key) => noType(key, path));
    const stages = stagesOf(waterfall, rule.creates) ?? [];
    const stage = stages.find((candidate) => candidate.name === rule.stage);
    if (!stage) return unknownStage(stages, rule.stage, [...path, 'stage']);
    if (stage.outcome !== 'open') {
      return [
        error(
          'MODEL_CLOSED_WON_ENDLESS',
          [...path, 'stage'],
          `"${rule.name}" creates an opportunity that is ${stage.outcome} from the start${stage.outcome === 'won' ? ', which would create the next one without end' : ''}.`,
          'Name an open stage, so that somebody has to win it first.',
        ),
      ];
    }
    const circle = circleThrough(rule, waterfall.closedWon);
    return circle
      ? [
          error(
            'MODEL_CLOSED_WON_ENDLESS',
            path,
            `Winning would create without end: ${circle.map((step) => step.name).join(' -> ')} -> ${rule.name}, with no contract term between two of them.`,
            'Let one rule of the circle take its close date from contractEnd, or take the circle apart.',
          ),
        ]
      : [];
  });

/**
 * The first circle of rules, in file order, that leads from what this rule creates back to where it starts. A rule dated by the
 * contract's end is left out: there a whole term lies between two wins, as with a renewal of a renewal.
 */
const circleThrough = (start: ClosedWonRule, rules: readonly ClosedWonRule[]): readonly ClosedWonRule[] | undefined => {
  const undated = rules.filter((rule) => rule.closeDate.from !== 'contractEnd');
  if (!undated.includes(start)) return undefined;
  const search = (type: OpportunityTypeKey, trail: readonly ClosedWonRule[]): readonly ClosedWonRule[] | undefined => {
    if (start.from.includes(type)) return trail;
    for (const next of undated) {
      if (next.from.includes(type) && !trail.includes(next)) {
        const found = search(next.creates, [...trail, next]);
        if (found) return found;
      }
    }
    return undefined;
  };
  return search(start.creates, [start]);
};

/** Rules that are right in themselves and yet create nothing, so that nobody waits for it. */
export const checkIdleRules: Check = (_raw, waterfall) =>
  waterfall.closedWon.flatMap((rule, index): readonly Problem[] => [
    ...rule.from.flatMap((from, position) => {
      const earlier = waterfall.closedWon
        .slice(0, index)
        .find((other) => other.creates === rule.creates && other.from.includes(from));
      return earlier
        ? [
            idle(
              ['closedWon', index, 'from', position],
              `"${rule.name}" never runs for ${from}: "${earlier.name}" creates its ${rule.creates}, and a win creates one.`,
              `Take ${from} out of one of the two.`,
            ),
          ]
        : [];
    }),
    ...nothingToSell(rule, waterfall, ['closedWon', index]),
  ]);

const nothingToSell = (
  { name, creates }: ClosedWonRule,
  { solutions }: Waterfall,
  path: Problem['path'],
): readonly Problem[] => {
  if (creates === 'crossSell' && !solutions.some(({ sellsNext }) => sellsNext.length > 0))
    return [
      idle(
        path,
        `"${name}" creates nothing: no solution names one to sell next.`,
        'Say so under solutions: sellsNext.',
      ),
    ];
  if (creates === 'upsell' && solutions.length > 0 && !solutions.some(({ sellsMore }) => sellsMore))
    return [
      idle(
        path,
        `"${name}" creates nothing: no solution is one to sell more of.`,
        'Say so under solutions: sellsMore.',
      ),
    ];
  return [];
};

const idle = (path: Problem['path'], message: string, action: string): Problem => ({
  severity: 'info',
  code: 'MODEL_RULE_IDLE',
  path,
  message,
  action,
});
