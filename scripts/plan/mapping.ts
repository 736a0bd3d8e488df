/**
 * How one org's own words correspond to the model's. The audit drafts it, the admin edits it, the plan follows it
 * (`config/mapping/<alias>.yaml`). An empty mapping creates everything beside what the org has.
 */
export interface RecordTypeMapping {
  /** The org's developer name. */
  readonly recordType: string;
  /** The model's opportunity type key. */
  readonly is: string;
  /** Use the org's record type for this opportunity type instead of creating one. */
  readonly adopt: boolean;
  /** 0 to 1, of a drafted correspondence. */
  readonly confidence?: number;
  readonly reason?: string;
}

export interface StageMapping {
  /** The org's stage. */
  readonly stage: string;
  /** The model's stage. */
  readonly is: string;
  /** Use the org's stage, with its probability, in place of the model's. */
  readonly adopt: boolean;
  readonly confidence?: number;
  readonly reason?: string;
}

export interface Mapping {
  readonly recordTypes: readonly RecordTypeMapping[];
  readonly stages: readonly StageMapping[];
  /** Profiles that get our layouts: those with active users, or just these. */
  readonly profiles: 'inUse' | readonly string[];
  /** Profile name -> opportunity type key whose record type becomes that profile's default. */
  readonly defaultRecordTypes: Readonly<Record<string, string>>;
  /** Who gets the RevOps permission set with the deploy; the others are assigned when you are ready to start. */
  readonly assign: 'runningUser' | 'nobody';
  /** `whenNone` makes our record page the org default only if the org has none; `manual` leaves it to the admin. */
  readonly recordPage: 'whenNone' | 'manual';
  /** `merge` puts our Account fields on the Account layouts of those profiles; `manual` leaves it to the admin. */
  readonly accountLayouts: 'merge' | 'manual';
  /**
   * Only where the `Type` field carries the type, so that our layout can show for all opportunities or for none: `manual` leaves its
   * assignment to the admin, `assign` makes it those profiles' layout in place of the org's own.
   */
  readonly opportunityLayout: 'manual' | 'assign';
}

export const EMPTY_MAPPING: Mapping = {
  recordTypes: [],
  stages: [],
  profiles: 'inUse',
  defaultRecordTypes: {},
  assign: 'runningUser',
  recordPage: 'whenNone',
  accountLayouts: 'merge',
  opportunityLayout: 'manual',
};
