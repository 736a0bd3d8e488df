import type { FieldDef, FieldType } from '../../schema/types.ts';
import { isCaseInsensitive, isNumeric } from '../layout.ts';
import type { Expression } from './ast.ts';
import type { QuerySource } from './query-source.ts';
import { soqlError } from './soql-error.ts';

export interface Compiled {
  readonly sql: string;
  readonly type: FieldType;
  /** The field behind it; null for COUNT(). */
  readonly field: FieldDef | null;
  readonly path: readonly string[];
  readonly aggregate: boolean;
  /** Text compared without regard to case. */
  readonly caseInsensitive: boolean;
}

/** Aggregates and the field types they take. DOC soql-and-sosl/sforce_api_calls_soql_select_agg_functions. */
const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

/** Date functions as SQL over an ISO text. DOC soql-and-sosl/sforce_api_calls_soql_select_date_functions. */
const DATE_FUNCTIONS: Readonly<Record<string, (x: string, fiscalStart: number, namedByStart: boolean) => string>> = {
  CALENDAR_YEAR: (x) => integer('%Y', x),
  CALENDAR_QUARTER: (x) => `((${integer('%m', x)} + 2) / 3)`,
  CALENDAR_MONTH: (x) => integer('%m', x),
  DAY_IN_MONTH: (x) => integer('%d', x),
  DAY_IN_WEEK: (x) => `(${integer('%w', x)} + 1)`,
  DAY_IN_YEAR: (x) => integer('%j', x),
  DAY_ONLY: (x) => `substr(${x}, 1, 10)`,
  FISCAL_MONTH: (x, start) => `((${integer('%m', x)} + 12 - ${start}) % 12 + 1)`,
  FISCAL_QUARTER: (x, start) => `((${integer('%m', x)} + 12 - ${start}) % 12 / 3 + 1)`,
  // A fiscal year that does not begin in January is named after the calendar year in which it ends, or starts
  // (DOC object-reference/organization "UsesStartDateAsFiscalYearName").
  FISCAL_YEAR: (x, start, namedByStart) =>
    start === 1
      ? integer('%Y', x)
      : `(${integer('%Y', x)} ${namedByStart ? '-' : '+'} (${integer('%m', x)} ${namedByStart ? '<' : '>='} ${start}))`,
  HOUR_IN_DAY: (x) => integer('%H', x),
  WEEK_IN_MONTH: (x) => `((${integer('%d', x)} - 1) / 7 + 1)`,
  WEEK_IN_YEAR: (x) => `((${integer('%j', x)} - 1) / 7 + 1)`,
};

/** "You can only use HOUR_IN_DAY() with dateTime fields", and so for DAY_ONLY(). DOC as above; the text is unconfirmed. */
const DATETIME_ONLY: ReadonlySet<string> = new Set(['HOUR_IN_DAY', 'DAY_ONLY', 'convertTimezone']);

/** Whether it is a date function, which a query may only select when it groups by it. DOC as above. */
export const isDateFunction = (expression: Expression): boolean =>
  expression.kind === 'call' && Object.hasOwn(DATE_FUNCTIONS, expression.name);

function integer(format: string, x: string): string {
  return `CAST(strftime('${format}', ${x}) AS INTEGER)`;
}

export function isAggregate(expression: Expression): boolean {
  if (expression.kind !== 'call') return false;
  const [inner] = expression.args;
  return AGGREGATES.has(expression.name) || (expression.name === 'FORMAT' && inner !== undefined && isAggregate(inner));
}

/** SQL of a field, a date function or an aggregate. Throws the platform's errors for unknown names. */
export function compileExpression(source: QuerySource, text: string, expression: Expression): Compiled {
  if (expression.kind === 'path') {
    const { sql, field, path } = source.column(expression.path, expression.at);
    return { sql, type: field.type, field, path, aggregate: false, caseInsensitive: isCaseInsensitive(field) };
  }
  if (expression.name === 'GROUPING' && expression.args[0]) {
    const inner = compileExpression(source, text, expression.args[0]);
    return { ...inner, sql: groupingSql(inner.sql), type: 'int', field: null, aggregate: true, caseInsensitive: false };
  }
  if (expression.name === 'TOLABEL') return compileLabel(source, text, expression);
  if (expression.name === 'CONVERTCURRENCY') {
    // DOC soql-sosl/convertcurrency: "requires that the org has multiple currencies enabled"; the text is unconfirmed.
    const reason = 'convertCurrency() can only be used in an organization with multiple currencies enabled';
    throw soqlError('MALFORMED_QUERY', text, expression.at, reason);
  }
  if (AGGREGATES.has(expression.name)) return compileAggregate(source, text, expression);
  const date = DATE_FUNCTIONS[expression.name];
  if (date) {
    const argument = compileDateArgument(source, text, expression.args[0], expression.name, expression.at);
    const type = expression.name === 'DAY_ONLY' ? 'date' : 'int';
    const sql = date(
      argument.sql,
      source.environment.fiscalStartMonth,
      source.environment.fiscalYearNamedByStart ?? false,
    );
    return { sql, type, field: null, path: argument.path, aggregate: false, caseInsensitive: false };
  }
  throw soqlError(
    'MALFORMED_QUERY',
    text,
    expression.at,
    `The function ${expression.name} is not supported by the local org`,
  );
}

