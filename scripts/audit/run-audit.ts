import type { Finding } from '../finding.ts';
import { apiVersion, permissions } from './checks/access.ts';
import { edition, fieldHeadroom } from './checks/edition.ts';
import { mostLikely, multiCurrency, personAccounts } from './checks/features.ts';
import { recordTypesInUse, stagesInUse } from './checks/in-use.ts';
import { ownFlows, ownTriggers, ownValidationRules } from './checks/own-automation.ts';
import { duplicateRules, flowActivation, leadConversion, pathSettings } from './checks/settings.ts';
import { draftMapping } from './draft-mapping.ts';
import type { AuditFacts, Check } from './facts.ts';
import type { Mapping } from '../plan/mapping.ts';

/** In the order in which an admin would ask. */
const CHECKS: readonly Check[] = [
  edition,
  apiVersion,
  permissions,
  fieldHeadroom,
  stagesInUse,
  recordTypesInUse,
  ownFlows,
  ownTriggers,
  ownValidationRules,
  pathSettings,
  flowActivation,
  leadConversion,
  duplicateRules,
  multiCurrency,
  personAccounts,
  mostLikely,
];

export interface Audit {
  readonly findings: readonly Finding[];
  /** A draft for the admin to read and change; nothing is adopted in it. */
  readonly mapping: Mapping;
}

/** What the org has, what stands in the way, and how its words may correspond to the model's. Pure. */
export function runAudit(facts: AuditFacts): Audit {
  const unread = facts.automation.unread.map(({ what, reason }): Finding => ({
    severity: 'info',
    code: 'AUDIT_NOT_READ',
    message: `${what} could not be read: ${reason}`,
    place: what,
    action: 'Look at them in Setup yourself.',
  }));
  // Collisions are what the plan stumbles over: the same rules find them.
  return {
    findings: [
      ...CHECKS.flatMap((check) => check(facts)),
      ...facts.plan.findings.filter(({ code, place }) => code !== 'PLAN_NOT_READ' || !place.startsWith('permission')),
      ...unread,
    ],
    mapping: draftMapping(facts.waterfall, facts.snapshot),
  };
}
