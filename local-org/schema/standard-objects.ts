import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldDef, FieldType, PicklistValueDef } from './types.ts';

/**
 * Standard object definitions, one file per object in `standard/`: a distillate of Salesforce's Standard Field
 * Reference (API 66.0: labels, lengths, digits) and Object Reference (properties, relationships), without the fields
 * of features that an org has to switch on first (multiple currencies, divisions, person accounts, state and country
 * picklists, partner portals). Child relationship names and delete behaviour are those of the Object Reference's
 * "Relationships" sections and of the ERDs.
 */
export interface StandardField {
  readonly label: string;
  readonly type: FieldType;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  /** Create, Update, Filter, Sort, Group, Nillable, Defaulted on create, Restricted picklist, idLookup. */
  readonly allow: string;
  readonly to?: readonly string[];
  /** Relationship name from the child's side. */
  readonly as?: string | null;
  /** Relationship name from the parent's side. */
  readonly children?: string;
  readonly onDelete?: 'setNull' | 'restrict' | 'cascade';
  /** Value of a new record that sets none, where the Object Reference names it. */
  readonly default?: string;
  /** Name of the StandardValueSet that fills the picklist. */
  readonly valueSet?: string;
  /** Fixed values as [value, label]. */
  readonly values?: readonly (readonly [string, string])[];
}

export interface StandardObject {
  readonly label: string;
  readonly plural: string;
  readonly prefix: string;
  /** Create, Update, Delete, Query. */
  readonly access: string;
  readonly fields: Readonly<Record<string, StandardField>>;
}

const FOLDER = join(import.meta.dirname, 'standard');

let loaded: ReadonlyMap<string, StandardObject> | undefined;

/** All standard objects by API name. Read once per process. */
export function standardObjects(): ReadonlyMap<string, StandardObject> {
  loaded ??= new Map(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => [
        file.slice(0, -'.json'.length),
        JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as StandardObject,
      ]),
  );
  return loaded;
}

const ID_LENGTH = 18;

/** `picklist` is the field's values when a StandardValueSet fills it. */
export function standardFieldDef(
  name: string,
  field: StandardField,
  picklist: readonly PicklistValueDef[] | null,
): FieldDef {
  const allows = (letter: string): boolean => field.allow.includes(letter);
  const isPicklist = field.type === 'picklist' || field.type === 'multipicklist' || field.type === 'combobox';
  const values =
    picklist ?? (field.values ?? []).map(([value, label]) => ({ value, label, active: true, isDefault: false }));
  return {
    name,
    label: field.label,
    type: field.type,
    custom: false,
    length: field.type === 'id' || field.type === 'reference' ? ID_LENGTH : (field.length ?? 0),
    precision: field.precision ?? 0,
    scale: field.scale ?? 0,
    nillable: allows('N'),
    createable: allows('C'),
    updateable: allows('U'),
    filterable: allows('F'),
    sortable: allows('S'),
    groupable: allows('G'),
    unique: false,
    externalId: false,
    idLookup: allows('L'),
    caseSensitive: false,
    defaultedOnCreate: allows('D'),
    defaultValue: field.default ?? (field.type === 'boolean' ? 'false' : null),
    formula: null,
    picklist: isPicklist ? { values, restricted: allows('R') && values.length > 0 } : null,
    reference: field.to
      ? {
          to: field.to,
          relationshipName: field.as ?? null,
          childRelationshipName: field.children ?? null,
          onDelete: field.onDelete ?? 'setNull',
        }
      : null,
    autoNumberFormat: null,
    inlineHelpText: null,
    trackHistory: false,
  };
}