/** A picklist's labels, to compare with: "filter records using a translated picklist value". DOC soql-sosl/tolabel. */
function compileLabel(source: QuerySource, text: string, call: Extract<Expression, { kind: 'call' }>): Compiled {
  const [argument] = call.args;
  if (argument?.kind !== 'path') throw soqlError('MALFORMED_QUERY', text, call.at, "unexpected token: 'toLabel'");
  const inner = compileExpression(source, text, argument);
  const differing = (inner.field?.picklist?.values ?? []).filter(({ label, value }) => label !== value);
  if (differing.length === 0) return inner;
  const whens = differing.map(({ label, value }) => `WHEN ${sqlText(value)} THEN ${sqlText(label)}`);
  return { ...inner, sql: `CASE ${inner.sql} ${whens.join(' ')} ELSE ${inner.sql} END` };
}

/** Stands for GROUPING(field) until the grouping is known. */
export function groupingSql(sql: string): string {
  return `GROUPING(${sql})`;
}

export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function compileDateArgument(
  source: QuerySource,
  text: string,
  argument: Expression | undefined,
  name: string,
  at: number,
): Compiled {
  if (!argument) throw soqlError('MALFORMED_QUERY', text, at, `unexpected token: '${name}'`);
  if (argument.kind === 'call' && argument.name === 'CONVERTTIMEZONE' && argument.args[0]) {
    const inner = compileExpression(source, text, argument.args[0]);
    requireDate(text, at, 'convertTimezone', inner.type);
    // The zone is a name of the time-zone database: no quotes in it, but doubled all the same.
    return { ...inner, sql: `local_time(${inner.sql}, '${source.environment.user.timeZone.replaceAll("'", "''")}')` };
  }
  const inner = compileExpression(source, text, argument);
  requireDate(text, at, name, inner.type);
  return inner;
}

function requireDate(text: string, at: number, name: string, type: FieldType): void {
  if (type === 'datetime' || (type === 'date' && !DATETIME_ONLY.has(name))) return;
  const kinds = DATETIME_ONLY.has(name) ? 'a dateTime' : 'a date or dateTime';
  throw soqlError('MALFORMED_QUERY', text, at, `The function ${name} takes ${kinds} field`);
}

function compileAggregate(source: QuerySource, text: string, call: Extract<Expression, { kind: 'call' }>): Compiled {
  const argument = call.args[0];
  const base = { aggregate: true, caseInsensitive: false };
  if (!argument) {
    if (call.name !== 'COUNT') throw soqlError('MALFORMED_QUERY', text, call.at, `unexpected token: '${call.name}'`);
    return { ...base, sql: 'COUNT(*)', type: 'int', field: null, path: [] };
  }
  const inner = compileExpression(source, text, argument);
  if (call.name === 'COUNT') return { ...base, sql: `COUNT(${inner.sql})`, type: 'int', field: null, path: inner.path };
  if (call.name === 'COUNT_DISTINCT')
    return { ...base, sql: `COUNT(DISTINCT ${inner.sql})`, type: 'int', field: null, path: inner.path };
  const numbersOnly = call.name === 'SUM' || call.name === 'AVG';
  if ((numbersOnly && !isNumeric(inner.type)) || inner.type === 'boolean') {
    throw soqlError(
      'MALFORMED_QUERY',
      text,
      call.at,
      `field ${inner.path.at(-1)} does not support aggregate operator ${call.name}`,
    );
  }
  return {
    ...base,
    sql: `${call.name}(${inner.sql})`,
    type: call.name === 'AVG' ? 'double' : inner.type,
    field: inner.field,
    path: inner.path,
  };
}
