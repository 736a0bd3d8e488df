/**
 * What the platform says about a formula it cannot accept.
 * Source: salesforce/formula-engine, api/src/main/resources/com/force/formula/labels/labels.xml, section
 * FormulaFieldExceptionMessages (two spaces after "Syntax error." are in the original).
 */
const described = (token: string): string =>
  /^[A-Za-z]/.test(token) ? `function '${token.toUpperCase()}()'` : `operator '${token}'`;

export const MESSAGE = {
  wrongType: (token: string, expected: string, received: string): string =>
    `Incorrect parameter type for ${described(token)}. Expected ${expected}, received ${received}`,
  wrongCount: (token: string, expected: number, received: number): string =>
    `Incorrect number of parameters for ${described(token)}. Expected ${expected}, received ${received}`,
  wrongResult: (expected: string, received: string): string =>
    `Formula result is data type (${received}), incompatible with expected data type (${expected}).`,
  wrongValue: (token: string, expected: string, received: string): string =>
    `Incorrect parameter value for ${described(token)}. Expected ${expected}, received ${received}`,
  illegalType: (token: string): string => `Incorrect argument type for ${described(token)}. `,
  noField: (name: string): string => `Field ${name} does not exist. Check spelling.`,
  noDomain: (name: string, field: string): string =>
    `${name} is an invalid object type for the ${field} field. Check spelling.`,
  noFunction: (name: string): string => `Unknown function ${name}. Check spelling.`,
  functionNotAllowed: (name: string): string => `Function ${name} may not be used in this type of formula`,
  functionCannotReference: (name: string, field: string): string =>
    `The ${name} function cannot reference the ${field} field.`,
  unsupportedField: (type: string, name: string): string =>
    `You referenced an unsupported field type called "${type}" using the following field: ${name}`,
  picklist: (name: string): string =>
    `Field ${name} is a picklist field. Picklist fields are only supported in certain functions.`,
  multipicklist: (name: string): string =>
    `Field ${name} is a multi-select picklist field. Multi-select picklist fields are only supported in certain functions.`,
  syntax: 'Syntax error',
  missing: (what: string): string => `Syntax error.  Missing ${what}`,
  found: (what: string): string => `Syntax error.  Found '${what}'`,
  extra: (what: string): string => `Syntax error. Extra ${what}`,
  tooLong: (length: number, limit: number): string =>
    `Formula is too long (${length} characters).  Maximum length is ${limit} characters`,
  cycle: (path: string): string =>
    `Formula cannot use another formula field that directly or indirectly refers to itself. ${path}`,
  notANumber: (value: string): string => `The value '${value}' is not a valid number.`,
  notValidForOperator: (value: string, operator: string): string =>
    `The value '${value}' is not valid for operator '${operator}'.`,
  includesValue:
    'Incorrect parameter for function INCLUDES(). Text Literal must be a valid value for this multi-select picklist field.',
  /** Ours: the platform knows the function, the local org does not evaluate it. */
  notEvaluated: (name: string): string => `The local org does not evaluate ${name}.`,
} as const;
