import type { FieldDef, FieldType } from '../../schema/types.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { MESSAGE } from '../formula/messages.ts';
import type { FormulaType } from '../formula/types.ts';

const FORMULA_TYPES: Partial<Record<FieldType, FormulaType>> = {
  id: 'Text',
  string: 'Text',
  textarea: 'Text',
  picklist: 'Picklist',
  multipicklist: 'Multipicklist',
  combobox: 'Text',
  reference: 'Text',
  boolean: 'Boolean',
  int: 'Number',
  double: 'Number',
  currency: 'Number',
  percent: 'Number',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  email: 'Text',
  phone: 'Text',
  url: 'Text',
  encryptedstring: 'Text',
};

/** What a field is in a formula. Throws a FormulaError for types that formulas cannot read. */
export function formulaTypeOf(field: FieldDef): FormulaType {
  const type = FORMULA_TYPES[field.type];
  if (!type) throw new FormulaError(MESSAGE.unsupportedField(field.type, field.name), 0);
  return type;
}
