import type { FieldValue } from '../../../data/types.ts';
import { computed, requireCount, requireType } from '../expression.ts';
import type { Evaluate, Expression, FormulaType, Framed, Scope } from '../types.ts';

/** Turns the checked arguments of a call into an expression. Throws a FormulaError. */
export type FunctionCompiler = <F extends Framed>(
  args: readonly Expression<F>[],
  at: number,
  scope: Scope<F>,
  name: string,
) => Expression<F>;

export type FunctionTable = Readonly<Record<string, FunctionCompiler>>;

type Calculation = (...values: never[]) => FieldValue;

/**
 * A function with a fixed list of parameter types; `optional` ones may be left out from the end. A null argument gives
 * a null
 * result (blank text is '' and is handed over), which is what every fixed function of the platform does.
 */
export function fixed(
  params: readonly (FormulaType | readonly FormulaType[])[],
  returns: FormulaType,
  calculate: Calculation,
  optional = 0,
): FunctionCompiler {
  const blank = returns === 'Text' ? '' : null;
  const apply = calculate as (...values: FieldValue[]) => FieldValue;
  return (args, at, _scope, name) => {
    if (args.length > params.length || args.length < params.length - optional) {
      requireCount(name, args, params.length, at);
    }
    const checked = args.map((argument, index) => {
      const expected = params[index]!;
      return requireType(name, argument, typeof expected === 'string' ? [expected] : expected);
    });
    return computed(
      returns,
      evaluateWith(
        checked.map((argument) => argument.evaluate),
        apply,
        blank,
      ),
      at,
      checked,
    );
  };
}

/** One closure shape per arity: the engine then inlines the call. */
function evaluateWith<F>(
  values: readonly Evaluate<F>[],
  apply: (...values: FieldValue[]) => FieldValue,
  blank: FieldValue,
): Evaluate<F> {
  const [first, second] = values;
  if (values.length === 1) {
    return (frame) => {
      const a = first!(frame);
      return a === null ? blank : apply(a);
    };
  }
  if (values.length === 2) {
    return (frame) => {
      const a = first!(frame);
      const b = second!(frame);
      return a === null || b === null ? blank : apply(a, b);
    };
  }
  return (frame) => {
    const evaluated = values.map((value) => value(frame));
    return evaluated.includes(null) ? blank : apply(...evaluated);
  };
}
