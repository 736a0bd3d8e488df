import { commonType, computed, refusePicklist, requireCount, requireType, withType } from '../expression.ts';
import { FormulaError } from '../formula-error.ts';
import { MESSAGE } from '../messages.ts';
import { negate } from '../operators.ts';
import type { Expression, FormulaType } from '../types.ts';
import { type FunctionCompiler, type FunctionTable } from './signature.ts';

const allOf: FunctionCompiler = (args, at, _scope, name) => {
  if (args.length === 0) throw new FormulaError(MESSAGE.wrongCount(name, 1, 0), at);
  const tests = args.map((argument) => requireType(name, argument, ['Boolean']).evaluate);
  return computed('Boolean', (frame) => tests.every((test) => test(frame) === true), at);
};

const anyOf: FunctionCompiler = (args, at, _scope, name) => {
  if (args.length === 0) throw new FormulaError(MESSAGE.wrongCount(name, 1, 0), at);
  const tests = args.map((argument) => requireType(name, argument, ['Boolean']).evaluate);
  return computed('Boolean', (frame) => tests.some((test) => test(frame) === true), at);
};

/**
 * ISNULL is false for text, which is never null; ISBLANK takes empty text as blank (FunctionIsNull, FunctionIsBlank).
 */
const isNull =
  (textCounts: boolean): FunctionCompiler =>
  (args, at, _scope, name) => {
    requireCount(name, args, 1, at);
    const { type, evaluate } = args[0]!;
    if (type === 'Picklist' || type === 'Multipicklist') refusePicklist(args[0]!);
    if (type !== 'Text') return computed('Boolean', (frame) => evaluate(frame) === null, at);
    return computed('Boolean', textCounts ? (frame): boolean => evaluate(frame) === '' : (): boolean => false, at);
  };

const orElse =
  (textCounts: boolean): FunctionCompiler =>
  (args, at, _scope, name) => {
    requireCount(name, args, 2, at);
    args.forEach(refusePicklist);
    const type = commonType(args[0]!.type, args[1]!.type);
    if (args[0]!.type === 'Boolean') throw new FormulaError(MESSAGE.illegalType(name), args[0]!.at);
    if (type === null) throw new FormulaError(MESSAGE.wrongType(name, args[0]!.type, args[1]!.type), args[1]!.at);
    const [value, substitute] = [withType(args[0]!, type).evaluate, withType(args[1]!, type).evaluate];
    if (type !== 'Text') return computed(type, (frame) => value(frame) ?? substitute(frame), at, args);
    return computed(
      type,
      textCounts ? (frame) => (value(frame) === '' ? substitute(frame) : value(frame)) : value,
      at,
      args,
    );
  };

/** Branches must agree: "Incorrect parameter type for function 'IF()'. Expected Text, received Number". */
function unify<F>(name: string, branches: readonly Expression<F>[]): readonly [FormulaType, readonly Expression<F>[]] {
  let type: FormulaType = 'Null';
  for (const branch of branches) {
    refusePicklist(branch);
    const common = commonType(type, branch.type);
    if (common === null) throw new FormulaError(MESSAGE.wrongType(name, type, branch.type), branch.at);
    type = common;
  }
  return [type, branches.map((branch) => withType(branch, type))];
}

export const LOGICAL_FUNCTIONS: FunctionTable = {
  AND: allOf,
  OR: anyOf,
  NOT: (args, at, _scope, name) => {
    requireCount(name, args, 1, at);
    const value = requireType(name, args[0]!, ['Boolean']).evaluate;
    return computed('Boolean', (frame) => negate(value(frame)), at, args);
  },
  IF: (args, at, _scope, name) => {
    requireCount(name, args, 3, at);
    const test = requireType(name, args[0]!, ['Boolean']).evaluate;
    const [type, branches] = unify(name, args.slice(1));
    const [then, otherwise] = [branches[0]!.evaluate, branches[1]!.evaluate];
    return computed(type, (frame) => (test(frame) === true ? then(frame) : otherwise(frame)), at, args);
  },
  CASE: (args, at, _scope, name) => {
    if (args.length % 2 !== 0 || args.length < 4) {
      const expected = 4 + Math.max(0, Math.trunc((args.length - 4) / 2)) * 2;
      throw new FormulaError(MESSAGE.wrongCount(name, expected, args.length), at);
    }
    const subject = args[0]!;
    if (subject.type === 'Boolean') throw new FormulaError(MESSAGE.illegalType(name), subject.at);
    if (subject.type === 'Multipicklist') refusePicklist(subject);
    const cases = args.slice(1, -1);
    const keys = cases.filter((_, index) => index % 2 === 0);
    const keyType = subject.type === 'Picklist' ? 'Text' : subject.type;
    for (const key of keys) {
      if (subject.type === 'Picklist' && key.literal === null) {
        throw new FormulaError(MESSAGE.wrongType(name, 'Text Literal', key.type), key.at);
      }
      if (commonType(keyType, key.type) === null)
        throw new FormulaError(MESSAGE.wrongType(name, keyType, key.type), key.at);
    }
    const results = [...cases.filter((_, index) => index % 2 === 1), args.at(-1)!];
    for (const result of results) {
      if (result.type === 'Boolean') throw new FormulaError(MESSAGE.illegalType(name), result.at);
    }
    const [type, branches] = unify(name, results);
    const fallback = branches.at(-1)!.evaluate;
    if (keys.every((key) => key.constant)) {
      /** Constant keys, the usual case, are looked up at once; the first of two equal keys wins. */
      const byKey = new Map(
        keys
          .map(
            (key, index) => [withType(key, keyType).evaluate(undefined as never), branches[index]!.evaluate] as const,
          )
          .reverse(),
      );
      if (keyType !== 'Text') byKey.delete(null);
      return computed(type, (frame) => (byKey.get(subject.evaluate(frame)) ?? fallback)(frame), at);
    }
    return computed(
      type,
      (frame) => {
        const value = subject.evaluate(frame);
        const found = value === null ? -1 : keys.findIndex((key) => withType(key, keyType).evaluate(frame) === value);
        return (branches[found]?.evaluate ?? fallback)(frame);
      },
      at,
    );
  },
  ISBLANK: isNull(true),
  ISNULL: isNull(false),
  BLANKVALUE: orElse(true),
  NULLVALUE: orElse(false),
};
