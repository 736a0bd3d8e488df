import type { FieldDef, ObjectDef, PicklistValueDef } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { etagOf } from './etag.ts';
import { masterRecordType } from './record-representation.ts';

type Json = Readonly<Record<string, unknown>>;

/** "Picklist Values": what the UI offers for a field of a record type, in the field's order, and the default. */
export function picklistValues(object: ObjectDef, field: FieldDef, recordTypeId: string, url: string): Json {
  const recordType = recordTypeOf(object, recordTypeId);
  const allowed = recordType.isMaster ? undefined : recordType.picklistValues.get(field.name);
  const values = (field.picklist?.values ?? []).filter(
    ({ active, value }) => active && (allowed?.values.includes(value) ?? true),
  );
  const defaultValue = values.find(({ value, isDefault }) => (allowed ? value === allowed.defaultValue : isDefault));
  const body = {
    controllerValues: {},
    defaultValue: defaultValue ? valueRepresentation(defaultValue) : null,
    url,
    values: values.map(valueRepresentation),
  };
  return { ...body, eTag: etagOf(body) };
}

/** "Picklist Values Collection": every picklist of the object for a record type. */
export function allPicklistValues(object: ObjectDef, recordTypeId: string, url: string): Json {
  const fields = [...object.fields.values()].filter(({ picklist }) => picklist !== null);
  const picklistFieldValues = Object.fromEntries(
    fields.map((field) => [field.name, picklistValues(object, field, recordTypeId, `${url}/${field.name}`)]),
  );
  return { eTag: etagOf(picklistFieldValues), picklistFieldValues };
}

/** The record type with this id; `012000000000000AAA` is the master record type of every object. */
function recordTypeOf(
  object: ObjectDef,
  id: string,
): Pick<ObjectDef['recordTypes'][number], 'isMaster' | 'picklistValues'> {
  const found = object.recordTypes.find((type) => type.id.slice(0, 15) === id.slice(0, 15));
  if (found) return found;
  if (id.slice(0, 15) === masterRecordType(object).slice(0, 15)) return { isMaster: true, picklistValues: new Map() };
  throw new PlatformError('INVALID_RECORD_TYPE', `Record type ID ${id} does not belong to ${object.name}`);
}

/** "Picklist Value", with the attributes that opportunity stages and lead statuses have. */
function valueRepresentation(value: PicklistValueDef): Json {
  const { stage, converted } = value;
  const attributes = stage
    ? {
        closed: stage.closed,
        defaultProbability: stage.probability,
        forecastCategoryName: stage.forecastCategory,
        picklistAtrributesValueType: 'OpportunityStage', // spelt so in the API
        won: stage.won,
      }
    : converted === undefined
      ? null
      : { converted, picklistAtrributesValueType: 'LeadStatus' };
  return { attributes, label: value.label, validFor: [], value: value.value };
}
