import type { FieldValue } from '../../data/types.ts';
import type { FormulaNode } from './ast.ts';
import { computed, constantOf } from './expression.ts';
import { FormulaError } from './formula-error.ts';
import { compileCall } from './functions/index.ts';
import { compileVlookup } from './functions/vlookup.ts';
import { MESSAGE } from './messages.ts';
import { compileBinary, compileUnary } from './operators.ts';
import { parseFormula } from './parse.ts';
import type { CompiledFormula, Expression, FormulaType, Framed, ParentPath, Reference, Scope } from './types.ts';

/** "Formula is too long": 3,900 characters (help article, Formula Field Limits and Restrictions). */
const LONGEST_FORMULA = 3900;

/** How the platform names the type that a formula has to give, where that is not the type's own name. */
const RESULT_NAMES: Partial<Record<FormulaType, string>> = { Boolean: 'true or false' };

/**
 * Compiles a formula into a closure. `expected` is the type it has to give; null accepts any.
 * Throws a FormulaError in the platform's words.
 */
export function compileFormula<F extends Framed>(
  source: string,
  scope: Scope<F>,
  expected: FormulaType | null,
): CompiledFormula<F> {
  if (source.length > LONGEST_FORMULA) throw new FormulaError(MESSAGE.tooLong(source.length, LONGEST_FORMULA), 0);
  const paths = new Map<string, ParentPath>();
  const root = compileNode(parseFormula(source), scope, paths);
  if (expected !== null && root.type !== expected && root.type !== 'Null') {
    const received = RESULT_NAMES[root.type] ?? root.type;
    throw new FormulaError(MESSAGE.wrongResult(RESULT_NAMES[expected] ?? expected, received), root.at);
  }
  const type = root.type === 'Null' && expected !== null ? expected : root.type;
  return { type, evaluate: root.evaluate, paths: [...paths.values()] };
}

function compileNode<F extends Framed>(
  node: FormulaNode,
  scope: Scope<F>,
  paths: Map<string, ParentPath>,
): Expression<F> {
  switch (node.kind) {
    case 'number':
      return constantOf('Number', node.value, node.at);
    case 'text':
      return constantOf('Text', node.value, node.at);
    case 'boolean':
      return constantOf('Boolean', node.value, node.at);
    case 'null':
      return constantOf('Null', null, node.at);
    case 'reference': {
      const reference = resolveAt(node.name, scope, node.at);
      for (const path of reference.paths) paths.set(JSON.stringify(path), path);
      return read(reference, scope, node.at);
    }
    case 'unary':
      return folded(compileUnary(node.operator, compileNode(node.operand, scope, paths), node.at));
    case 'binary': {
      const left = compileNode(node.left, scope, paths);
      return folded(compileBinary(node.operator, left, compileNode(node.right, scope, paths), node.at, scope));
    }
    case 'call': {
      if (node.name === 'VLOOKUP')
        return compileVlookup(node.args, node.at, scope, (argument) => compileNode(argument, scope, paths));
      const args = node.args.map((argument) => compileNode(argument, scope, paths));
      return folded(compileCall(node.name, args, node.at, scope));
    }
  }
}

function resolveAt<F extends Framed>(name: string, scope: Scope<F>, at: number): Reference<F> {
  try {
    return scope.resolve(name);
  } catch (error) {
    throw error instanceof FormulaError ? new FormulaError(error.message, at) : error;
  }
}

function read<F extends Framed>(reference: Reference<F>, scope: Scope<F>, at: number): Expression<F> {
  const { evaluate, type } = reference;
  const zero = type === 'Number' && scope.blankNumbersAsZero && reference.field !== null;
  return {
    type,
    evaluate: zero ? (frame: F): FieldValue => evaluate(frame) ?? 0 : evaluate,
    at,
    reference,
    literal: null,
    constant: false,
  };
}

/** What depends on no frame is calculated once, unless it fails: then it fails where it is evaluated. */
function folded<F>(expression: Expression<F>): Expression<F> {
  if (!expression.constant) return expression;
  try {
    const value = expression.evaluate(undefined as F);
    return { ...computed(expression.type, () => value, expression.at), constant: true };
  } catch {
    return expression;
  }
}
