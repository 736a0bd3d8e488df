// Lightning Data Service: the wire adapters and functions over the UI API that the components use. @salesforce/lightning-types
// 0.8.0 leaves them out. Shapes: https://developer.salesforce.com/docs/platform/lwc/guide/reference-lightning-ui-api-record.html
// Typing the config as `WireAdapterConstructor<Config, Result>` makes a wrong config key or a wrong wired type a compile error.

declare module 'lightning/uiRecordApi' {
  import type { WireAdapterConstructor } from 'lwc';
  import type { FieldId, ObjectId } from '@salesforce/schema';
  import type { WireResult } from 'salesforce-wire';

  export type FieldScalar = string | number | boolean | null;

  export interface FieldValueRepresentation {
    readonly displayValue: string | null;
    readonly value: FieldScalar | RecordRepresentation;
  }

  export interface RecordRepresentation {
    readonly id: string;
    readonly apiName: string;
    readonly recordTypeId?: string | null;
    readonly lastModifiedDate?: string | null;
    readonly fields: Readonly<Record<string, FieldValueRepresentation | undefined>>;
  }

  export interface RecordInput {
    readonly apiName?: string;
    readonly fields: Readonly<Record<string, FieldScalar>>;
  }

  type Fields = readonly (FieldId | string)[];

  export const getRecord: WireAdapterConstructor<
    {
      recordId: string | undefined;
      fields?: Fields;
      optionalFields?: Fields;
      layoutTypes?: readonly string[];
      modes?: readonly string[];
    },
    WireResult<RecordRepresentation>
  >;

  export function getFieldValue(
    record: RecordRepresentation | undefined,
    field: FieldId | string,
  ): FieldScalar | RecordRepresentation | undefined;
  export function getFieldDisplayValue(
    record: RecordRepresentation | undefined,
    field: FieldId | string,
  ): string | null | undefined;
  export function createRecord(input: RecordInput & { apiName: string }): Promise<RecordRepresentation>;
  export function updateRecord(
    input: RecordInput,
    options?: { ifUnmodifiedSince?: string },
  ): Promise<RecordRepresentation>;
  export function deleteRecord(recordId: string): Promise<void>;
  export function notifyRecordUpdateAvailable(records: readonly { recordId: string }[]): Promise<void>;
  export type { ObjectId };
}

declare module 'lightning/uiObjectInfoApi' {
  import type { WireAdapterConstructor } from 'lwc';
  import type { FieldId, ObjectId } from '@salesforce/schema';
  import type { WireResult } from 'salesforce-wire';

  export interface FieldInfo {
    readonly apiName: string;
    readonly label: string;
    readonly dataType: string;
    readonly updateable: boolean;
  }
  export interface ObjectInfoRepresentation {
    readonly apiName: string;
    readonly label: string;
    readonly defaultRecordTypeId: string | null;
    readonly updateable: boolean;
    readonly fields: Readonly<Record<string, FieldInfo | undefined>>;
  }
  export interface PicklistValuesRepresentation {
    readonly values: readonly { readonly label: string; readonly value: string }[];
  }
  export const getObjectInfo: WireAdapterConstructor<
    { objectApiName: ObjectId | string | undefined },
    WireResult<ObjectInfoRepresentation>
  >;
  export const getPicklistValues: WireAdapterConstructor<
    { recordTypeId: string | undefined; fieldApiName: FieldId | string },
    WireResult<PicklistValuesRepresentation>
  >;
}

declare module 'lightning/uiRelatedListApi' {
  import type { WireAdapterConstructor } from 'lwc';
  import type { RecordRepresentation } from 'lightning/uiRecordApi';
  import type { WireResult } from 'salesforce-wire';

  export interface RelatedListRecordsRepresentation {
    readonly count: number;
    readonly records: readonly RecordRepresentation[];
  }
  export const getRelatedListRecords: WireAdapterConstructor<
    {
      parentRecordId: string | undefined;
      relatedListId: string;
      fields?: readonly string[];
      optionalFields?: readonly string[];
      sortBy?: readonly string[];
      pageSize?: number;
    },
    WireResult<RelatedListRecordsRepresentation>
  >;
}
