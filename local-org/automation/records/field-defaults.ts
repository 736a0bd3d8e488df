import type { FieldValue, Row, Transaction } from '../../data/types.ts';
import type { DeployProblem, MetadataReader } from '../../metadata/types.ts';
import type { FieldDef, Schema } from '../../schema/types.ts';
import { compileFormula } from '../formula/compile-formula.ts';
import { FormulaError, FormulaEvaluationError } from '../formula/formula-error.ts';
import type { CompiledFormula } from '../formula/types.ts';
import { formulaTypeOf } from './field-types.ts';
import { storedResult } from './formula-fields.ts';
import type { FormulaFields } from './read-row.ts';
import { recordScope, type RecordFrame } from './record-scope.ts';
import { createSession } from './session.ts';

interface FieldDefaults {
  readonly valuesFor: (tx: Transaction, object: string, row: Readonly<Row>) => Readonly<Record<string, FieldValue>>;
  readonly problems: readonly DeployProblem[];
}

/**
 * Custom fields' default values are formulas, except a picklist's, which its value set names (Metadata API,
 * CustomField).
 */
const hasFormulaDefault = (field: FieldDef): boolean =>
  field.custom && field.defaultValue !== null && field.type !== 'picklist' && field.type !== 'multipicklist';

export function compileFieldDefaults(schema: Schema, metadata: MetadataReader, formulas: FormulaFields): FieldDefaults {
  const problems: DeployProblem[] = [];
  const defaults = new Map<string, { readonly field: FieldDef; readonly formula: CompiledFormula<RecordFrame> }[]>();
  for (const object of schema.objects.values()) {
    for (const field of [...object.fields.values()].filter(hasFormulaDefault)) {
      try {
        const scope = recordScope({ schema, metadata, formulas, object, saved: null });
        const formula = compileFormula(field.defaultValue!, scope, formulaTypeOf(field));
        defaults.set(object.name.toLowerCase(), [
          ...(defaults.get(object.name.toLowerCase()) ?? []),
          { field, formula },
        ]);
      } catch (error) {
        if (!(error instanceof FormulaError)) throw error;
        const fullName = `${object.name}.${field.name}`;
        const fileName = metadata.get('CustomField', fullName)?.fileName ?? `objects/${object.name}.object`;
        problems.push({ type: 'CustomField', fullName, fileName, problem: error.message, problemType: 'Error' });
      }
    }
  }
  return {
    problems,
    valuesFor(tx, object, row) {
      const own = defaults.get(object.toLowerCase());
      if (!own) return {};
      const session = createSession(tx);
      const values: Record<string, FieldValue> = {};
      for (const { field, formula } of own) {
        const value = evaluate(formula, { session, row, before: null, isNew: true });
        values[field.name] = storedResult(field, value);
      }
      return values;
    },
  };
}

function evaluate(formula: CompiledFormula<RecordFrame>, frame: RecordFrame): FieldValue {
  try {
    return formula.evaluate(frame);
  } catch (error) {
    if (error instanceof FormulaEvaluationError) return null;
    throw error;
  }
}
