import type { FieldValue, Row, Transaction } from '../../data/types.ts';
import type { MetadataReader } from '../../metadata/types.ts';
import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { MESSAGE } from '../formula/messages.ts';
import type { Framed, Reference } from '../formula/types.ts';
import { asFormulaValue, blankOf } from './field-path.ts';
import type { ReadRow } from './read-row.ts';
import { formulaTypeOf } from './field-types.ts';

/** Global variables whose values an org keeps for all its users: `$CustomMetadata`, `$Setup`, `$Organization`. */

interface OrgSources {
  readonly schema: Schema;
  readonly metadata: MetadataReader;
}

/** The field of an object, or the platform's complaint. */
function objectField(schema: Schema, objectName: string, fieldName: string): readonly [ObjectDef, FieldDef] {
  const object = schema.object(objectName);
  if (!object) throw new FormulaError(MESSAGE.noField(objectName), 0);
  const field = object.fields.get(fieldName.toLowerCase());
  if (!field) throw new FormulaError(MESSAGE.noField(fieldName), 0);
  if (field.formula !== null) throw new FormulaError(MESSAGE.notEvaluated(`the formula field ${field.name} here`), 0);
  return [object, field];
}

const reference = <F extends Framed>(
  name: string,
  field: FieldDef,
  rowOf: (tx: Transaction) => Readonly<Row> | null,
): Reference<F> => {
  const type = formulaTypeOf(field);
  const raw: ReadRow = (_session, row) => row[field.name] ?? null;
  const value = asFormulaValue(field, raw);
  return {
    name,
    type,
    evaluate: ({ session }) => {
      const row = rowOf(session.tx);
      return row ? value(session, row) : blankOf(type);
    },
    prior: null,
    field,
    paths: [],
  };
};

/**
 * `$CustomMetadata.Type__mdt.Record.Field__c` (help: Custom Metadata Types, "Use Custom Metadata Records in Formulas").
 * Records are metadata: their values are those of the deploy.
 */
export function customMetadata<F extends Framed>(
  { schema, metadata }: OrgSources,
  name: string,
  rest: string,
): Reference<F> {
  const [type = '', record = '', fieldName = '', ...more] = rest.split('.');
  if (more.length > 0 || !/__mdt$/i.test(type)) throw new FormulaError(MESSAGE.noField(name), 0);
  const [, field] = objectField(schema, type, fieldName);
  const component = metadata.get('CustomMetadata', `${type.slice(0, -'__mdt'.length)}.${record}`);
  if (!component) throw new FormulaError(MESSAGE.noField(`${type}.${record}`), 0);
  const values = (component.metadata.values ?? []) as readonly { readonly field?: string; readonly value?: unknown }[];
  const stored = values.find((entry) => entry.field?.toLowerCase() === field.name.toLowerCase())?.value;
  const row = { [field.name]: fieldValue(field, stored) };
  return reference(name, field, () => row);
}

/** Values come out of XML as text, whatever their type. */
function fieldValue(field: FieldDef, stored: unknown): FieldValue {
  const value = typeof stored === 'object' && stored !== null && '_' in stored ? stored._ : stored;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return field.type === 'boolean' ? false : null;
  if (field.type === 'boolean') return String(value) === 'true';
  return ['int', 'double', 'currency', 'percent'].includes(field.type) ? Number(value) : String(value);
}

const SETUP_OWNER = 'SetupOwnerId';
const settings = new WeakMap<Transaction, Map<string, Readonly<Row> | null>>();

/**
 * `$Setup.Setting__c.Field__c`: of a hierarchy custom setting the value of the user goes before that of the profile, and
 * that before the org's ("the lowest level" wins, field by field where it is set: help, Custom Settings Hierarchy).
 */
export function customSetting<F extends Framed>(
  { schema, metadata }: OrgSources,
  name: string,
  rest: string,
): Reference<F> {
  const [objectName = '', fieldName = '', ...more] = rest.split('.');
  if (more.length > 0) throw new FormulaError(MESSAGE.noField(name), 0);
  const [object, field] = objectField(schema, objectName, fieldName);
  const kind = metadata.get('CustomObject', object.name)?.metadata.customSettingsType;
  if (kind !== 'Hierarchy') throw new FormulaError(MESSAGE.noField(objectName), 0);
  if (!object.fields.has(SETUP_OWNER.toLowerCase()))
    throw new FormulaError(MESSAGE.notEvaluated(`the custom setting ${object.name}`), 0);
  return reference(name, field, (tx) => {
    let kept = settings.get(tx);
    if (!kept) settings.set(tx, (kept = new Map<string, Readonly<Row> | null>()));
    let row = kept.get(object.name);
    if (row === undefined) kept.set(object.name, (row = settingOf(tx, object)));
    return row;
  });
}

function settingOf(tx: Transaction, object: ObjectDef): Readonly<Row> | null {
  const rows = tx.select({ object: object.name, filter: null });
  const owners = [tx.user.id, tx.user.profileId, organization(tx)?.Id ?? null];
  const levels = owners.flatMap((owner) => rows.filter((row) => row[SETUP_OWNER] === owner));
  if (levels.length === 0) return null;
  /** From the org down to the user; what is blank further down is inherited. A checkbox is never blank. */
  return levels.toReversed().reduce<Row>((merged, row) => {
    for (const [key, value] of Object.entries(row)) if (value !== null) merged[key] = value;
    return merged;
  }, {});
}

const organizations = new WeakMap<Transaction, Readonly<Row> | null>();

export function organization(tx: Transaction): Readonly<Row> | null {
  let row = organizations.get(tx);
  if (row === undefined)
    organizations.set(tx, (row = tx.select({ object: 'Organization', filter: null, limit: 1 })[0] ?? null));
  return row;
}

/** `$Organization.Name` (help: Global Variables). */
export function ofOrganization<F extends Framed>({ schema }: OrgSources, name: string, rest: string): Reference<F> {
  const [, field] = objectField(schema, 'Organization', rest);
  return reference(name, field, organization);
}

/** The org's own time zone (IANA name): schedules and dates without a time are in it, whoever saves. */
export function orgTimeZone(tx: Transaction): string {
  const zone = organization(tx)?.TimeZoneSidKey;
  return typeof zone === 'string' ? zone : 'UTC';
}
