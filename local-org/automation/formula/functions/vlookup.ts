import type { FieldValue } from '../../../data/types.ts';
import { blankFormulaValue } from '../blank.ts';
import type { FormulaNode } from '../ast.ts';
import { computed, requireCount, requireType } from '../expression.ts';
import { FormulaError } from '../formula-error.ts';
import { MESSAGE } from '../messages.ts';
import type { Column, Expression, Framed, Scope, Session } from '../types.ts';

const NAME = 'VLOOKUP';

/** What has been looked up for the records of one batch. */
const found = new WeakMap<Session, Map<string, FieldValue>>();

/**
 * `VLOOKUP(field_to_return, field_on_lookup_object, lookup_value)`: the value of a field of the custom object's record with
 * that name, blank when there is none. "You can only use VLOOKUP() in validation rules"; the field to match is the object's
 * Name, and both fields are written `$ObjectType.Object__c.Fields.Field__c` (Formula Operators and Functions, VLOOKUP;
 * Visualforce Developer Guide, Functions). Throws a FormulaError.
 */
export function compileVlookup<F extends Framed>(
  args: readonly FormulaNode[],
  at: number,
  scope: Scope<F>,
  compileArgument: (node: FormulaNode) => Expression<F>,
): Expression<F> {
  if (!scope.column) throw new FormulaError(MESSAGE.functionNotAllowed(NAME), at);
  requireCount(NAME, args, 3, at);
  const [result, key] = [columnOf(args[0]!, scope.column), columnOf(args[1]!, scope.column)];
  if (key.object !== result.object || key.field !== 'Name' || !/__c$/i.test(key.object))
    throw new FormulaError(MESSAGE.illegalType(NAME), args[1]!.at);
  const wanted = requireType(NAME, compileArgument(args[2]!), ['Text']);
  const blank = blankFormulaValue(result.type);
  return computed(
    result.type,
    (frame) => {
      const value = wanted.evaluate(frame);
      return value === '' || value === null ? blank : lookUp(frame.session, result, value, blank);
    },
    at,
  );
}

function columnOf(node: FormulaNode, column: (name: string) => Column | null): Column {
  try {
    const named = node.kind === 'reference' ? column(node.name) : null;
    if (named) return named;
  } catch (error) {
    throw error instanceof FormulaError ? new FormulaError(error.message, node.at) : error;
  }
  throw new FormulaError(MESSAGE.illegalType(NAME), node.at);
}

function lookUp(session: Session, result: Column, name: FieldValue, blank: FieldValue): FieldValue {
  let kept = found.get(session);
  if (!kept) found.set(session, (kept = new Map<string, FieldValue>()));
  const key = JSON.stringify([result.object, result.field, name]);
  let value = kept.get(key);
  if (value === undefined) {
    const [row] = session.tx.select({
      object: result.object,
      filter: { field: 'Name', operator: '=', value: name },
      limit: 1,
    });
    kept.set(key, (value = row ? result.value(session, row) : blank));
  }
  return value;
}
