import type { FieldValue } from '../../../data/types.ts';
import { computed, requireCount } from '../expression.ts';
import { FormulaError } from '../formula-error.ts';
import { MESSAGE } from '../messages.ts';
import type { Expression, Framed, Reference, Scope } from '../types.ts';
import type { FunctionTable } from './signature.ts';

/** Functions about the record that is being saved, its user's session, and picklist fields. */

function saved<F extends Framed>(scope: Scope<F>, name: string, at: number): NonNullable<Scope<F>['saved']> {
  if (!scope.saved) throw new FormulaError(MESSAGE.functionNotAllowed(name), at);
  return scope.saved;
}

/** "makes sense only for fields on the current record" (FunctionIsChanged.validate). */
function ownField<F>(name: string, argument: Expression<F>): Reference<F> {
  if (!argument.reference) throw new FormulaError(MESSAGE.illegalType(name), argument.at);
  if (!argument.reference.prior)
    throw new FormulaError(MESSAGE.functionCannotReference(name, argument.reference.name), argument.at);
  return argument.reference;
}

/** Line ends do not count as a change (FunctionIsChanged.isChanged). */
const comparable = (value: FieldValue): FieldValue =>
  typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value;

export const RECORD_FUNCTIONS: FunctionTable = {
  /** "Returns the user's session ID" (help, GETSESSIONID); blank where no request has brought one. */
  GETSESSIONID: (args, at, _scope, name) => {
    requireCount(name, args, 0, at);
    return computed('Text', (frame) => frame.session.tx.user.session?.id ?? '', at);
  },
  ISNEW: (args, at, scope, name) => {
    requireCount(name, args, 0, at);
    return computed('Boolean', saved(scope, name, at).isNew, at);
  },
  ISCLONE: (args, at, scope, name) => {
    requireCount(name, args, 0, at);
    return computed('Boolean', saved(scope, name, at).isClone, at);
  },
  ISCHANGED: (args, at, scope, name) => {
    requireCount(name, args, 1, at);
    const { hasPrior } = saved(scope, name, at);
    const { evaluate, prior } = ownField(name, args[0]!);
    return computed(
      'Boolean',
      (frame) => hasPrior(frame) && comparable(evaluate(frame)) !== comparable(prior!(frame)),
      at,
    );
  },
  /** Blank while a record is being created: there is no original record then (FunctionPriorValue.execute). */
  PRIORVALUE: (args, at, scope, name) => {
    requireCount(name, args, 1, at);
    saved(scope, name, at);
    const reference = ownField(name, args[0]!);
    return {
      type: args[0]!.type,
      evaluate: reference.prior!,
      at,
      reference: { ...reference, prior: null },
      literal: null,
      constant: false,
    };
  },
  ISPICKVAL: (args, at, _scope, name) => {
    requireCount(name, args, 2, at);
    const [field, target] = [args[0]!, args[1]!];
    if (field.type !== 'Picklist') throw new FormulaError(MESSAGE.wrongType(name, 'Picklist', field.type), field.at);
    if (target.literal === null && target.type !== 'Null') {
      throw new FormulaError(MESSAGE.wrongType(name, 'Text Literal', target.type), target.at);
    }
    const value = field.evaluate;
    const literal = target.literal ?? '';
    return computed('Boolean', (frame) => value(frame) === literal, at);
  },
  INCLUDES: (args, at, _scope, name) => {
    requireCount(name, args, 2, at);
    const [field, target] = [args[0]!, args[1]!];
    if (field.type !== 'Multipicklist')
      throw new FormulaError(MESSAGE.wrongType(name, 'Multipicklist', field.type), field.at);
    if (target.literal === null)
      throw new FormulaError(MESSAGE.wrongType(name, 'Text Literal', target.type), target.at);
    const { literal } = target;
    const allowed = field.reference?.field?.picklist;
    if (allowed?.restricted && literal !== '' && !allowed.values.some((entry) => entry.value === literal)) {
      throw new FormulaError(MESSAGE.includesValue, target.at);
    }
    return computed('Boolean', (frame) => (field.evaluate(frame) as string).split(';').includes(literal), at);
  },
  PICKLISTCOUNT: (args, at, _scope, name) => {
    requireCount(name, args, 1, at);
    const field = args[0]!;
    if (field.type !== 'Multipicklist')
      throw new FormulaError(MESSAGE.wrongType(name, 'Multipicklist', field.type), field.at);
    return computed('Number', (frame) => (field.evaluate(frame) as string).split(';').filter(Boolean).length, at);
  },
};
