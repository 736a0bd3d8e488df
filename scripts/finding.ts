/** Expected trouble, as a value: what is wrong, where, and what to do about it. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'info';
  /** Stable and upper-case, for scripts: `MODEL_UNKNOWN_KEY`, `AUDIT_FIELD_TYPE_COLLISION`. */
  readonly code: string;
  /** What is wrong, one sentence. */
  readonly message: string;
  /** `file:line:column`, or a component such as `CustomField Opportunity.Targeted_Date__c`. */
  readonly place: string;
  /** What the reader can do about it, one sentence in the imperative. */
  readonly action: string;
}
