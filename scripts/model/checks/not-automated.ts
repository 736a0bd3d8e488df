import type { Copied } from '../waterfall.ts';
import type { Check, Problem } from './problem.ts';

/** What is a record of its own beside the opportunity; the creating flow sets fields of the opportunity alone. */
const NOT_COPIED: Partial<Record<Copied, string>> = { buyingGroup: 'the buying group', products: 'the products' };

/** What a model may already say although nothing is compiled from it yet, so that nobody waits for it in the org. */
export const notAutomated: Check = (_raw, waterfall) => [
  ...(waterfall.handshakes.length > 0
    ? [info(['handshakes'], 'Handshakes are described, drawn and checked, but not yet automated.')]
    : []),
  ...waterfall.closedWon.flatMap((rule, index) =>
    rule.creates === 'renewal' && rule.delayDays === 0
      ? rule.copies.flatMap((copied, position) => {
          const what = NOT_COPIED[copied];
          return what === undefined
            ? []
            : [info(['closedWon', index, 'copies', position], `"${rule.name}" does not yet copy ${what}.`)];
        })
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
  action: 'Nothing needs to be done; until it is automated, people do this by hand.',
});
