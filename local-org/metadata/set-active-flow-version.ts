import type { UserContext } from '../data/types.ts';
import { PlatformError } from '../platform-error.ts';
import type { LocalOrg } from '../types.ts';
import { automationProblems } from './deploy/automation-problems.ts';
import { activateVersion } from './deploy/flow-versions.ts';
import { openMetadataStore } from './open-metadata-store.ts';

/**
 * What a Tooling API PATCH of FlowDefinition.Metadata.activeVersionNumber does: makes that version the active one; null or 0
 * deactivates the flow. Throws PlatformError when there is no such flow or version, or when it does not compile in this org.
 */
export function setActiveFlowVersion(
  org: LocalOrg,
  user: UserContext,
  developerName: string,
  versionNumber: number | null,
): void {
  const store = openMetadataStore(org.database);
  org.transact(user, () => {
    // A savepoint, since a caller may have begun the transaction: what is refused is undone before schema and automation are rebuilt.
    org.database.exec('SAVEPOINT flow_version');
    try {
      const stored = activateVersion(store, developerName, versionNumber, { byId: user.id, at: org.clock.now() });
      if (!stored)
        throw refusal('INVALID_CROSS_REFERENCE_KEY', `Flow ${developerName} has no version ${String(versionNumber)}`);
      org.reload();
      const problem = automationProblems(org).find((one) => one.type === 'Flow' && one.fullName === stored.fullName);
      const activates = versionNumber !== null && versionNumber !== 0;
      if (activates && problem) throw refusal('FIELD_INTEGRITY_EXCEPTION', problem.problem);
      org.database.exec('RELEASE flow_version');
    } catch (error) {
      org.database.exec('ROLLBACK TO flow_version');
      org.database.exec('RELEASE flow_version');
      store.refresh();
      org.reload();
      throw error;
    }
  });
}

const refusal = (code: string, message: string): PlatformError =>
  new PlatformError(code, message, { fields: ['activeVersionNumber'] });
