import type { Component } from '../metadata/component.ts';
import { and, notBypassed, or } from './formulas.ts';
import { FIELD } from './names.ts';
import { validationRule } from './validation-rule.ts';

/**
 * A contract does not end before it starts: the renewal is due when it ends. A contract of one day starts and ends on the
 * same date.
 */
export const compileContractRules = (): readonly Component[] => [
  validationRule({
    name: 'Waterfall_Contract_End',
    description:
      'Keeps the contract end date from lying before the contract start date. Off under the bypass permission.',
    errorWhen: and(
      notBypassed,
      or('ISNEW()', `ISCHANGED(${FIELD.contractStart})`, `ISCHANGED(${FIELD.contractEnd})`),
      `NOT(ISBLANK(${FIELD.contractStart}))`,
      `NOT(ISBLANK(${FIELD.contractEnd}))`,
      `${FIELD.contractEnd} < ${FIELD.contractStart}`,
    ),
    showAt: FIELD.contractEnd,
    message: 'The contract cannot end before it starts. Correct Contract End Date or Contract Start Date.',
    source: 'closedWon',
  }),
];
