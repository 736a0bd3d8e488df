import type { FieldValue } from '../../data/types.ts';
import { compileFormula } from '../formula/compile-formula.ts';
import { FormulaError } from '../formula/formula-error.ts';
import type { FormulaType } from '../formula/types.ts';
import { FlowProblem } from './flow-fault.ts';
import { flowScope, resolveResource, type FlowNames } from './flow-scope.ts';
import type { Interview } from './interview.ts';
import { invalidFormula, notRun } from './messages.ts';
import type { StoredValue } from './metadata.ts';
import { converter } from './convert.ts';
import { asText, type FlowType, type FlowValue } from './values.ts';

/** A value that an element uses: a literal, a reference, a text with references in it, or a formula. */
export interface Source {
  readonly type: FlowType;
  readonly read: (interview: Interview) => FlowValue;
}

const literal = (type: FormulaType, value: FieldValue): Source => ({
  type: { kind: 'value', type },
  read: () => value,
});

const DATA_TYPES: Readonly<Record<string, FormulaType>> = {
  Boolean: 'Boolean',
  Currency: 'Number',
  Date: 'Date',
  DateTime: 'DateTime',
  Multipicklist: 'Multipicklist',
  Number: 'Number',
  Picklist: 'Picklist',
  String: 'Text',
  Time: 'Time',
};

/** The type behind a FlowDataType; SObject and Apex are not simple types. */
export function simpleType(dataType: string | undefined): FormulaType {
  const type = DATA_TYPES[dataType ?? 'String'];
  if (!type) throw new FlowProblem(notRun(`resources of the data type ${dataType}`));
  return type;
}

const NOT_RUN = [
  'apexValue',
  'complexValue',
  'setupReference',
  'sobjectValue',
  'transform',
  'transformValueReference',
  'valueMapName',
] as const;

/** Compiles a FlowElementReferenceOrValue; an absent one is null. Throws FlowProblem or FormulaError. */
export function compileValue(names: FlowNames, value: StoredValue | undefined): Source {
  if (value === undefined) return literal('Null', null);
  for (const kind of NOT_RUN)
    if (value[kind] !== undefined) throw new FlowProblem(notRun(`values of the kind ${kind}`));
  if ((value.collectionElements ?? []).length > 0)
    throw new FlowProblem(notRun('values of the kind collectionElements'));
  if (value.elementReference !== undefined) {
    const { type, read } = resolveResource(names, value.elementReference);
    return { type, read };
  }
  if (value.formulaExpression !== undefined) {
    const type = simpleType(value.formulaDataType);
    return { type: { kind: 'value', type }, read: formulaReader(names, value.formulaExpression, type) };
  }
  if (value.stringValue !== undefined) return compileText(names, value.stringValue);
  if (value.numberValue !== undefined) return literal('Number', value.numberValue);
  if (value.booleanValue !== undefined) return literal('Boolean', String(value.booleanValue) === 'true');
  if (value.dateValue !== undefined) return literal('Date', isoText(value.dateValue).slice(0, 10));
  if (value.dateTimeValue !== undefined)
    return literal('DateTime', new Date(isoText(value.dateTimeValue)).toISOString());
  if (value.timeValue !== undefined) return literal('Time', isoText(value.timeValue));
  return literal('Null', null);
}

/** Dates come out of XML as text, or as Date objects where the metadata was made in memory. */
const isoText = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

/** Compiles a formula of a flow. Throws a FormulaError whose text is the flow's. */
export function formulaReader(
  names: FlowNames,
  expression: string,
  type: FormulaType,
): (interview: Interview) => FieldValue {
  try {
    const compiled = compileFormula(expression, flowScope(names, 'resource'), type);
    return (interview) => {
      const value = compiled.evaluate(interview);
      return value === '' ? null : value;
    };
  } catch (error) {
    throw error instanceof FormulaError ? new FormulaError(invalidFormula(error.message), error.at) : error;
  }
}

/** Text with `{!references}`; plain text stays a literal. */
export function compileText(names: FlowNames, text: string): Source {
  const parts = text.split(/\{!\s*([^{}]+?)\s*\}/);
  if (parts.length === 1) return literal('Text', text);
  const readers = parts.map((part, index) => {
    if (index % 2 === 0) return (): string => part;
    const { read } = resolveResource(names, part);
    return (interview: Interview): string => asText(read(interview));
  });
  return {
    type: { kind: 'value', type: 'Text' },
    read: (interview) => readers.map((read) => read(interview)).join(''),
  };
}

/** A source whose values come out as `to`. Throws a FlowProblem when the types do not fit. */
export function converted(source: Source, to: FlowType): Source {
  const convert = converter(source.type, to);
  const { read } = source;
  return { type: to, read: (interview) => convert(read(interview), interview.session) };
}
