import type { ObjectDescription, OrgIdentity } from './types.ts';

/** One component as the org has it. `metadata` has the shape of a compiled component's, `files` the text of a bundle's files. */
export interface OrgComponent {
  readonly type: string;
  readonly fullName: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Of its content; the same content has the same hash whatever the order of retrieval. */
  readonly hash: string;
}

export interface StageRow {
  readonly name: string;
  readonly active: boolean;
  readonly closed: boolean;
  readonly won: boolean;
  /** Percent. */
  readonly probability: number;
  readonly sortOrder: number;
}

/** How many opportunities stand where. `recordType` is a developer name, null for the master record type. */
export interface OpportunityCount {
  readonly stage: string;
  readonly type: string | null;
  readonly recordType: string | null;
  readonly count: number;
}

export interface OrgRecordType {
  readonly id: string;
  readonly developerName: string;
  readonly name: string;
  readonly active: boolean;
}

/** `definitionId` is what the Tooling API activates by. */
export interface OrgFlow {
  readonly definitionId: string;
  readonly name: string;
  /** Version numbers are not ids: null when no version is active. */
  readonly activeVersionId: string | null;
  readonly latestVersionId: string | null;
}

/** A profile that somebody active has; only these get layout assignments. */
export interface OrgProfile {
  /** As the Metadata API names it: `Admin`, `Custom%3A Sales Profile` unquoted. */
  readonly fullName: string;
  readonly activeUsers: number;
}

/** A role that was asked for, and how many active users have it. */
export interface OrgRole {
  readonly name: string;
  readonly activeUsers: number;
}

/** What could not be read, and why; the plan and the audit say so instead of taking it for absent. */
export interface Unread {
  readonly what: string;
  readonly reason: string;
}

/** What an org has, as far as the waterfall touches it. */
export interface Snapshot {
  readonly identity: OrgIdentity;
  readonly takenAt: string;
  /** Keyed by `type:fullName`. */
  readonly components: Readonly<Record<string, OrgComponent>>;
  readonly describe: Readonly<Record<string, ObjectDescription>>;
  readonly stages: readonly StageRow[];
  readonly counts: readonly OpportunityCount[];
  readonly recordTypes: readonly OrgRecordType[];
  readonly flows: readonly OrgFlow[];
  readonly profiles: readonly OrgProfile[];
  /** Of those that were asked for: the ones that are there. Null where they could not be read. */
  readonly roles: readonly OrgRole[] | null;
  /** Names of the running user's `Permissions…` that are on, without the prefix: `ModifyMetadata`. */
  readonly permissions: readonly string[];
  /** Names of the permission sets that the running user has. */
  readonly assigned: readonly string[];
  /** As GET /limits answers. */
  readonly limits: Readonly<Record<string, { readonly Max: number; readonly Remaining: number }>>;
  /** 1 to 12. */
  readonly fiscalYearStartMonth: number;
  readonly unread: readonly Unread[];
  /** Over the components and the flows' active versions: what a plan rests on. Counts and limits change by the minute and are left out. */
  readonly hash: string;
}
