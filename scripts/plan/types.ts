import type { Finding } from '../finding.ts';

/** A component with all that is sent: merged with what the org has, and a bundle's files. */
export interface PlannedComponent {
  readonly type: string;
  readonly fullName: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Text by path inside the bundle's folder: `stageTracker.js`. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One thing done to the org. */
export type Change =
  | { readonly kind: 'deploy'; readonly component: PlannedComponent }
  | { readonly kind: 'delete'; readonly type: string; readonly fullName: string }
  /** The version of that id, where it is there; otherwise the newest one. */
  | { readonly kind: 'activateFlow'; readonly flow: string; readonly versionId?: string }
  | { readonly kind: 'deactivateFlow'; readonly flow: string }
  /** A permission set for the running user. */
  | { readonly kind: 'assign' | 'unassign'; readonly permissionSet: string }
  /** A person does it, as the text says. */
  | { readonly kind: 'manual' }
  /** It stays as it is. */
  | { readonly kind: 'nothing' };

export interface Act {
  readonly text: string;
  readonly change: Change;
}

/** One element that changes. Null is absent. `path` reads like `standardValue[Discovery].probability`. */
export interface Difference {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Step {
  /** Stable between plans of the same model: `RecordType:Opportunity.Renewal`. */
  readonly id: string;
  readonly do: Act;
  readonly undo: Act;
  readonly why: string;
  /** The model entry that caused it. */
  readonly source: string;
  readonly risk: { readonly level: 'low' | 'medium' | 'high'; readonly reason: string };
  /** Whether the undo removes it wholly, only deactivates it, or cannot be done. */
  readonly reversible: 'yes' | 'deactivate' | 'no';
  readonly action: 'create' | 'update' | 'activate' | 'deactivate' | 'assign' | 'manual';
  readonly differences: readonly Difference[];
  /** What the org had; null when it had nothing of this name. */
  readonly before: PlannedComponent | null;
}

export const PLAN_VERSION = 1;

export interface Plan {
  readonly version: typeof PLAN_VERSION;
  readonly orgId: string;
  readonly orgName: string;
  readonly orgKind: string;
  readonly username: string;
  readonly apiVersion: string;
  readonly snapshotHash: string;
  readonly modelHash: string;
  readonly madeAt: string;
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
  /** Components that the org has already just as the model wants them. */
  readonly unchanged: number;
}

/** Steps that a deploy carries out by itself. */
export const automaticSteps = (plan: Plan): readonly Step[] => plan.steps.filter((step) => step.action !== 'manual');
