import type { Row } from '../../data/types.ts';
import type { MetadataReader } from '../../metadata/types.ts';
import type { ObjectDef, Schema } from '../../schema/types.ts';
import { LOCATION_FUNCTION_NAMES } from '../formula/functions/location.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { MESSAGE } from '../formula/messages.ts';
import type { Column, Framed, Reference, Scope, Session } from '../formula/types.ts';
import { asFormulaValue, blankOf, resolveFieldPath } from './field-path.ts';
import type { FormulaFields } from './read-row.ts';
import { resolveGlobal } from './globals.ts';

/** One record, as formula fields, validation rules, defaults and entry conditions see it. */
export interface RecordFrame extends Framed {
  readonly session: Session;
  readonly row: Readonly<Row>;
  /** The stored values while a record is being saved; null for a new one. */
  readonly before: Readonly<Row> | null;
  readonly isNew: boolean;
}

interface RecordScopeOptions {
  readonly schema: Schema;
  readonly metadata: MetadataReader;
  readonly formulas: FormulaFields;
  readonly object: ObjectDef;
  /** Whether ISNEW, ISCHANGED and PRIORVALUE may be used. */
  readonly saved: 'record' | null;
  readonly blankNumbersAsZero?: boolean;
}

const REFUSED_OUTSIDE_RULES: ReadonlySet<string> = new Set(LOCATION_FUNCTION_NAMES);

/** The names a formula on an object may use: its fields, its parents' fields, and globals. */
export function recordScope(options: RecordScopeOptions): Scope<RecordFrame> {
  const { schema, metadata, formulas } = options;
  return {
    resolve(name) {
      if (name.toLowerCase().startsWith('$recordtype.')) return recordReference(options, name.slice(1), name);
      return resolveGlobal<RecordFrame>({ schema, metadata, formulas }, name) ?? recordReference(options, name, name);
    },
    saved:
      options.saved === null
        ? null
        : {
            isNew: (frame) => frame.isNew,
            /** Nothing in an API save says that a record is a clone; the UI's clone is an ordinary create as well. */
            isClone: () => false,
            hasPrior: (frame) => frame.before !== null,
          },
    ...(options.saved === null
      ? { refusedFunctions: REFUSED_OUTSIDE_RULES }
      : { column: (name: string) => columnOf(options, name) }),
    nulls: 'unknown',
    blankNumbersAsZero: options.blankNumbersAsZero ?? false,
  };
}

const COLUMN = /^\$ObjectType\.(\w+)\.Fields\.(\w+)$/i;

function columnOf({ schema, formulas }: RecordScopeOptions, name: string): Column | null {
  const [, objectName, fieldName] = COLUMN.exec(name) ?? [];
  if (objectName === undefined || fieldName === undefined) return null;
  const object = schema.object(objectName);
  if (!object) throw new FormulaError(MESSAGE.noField(objectName), 0);
  const { field, type, value } = resolveFieldPath(schema, formulas, object, fieldName);
  return { object: object.name, field: field.name, type, value };
}

function recordReference(options: RecordScopeOptions, path: string, name: string): Reference<RecordFrame> {
  const { schema, formulas, object } = options;
  const found = resolveFieldPath(schema, formulas, object, path);
  const { value, field, type } = found;
  const own = found.hops.length === 0;
  const prior =
    own && field.formula === null ? asFormulaValue(field, (_session, row) => row[field.name] ?? null) : value;
  return {
    name,
    type,
    evaluate: (frame) => value(frame.session, frame.row),
    prior: own ? (frame) => (frame.before ? prior(frame.session, frame.before) : blankOf(type)) : null,
    field,
    paths: found.paths,
  };
}
