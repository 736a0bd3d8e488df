import type { FieldValue } from '../../data/types.ts';
import { FormulaError } from './formula-error.ts';
import { MESSAGE } from './messages.ts';
import type { Evaluate, Expression, FormulaType } from './types.ts';

/** Small builders that the operators and functions share. */

export const constantOf = <F>(type: FormulaType, value: FieldValue, at: number): Expression<F> => ({
  type,
  evaluate: () => value,
  at,
  reference: null,
  literal: type === 'Text' ? (value as string) : null,
  constant: true,
});

export const computed = <F>(
  type: FormulaType,
  evaluate: Evaluate<F>,
  at: number,
  inputs: readonly Expression<F>[] = [],
): Expression<F> => {
  const constant = inputs.length > 0 && inputs.every((input) => input.constant);
  return { type, evaluate, at, reference: null, literal: null, constant };
};

/** Picklists are accepted by few functions; elsewhere the platform names the field. */
export function refusePicklist<F>(argument: Expression<F>): void {
  const name = argument.reference?.name ?? '';
  if (argument.type === 'Picklist') throw new FormulaError(MESSAGE.picklist(name), argument.at);
  if (argument.type === 'Multipicklist') throw new FormulaError(MESSAGE.multipicklist(name), argument.at);
}

/** Checks an argument against the types a function or operator takes; NULL passes for any of them. */
export function requireType<F>(
  token: string,
  argument: Expression<F>,
  expected: readonly FormulaType[],
): Expression<F> {
  if (expected.includes(argument.type)) return argument;
  if (argument.type === 'Null') return expected.length === 1 ? nullAs(argument, expected[0]!) : argument;
  refusePicklist(argument);
  throw new FormulaError(MESSAGE.wrongType(token, expected.join(', '), argument.type), argument.at);
}

export function requireCount(token: string, args: readonly unknown[], count: number, at: number): void {
  if (args.length !== count) throw new FormulaError(MESSAGE.wrongCount(token, count, args.length), at);
}

/** NULL where a type is known; blank text is ''. */
const nullAs = <F>(argument: Expression<F>, type: FormulaType): Expression<F> =>
  constantOf<F>(type, type === 'Text' ? '' : null, argument.at);

/** The type two branches have in common (FormulaTypeUtils.getCommonSuperType), or null. */
export const commonType = (left: FormulaType, right: FormulaType): FormulaType | null =>
  left === 'Null' ? right : right === 'Null' || left === right ? left : null;

export const withType = <F>(argument: Expression<F>, type: FormulaType): Expression<F> =>
  argument.type === 'Null' && type !== 'Null' ? nullAs(argument, type) : argument;
