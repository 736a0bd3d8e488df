import type { ValidationRule } from '@salesforce/types/metadata';

import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { LIMIT } from './limits.ts';
import { fitName, shorten } from './text.ts';

interface Rule {
  /** Opportunity when left out. */
  readonly object?: string;
  /** May be longer than a rule's name; it is shortened. */
  readonly name: string;
  readonly description: string;
  readonly errorWhen: string;
  readonly showAt: string;
  readonly message: string;
  readonly source: string;
}

/** The model, or what it is compiled for, asks for more than the platform takes. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
}

/** An active rule. Throws CompileError for a formula that the platform would refuse as too long. */
export const validationRule = ({
  object = 'Opportunity',
  name,
  description,
  errorWhen,
  showAt,
  message,
  source,
}: Rule): Component => {
  if (errorWhen.length > LIMIT.formula) {
    throw new CompileError(
      `The validation rule ${name} needs a formula of ${String(errorWhen.length)} characters and the platform takes ` +
        `${String(LIMIT.formula)}; give ${source} fewer or shorter stages`,
    );
  }
  return define<ValidationRule>(
    'ValidationRule',
    `${object}.${fitName(name, LIMIT.validationRuleName)}`,
    {
      active: true,
      description: shorten(description, LIMIT.validationRuleDescription),
      errorConditionFormula: errorWhen,
      errorDisplayField: showAt,
      errorMessage: shorten(message, LIMIT.errorMessage),
    },
    source,
  );
};
