import type { FieldValue, Row } from '../../data/types.ts';
import type { MetadataReader } from '../../metadata/types.ts';
import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import { compileFormula } from '../formula/compile-formula.ts';
import { clean, roundHalfUp } from '../formula/decimal.ts';
import { FormulaError, FormulaEvaluationError } from '../formula/formula-error.ts';
import { MESSAGE } from '../formula/messages.ts';
import type { CompiledFormula } from '../formula/types.ts';
import type { FormulaFields, ReadRow } from './read-row.ts';
import { formulaTypeOf } from './field-types.ts';
import { recordScope, type RecordFrame } from './record-scope.ts';

const PERCENT = 100;

/** Functions about the save make no sense in a field's value (help, PRIORVALUE and ISCHANGED: "Tips"). */
export function createFormulaFields(schema: Schema, metadata: MetadataReader): FormulaFields {
  const compiled = new Map<string, CompiledFormula<RecordFrame>>();
  const underWay: string[] = [];

  const compile = (object: ObjectDef, field: FieldDef): CompiledFormula<RecordFrame> => {
    const key = `${object.name}.${field.name}`;
    const known = compiled.get(key);
    if (known) return known;
    if (underWay.includes(key)) throw new FormulaError(MESSAGE.cycle([...underWay, key].join(' -> ')), 0);
    underWay.push(key);
    try {
      const stored = metadata.get('CustomField', key)?.metadata;
      const blankNumbersAsZero = stored?.formulaTreatBlanksAs === 'BlankAsZero';
      const scope = recordScope({ schema, metadata, formulas, object, saved: null, blankNumbersAsZero });
      const type = formulaTypeOf(field);
      const formula = compileFormula(field.formula!, scope, type === 'Picklist' ? 'Text' : type);
      compiled.set(key, formula);
      return formula;
    } finally {
      underWay.pop();
    }
  };

  const formulas: FormulaFields = {
    read(object, field) {
      const formula = compile(object, field);
      const value: ReadRow = (session, row) => evaluate(formula, session, row);
      const blank: FieldValue = formula.type === 'Boolean' ? false : null;
      /** A formula that cannot be evaluated shows as #Error! in the UI and as null in the API. */
      const raw: ReadRow = (session, row) => {
        try {
          return storedResult(field, value(session, row)) ?? blank;
        } catch (error) {
          if (error instanceof FormulaEvaluationError) return null;
          throw error;
        }
      };
      return { raw, value, paths: formula.paths };
    },
  };
  return formulas;
}

const evaluate = (
  formula: CompiledFormula<RecordFrame>,
  session: RecordFrame['session'],
  row: Readonly<Row>,
): FieldValue => formula.evaluate({ session, row, before: null, isNew: false });

/** A formula's result as a record holds it: rounded to the field's scale, percent as 0 to 100, blank as null. */
export function storedResult(field: FieldDef, value: FieldValue): FieldValue {
  if (value === '') return null;
  if (typeof value !== 'number') return value;
  return roundHalfUp(field.type === 'percent' ? clean(value * PERCENT) : value, field.scale);
}
