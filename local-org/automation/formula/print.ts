import type { FormulaNode } from './ast.ts';

/** A formula's text, with every grouping written out; parsing it gives the same tree (offsets aside). */
export function printFormula(node: FormulaNode): string {
  switch (node.kind) {
    case 'number':
      return String(node.value);
    case 'text':
      return `"${node.value.replace(/[\\"\n\r\t]/g, (character) => ESCAPED[character]!)}"`;
    case 'boolean':
      return node.value ? 'TRUE' : 'FALSE';
    case 'null':
      return 'NULL';
    case 'reference':
      return node.name;
    case 'call':
      return `${node.name}(${node.args.map(printFormula).join(', ')})`;
    case 'unary':
      return `${node.operator}(${printFormula(node.operand)})`;
    case 'binary':
      return `(${printFormula(node.left)} ${node.operator} ${printFormula(node.right)})`;
  }
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
