import { textOf } from '../plan/element.ts';
import type { Finding } from '../finding.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { OrgAutomation } from '../org/read-automation.ts';
import type { Snapshot } from '../org/snapshot.ts';
import type { Wanted } from '../plan/rules/rule.ts';
import type { Plan } from '../plan/types.ts';

/** All that a check looks at; it asks the org nothing itself. */
export interface AuditFacts {
  readonly snapshot: Snapshot;
  readonly automation: OrgAutomation;
  readonly newestVersion: string;
  readonly waterfall: Waterfall;
  readonly components: readonly Wanted[];
  readonly plan: Plan;
}

export type Check = (facts: AuditFacts) => readonly Finding[];

export const finding = (
  severity: Finding['severity'],
  code: string,
  place: string,
  message: string,
  action: string,
): Finding => ({
  severity,
  code,
  message,
  place,
  action,
});

/** A setting of the org as text; null when the org did not return the settings. */
export const setting = ({ snapshot }: AuditFacts, settings: string, name: string): string | null => {
  const value = snapshot.components[`Settings:${settings}`]?.metadata[name];
  return value === undefined ? null : textOf(value);
};
