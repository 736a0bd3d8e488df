import type { Check, Problem } from './problem.ts';

/** What a model may already say although nothing is compiled from it yet, so that nobody waits for it in the org. */
export const notAutomated: Check = (_raw, waterfall) => [
  ...(waterfall.promotions.length > 0
    ? [info(['promotions'], 'Promotions are described, drawn and checked, but not yet automated.')]
    : []),
  ...(waterfall.handshakes.length > 0
    ? [info(['handshakes'], 'Handshakes are described, drawn and checked, but not yet automated.')]
    : []),
  ...waterfall.closedWon.flatMap((rule, index) =>
    rule.creates === 'renewal' && rule.delayDays === 0
      ? []
      : [
          info(
            ['closedWon', index],
            `"${rule.name}" is checked, but not yet automated: only renewals created at once are.`,
          ),
        ],
  ),
];

const info = (path: Problem['path'], message: string): Problem => ({
  severity: 'info',
  code: 'MODEL_NOT_AUTOMATED',
  path,
  message,
  action: 'Nothing; until it is, people do this by hand.',
});
