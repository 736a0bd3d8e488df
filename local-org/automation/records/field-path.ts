import type { FieldValue, Row } from '../../data/types.ts';
import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import { blankFormulaValue } from '../formula/blank.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { MESSAGE } from '../formula/messages.ts';
import type { FormulaType, Hop, ParentPath, Session } from '../formula/types.ts';
import { clean } from '../formula/decimal.ts';
import { formulaTypeOf } from './field-types.ts';
import type { FormulaFields, ReadRow } from './read-row.ts';
import { targetObject } from './session.ts';

/** A field of an object or of its parents, ready to be read from a row. */
export interface FieldPath {
  /** The path in canonical spelling: `Account.Owner.Name`. */
  readonly name: string;
  readonly type: FormulaType;
  readonly field: FieldDef;
  /** The object that has the field. */
  readonly object: ObjectDef;
  readonly hops: ParentPath;
  /** Parents to preload, those of formula fields on the way included. */
  readonly paths: readonly ParentPath[];
  /** Whether every lookup on the way leads to a record. */
  readonly reaches: (session: Session, row: Readonly<Row>) => boolean;
  /** The value as a record holds it: null for blank, percent as 0 to 100. */
  readonly raw: ReadRow;
  /** The value as a formula sees it: '' for blank text, percent divided by 100. */
  readonly value: ReadRow;
}

const PERCENT = 100;

/**
 * Finds `Account.Owner.Name` from an object; a polymorphic hop may name its object (`Owner:User.Name`).
 * Throws a FormulaError with the platform's text when a part does not exist or cannot be read.
 */
export function resolveFieldPath(schema: Schema, formulas: FormulaFields, start: ObjectDef, path: string): FieldPath {
  const segments = path.split('.');
  const hops: Hop[] = [];
  const names: string[] = [];
  let object = start;
  for (const segment of segments.slice(0, -1)) {
    const [relationship, domain] = segment.split(':');
    const lookup = [...object.fields.values()].find(
      (field) => field.reference?.relationshipName?.toLowerCase() === relationship!.toLowerCase(),
    );
    if (!lookup?.reference) throw new FormulaError(MESSAGE.noField(segment), 0);
    const to =
      domain === undefined
        ? lookup.reference.to
        : lookup.reference.to.filter((name) => name.toLowerCase() === domain.toLowerCase());
    if (to.length === 0) throw new FormulaError(MESSAGE.noDomain(domain!, relationship!), 0);
    /** Without a named object the first one is meant; for owners that is the user. */
    const next = schema.object(to.find((name) => name === 'User') ?? to[0]!);
    if (!next) throw new FormulaError(MESSAGE.noField(segment), 0);
    hops.push({ field: lookup.name, to: domain === undefined && to.length > 1 ? lookup.reference.to : [next.name] });
    names.push(
      domain === undefined ? lookup.reference.relationshipName! : `${lookup.reference.relationshipName}:${next.name}`,
    );
    object = next;
  }
  const last = segments.at(-1)!;
  const field = object.fields.get(last.toLowerCase());
  if (!field) throw new FormulaError(MESSAGE.noField(last), 0);
  const own = readField(formulas, object, field);
  return {
    name: [...names, field.name].join('.'),
    type: formulaTypeOf(field),
    field,
    object,
    hops,
    paths: [...(hops.length > 0 ? [hops] : []), ...own.paths.map((nested) => [...hops, ...nested])],
    reaches: (session, row) => followHops(session, row, hops) !== null,
    raw: hops.length === 0 ? own.raw : follow(hops, own.raw, null),
    value: hops.length === 0 ? own.value : follow(hops, own.value, blankOf(formulaTypeOf(field))),
  };
}

export const blankOf = blankFormulaValue;

function readField(
  formulas: FormulaFields,
  object: ObjectDef,
  field: FieldDef,
): Pick<FieldPath, 'raw' | 'value' | 'paths'> {
  if (field.formula !== null) return formulas.read(object, field);
  const { name } = field;
  const raw: ReadRow = (_session, row) => row[name] ?? null;
  return { raw, value: asFormulaValue(field, raw), paths: [] };
}

export function asFormulaValue(field: FieldDef, raw: ReadRow): ReadRow {
  const blank = blankOf(formulaTypeOf(field));
  if (field.type === 'percent') {
    return (session, row) => {
      const value = raw(session, row);
      return typeof value === 'number' ? clean(value / PERCENT) : null;
    };
  }
  return blank === null ? raw : (session, row) => raw(session, row) ?? blank;
}

function follow(hops: ParentPath, read: ReadRow, blank: FieldValue): ReadRow {
  return (session, row) => {
    const target = followHops(session, row, hops);
    return target ? read(session, target) : blank;
  };
}

/** The row at the end of a parent path, or null where a lookup on the way is empty. */
function followHops(session: Session, row: Readonly<Row>, hops: ParentPath): Readonly<Row> | null {
  let current: Readonly<Row> | null = row;
  for (const hop of hops) {
    const id: FieldValue | undefined = current[hop.field];
    if (typeof id !== 'string') return null;
    const object = targetObject(session.tx.schema, hop.to, id);
    current = object === null ? null : session.parent(object, id);
    if (!current) return null;
  }
  return current;
}
