/** What the rest of the product asks of a Salesforce org. The only implementation is in this folder; tests may bring a double. */

export type FieldValue = string | number | boolean | null;
export type OrgRecord = Readonly<Record<string, FieldValue>>;

export interface SaveOutcome {
  readonly id: string | null;
  readonly success: boolean;
  readonly errors: readonly { readonly code: string; readonly message: string; readonly fields: readonly string[] }[];
}

export interface OrgIdentity {
  /** 18 characters. */
  readonly orgId: string;
  readonly name: string;
  readonly username: string;
  readonly userId: string;
  readonly instanceUrl: string;
  /** `66.0`: the version this product speaks with the org. */
  readonly apiVersion: string;
  /** Organization.OrganizationType: `Enterprise Edition`, `Developer Edition` … */
  readonly edition: string;
  readonly kind: 'production' | 'sandbox' | 'scratch' | 'developer' | 'local';
}

export interface Org {
  readonly identity: OrgIdentity;
  /** All pages; rows without `attributes`, parent objects nested. Throws OrgError. */
  query<Row = Record<string, unknown>>(soql: string): Promise<Row[]>;
  /** The same through the Tooling API. */
  toolingQuery<Row = Record<string, unknown>>(soql: string): Promise<Row[]>;
  /** Through sObject collections, 200 a call, each record on its own (allOrNone false); outcomes in request order. */
  create(object: string, records: readonly OrgRecord[]): Promise<SaveOutcome[]>;
  update(object: string, records: readonly (OrgRecord & { readonly Id: string })[]): Promise<SaveOutcome[]>;
  remove(ids: readonly string[]): Promise<SaveOutcome[]>;
  describe(object: string): Promise<ObjectDescription>;
  /** Picklist values that the UI offers for a record type (UI API). */
  picklistValues(object: string, recordTypeId: string, field: string): Promise<readonly string[]>;
}

export interface ObjectDescription {
  readonly name: string;
  readonly fields: readonly FieldDescription[];
  readonly recordTypeInfos: readonly {
    readonly recordTypeId: string;
    readonly developerName: string;
    readonly name: string;
    readonly active: boolean;
    readonly available: boolean;
    readonly master: boolean;
  }[];
}

export interface FieldDescription {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly length: number;
  /** A formula or a roll-up. Absent where nobody has asked. */
  readonly calculated?: boolean;
  /** False for what every record needs. Absent where nobody has asked. */
  readonly nillable?: boolean;
  readonly picklistValues: readonly {
    readonly value: string;
    readonly label: string;
    readonly active: boolean;
    readonly defaultValue?: boolean;
  }[];
  readonly referenceTo: readonly string[];
}

/** The org refused or could not be reached. `action` tells the user what to do. */
export class OrgError extends Error {
  override readonly name = 'OrgError';
  readonly code: string;
  readonly action: string;
  constructor(code: string, message: string, action: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.action = action;
  }
}
