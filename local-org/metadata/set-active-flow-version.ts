import type { UserContext } from '../data/types.ts';
import { PlatformError } from '../platform-error.ts';
import type { LocalOrg } from '../types.ts';
import { activateVersion } from './deploy/flow-versions.ts';
import { openMetadataStore } from './open-metadata-store.ts';

/**
 * What a Tooling API PATCH of FlowDefinition.Metadata.activeVersionNumber does: makes that version the active one; null or 0
 * deactivates the flow. Throws PlatformError when there is no such flow or version.
 */
export function setActiveFlowVersion(
  org: LocalOrg,
  user: UserContext,
  developerName: string,
  versionNumber: number | null,
): void {
  const store = openMetadataStore(org.database);
  try {
    org.transact(user, () => {
      const stored = activateVersion(store, developerName, versionNumber, { byId: user.id, at: org.clock.now() });
      if (!stored) {
        throw new PlatformError(
          'INVALID_CROSS_REFERENCE_KEY',
          `Flow ${developerName} has no version ${String(versionNumber)}`,
          {
            fields: ['activeVersionNumber'],
          },
        );
      }
      org.reload();
    });
  } catch (error) {
    store.refresh();
    org.reload();
    throw error;
  }
}
