/** What the org knows about its objects: standard definitions plus what metadata has added. Immutable; rebuilt after a deploy. */

/** `type` of a REST describe field. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'reference'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'email'
  | 'phone'
  | 'url'
  | 'address'
  | 'location'
  | 'encryptedstring'
  | 'anyType'
  | 'base64'
  | 'complexvalue';

export interface PicklistValueDef {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly isDefault: boolean;
  /** OpportunityStage only. */
  readonly stage?: {
    readonly closed: boolean;
    readonly won: boolean;
    readonly probability: number;
    readonly forecastCategory: string;
  };
  /** TaskStatus only. */
  readonly closed?: boolean;
  /** LeadStatus only. */
  readonly converted?: boolean;
}

export interface FieldDef {
  /** Canonical API name. */
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly custom: boolean;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  /** Standard fields by which records can be matched in upsert and nested references. DOC api/field-types "idLookup". */
  readonly idLookup?: boolean;
  readonly caseSensitive: boolean;
  readonly defaultedOnCreate: boolean;
  /** A literal ("false", a picklist value) or formula text; null when there is none. */
  readonly defaultValue: string | null;
  /** Formula text of a calculated field. */
  readonly formula: string | null;
  readonly picklist: { readonly values: readonly PicklistValueDef[]; readonly restricted: boolean } | null;
  readonly reference: {
    readonly to: readonly string[];
    /** `Account` for AccountId, `Source_Opportunity__r` for a custom lookup; null when it cannot be traversed. */
    readonly relationshipName: string | null;
    /** Name used in child subqueries, on the parent's side. */
    readonly childRelationshipName: string | null;
    readonly onDelete: 'setNull' | 'restrict' | 'cascade';
  } | null;
  readonly autoNumberFormat: string | null;
  /** Of a roll-up summary field: what it counts or sums. */
  readonly summary?: {
    readonly childObject: string;
    /** The child's master-detail field. */
    readonly childField: string;
    readonly operation: 'count' | 'sum' | 'min' | 'max';
    /** Null for a count. */
    readonly summarizedField: string | null;
    readonly filters: readonly { readonly field: string; readonly operation: string; readonly value: string }[];
  };
  readonly inlineHelpText: string | null;
  readonly trackHistory: boolean;
}

/** By such a field a record can be named in an upsert or from a lookup: an external id, an `idLookup` field or the id. */
export const namesRecord = (field: FieldDef): boolean =>
  field.externalId || field.idLookup === true || field.type === 'id';

export interface RecordTypeDef {
  readonly id: string;
  readonly developerName: string;
  readonly label: string;
  readonly description: string | null;
  readonly active: boolean;
  readonly isMaster: boolean;
  readonly businessProcess: string | null;
  /** Field name -> values allowed for this record type; a picklist that is absent allows all active values. */
  readonly picklistValues: ReadonlyMap<
    string,
    { readonly values: readonly string[]; readonly defaultValue: string | null }
  >;
}

export interface ObjectDef {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly queryable: boolean;
  /** Organization-wide default (`Private`, `ReadWrite` …); null when the org's metadata does not say. */
  readonly sharingModel?: string | null;
  /** Keyed by lower-case API name, in definition order. */
  readonly fields: ReadonlyMap<string, FieldDef>;
  readonly recordTypes: readonly RecordTypeDef[];
}

export interface ChildRelationship {
  readonly childObject: string;
  readonly field: string;
  readonly relationshipName: string | null;
  readonly onDelete: 'setNull' | 'restrict' | 'cascade';
}

export interface Schema {
  /** Keyed by lower-case API name. */
  readonly objects: ReadonlyMap<string, ObjectDef>;
  /** Case-insensitive. */
  object(name: string): ObjectDef | undefined;
  objectOfId(id: string): ObjectDef | undefined;
  children(objectName: string): readonly ChildRelationship[];
}
