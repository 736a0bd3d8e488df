// Modules that the platform resolves by scope (`@salesforce/…`) and that @salesforce/lightning-types does not describe.
// Source of the scopes: https://developer.salesforce.com/docs/platform/lwc/guide/reference-salesforce-modules.html
/// <reference types="@salesforce/lightning-types" />

declare module 'salesforce-wire' {
  /** One error inside `output` of a UI API error body. */
  export interface RecordError {
    readonly errorCode?: string;
    readonly field?: string | null;
    readonly fieldLabel?: string | null;
    readonly message: string;
  }
  /** What Lightning Data Service rejects with: the HTTP status and the UI API's error body. */
  export interface FetchError {
    readonly status?: number;
    readonly statusText?: string;
    readonly body?: {
      readonly message?: string;
      readonly output?: {
        readonly errors?: readonly RecordError[];
        readonly fieldErrors?: Readonly<Record<string, readonly RecordError[]>>;
      };
    };
  }
  /** What a wire adapter hands to a wired property or function; both are undefined until the first answer. */
  export interface WireResult<T> {
    readonly data?: T;
    readonly error?: FetchError;
  }
}

declare module '@salesforce/schema' {
  export interface ObjectId {
    readonly objectApiName: string;
  }
  export interface FieldId extends ObjectId {
    readonly fieldApiName: string;
  }
}

// A wildcard cannot tell `@salesforce/schema/Opportunity` from `…/Opportunity.Name`: both are typed as a field, and for an
// object `fieldApiName` is undefined at run time.
declare module '@salesforce/schema/*' {
  import type { FieldId } from '@salesforce/schema';
  const id: FieldId;
  export default id;
}

declare module '@salesforce/label/*' {
  const text: string;
  export default text;
}

declare module '@salesforce/i18n/*' {
  const value: string;
  export default value;
}

declare module '@salesforce/customPermission/*' {
  const granted: boolean | undefined;
  export default granted;
}
