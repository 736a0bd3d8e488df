import type { FieldValue } from '../../data/types.ts';
import type { FormulaType } from './types.ts';

/** What a blank value of the type is inside a formula. */
export const blankFormulaValue = (type: FormulaType): FieldValue =>
  type === 'Text' || type === 'Picklist' || type === 'Multipicklist' ? '' : type === 'Boolean' ? false : null;
