import type { OrgIdentity, OrgRecord } from '../org/types.ts';

/**
 * - `passed`, `failed`: the org did what the model says, or not;
 * - `refused`: the org's own rules kept the test record out, so that nothing could be seen;
 * - `skipped`: an earlier step of the scenario was refused;
 * - `unknown`: the org would not say (a check that it does not answer), or it is the admin's to decide.
 */
export type Status = 'passed' | 'failed' | 'refused' | 'skipped' | 'unknown';

export const SIGN: Readonly<Record<Status, string>> = {
  passed: '✓',
  failed: '✗',
  refused: '!',
  skipped: '-',
  unknown: '?',
};

/** What one step of one scenario showed: a row for each stage trigger. */
export interface ScenarioRow {
  readonly scenario: string;
  /** Scenarios that try the same, whatever the type and stage. */
  readonly family: string;
  /** Label of the opportunity type. */
  readonly type: string;
  /** The stage that the step puts the record into. */
  readonly trigger: string;
  readonly expected: string;
  readonly actual: string;
  /** What was compared, one by one; `actual` is all of it. */
  readonly found: readonly string[];
  readonly status: Status;
  /** What to do about it; empty when it passed. */
  readonly action: string;
}

/** One thing an admin would look up in Setup. */
export interface CheckRow {
  readonly check: string;
  /** The component or setting: `Flow Waterfall_Renewal`. */
  readonly place: string;
  readonly expected: string;
  readonly actual: string;
  readonly status: Status;
  readonly action: string;
}

export interface VerifyReport {
  /** Marks the records of this run; they are gone by the time there is a report, unless `left` says otherwise. */
  readonly run: string;
  readonly org: Pick<OrgIdentity, 'orgId' | 'name' | 'username' | 'kind'>;
  readonly checks: readonly CheckRow[];
  readonly rows: readonly ScenarioRow[];
  readonly counts: Readonly<Record<Status, number>>;
  readonly cleanUp: {
    /** Records of this run that were deleted, and of earlier runs that had broken off. */
    readonly removed: number;
    readonly leftovers: number;
    /** Records that could not be deleted, with the org's reason. */
    readonly left: readonly { readonly id: string; readonly reason: string }[];
  };
  /** Milliseconds. */
  readonly durations: { readonly checks: number; readonly scenarios: number; readonly cleanUp: number };
  /** Everything passed and nothing was left behind. */
  readonly ok: boolean;
}

/** The most that one transaction used of a limit. */
export interface LimitUsed {
  /** As Apex `Limits` names it: `queries`, `dmlStatements` … */
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}

export type VerifyProgress = (event: {
  readonly phase: 'checks' | 'clean-up' | 'processes' | 'scenarios';
  readonly done: number;
  readonly total: number;
  readonly text: string;
}) => void;

export interface VerifyOptions {
  /** Test records in a production org, even for a minute, are somebody's decision. */
  readonly allowProduction?: boolean;
  /** Marks the run; by default from the time. Letters, digits and hyphens. */
  readonly run?: string;
  /** Field values for test opportunities and the test account that this org asks for: `{Opportunity: {Region__c: 'EMEA'}}`. */
  readonly values?: { readonly Opportunity?: OrgRecord; readonly Account?: OrgRecord };
  /** The mapping leaves it to the admin whether the one layout of a model without record types is assigned: no failure if it is not. */
  readonly layoutByHand?: boolean;
  /** How many records the bulk scenario saves at once, 200 by default: what one call and one transaction hold. */
  readonly atOnce?: number;
  /** How long a process may take that the org runs after the save, a minute by default. Milliseconds. */
  readonly patience?: number;
  /** What the transactions of the run used of their limits; only the local org tells. Asked once, after the scenarios. */
  readonly limitsUsed?: () => Promise<readonly LimitUsed[]>;
  readonly progress?: VerifyProgress;
  /** Aborted (Ctrl-C), the run stops before its next step, cleans up, and throws a VerifyError. */
  readonly signal?: AbortSignal;
}

/** Verifying cannot begin or go on. `action` tells the user what to do. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
  readonly code: string;
  readonly action: string;
  constructor(code: string, message: string, action: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.action = action;
  }
}
