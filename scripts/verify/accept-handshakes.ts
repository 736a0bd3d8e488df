import { OUTCOME } from '../compile/handshakes/outcomes.ts';
import { HANDSHAKE, HANDSHAKE_FIELD } from '../compile/names.ts';
import type { Org } from '../org/types.ts';
import { queryAbout } from './query-about.ts';

/** A scenario that walks a path stands for people who hand over and accept: nothing moves on before. */
export const acceptHandshakes = async (org: Org, opportunityIds: readonly string[]): Promise<void> => {
  const pending = await queryAbout<{ Id: string }>(
    org,
    opportunityIds,
    (list) =>
      `SELECT Id FROM ${HANDSHAKE} WHERE ${HANDSHAKE_FIELD.opportunity} IN (${list}) ` +
      `AND ${HANDSHAKE_FIELD.outcome} = '${OUTCOME.pending}'`,
  );
  // What the org refuses shows in the next step, which it then refuses as well.
  await org.update(
    HANDSHAKE,
    pending.map(({ Id }) => ({ Id, [HANDSHAKE_FIELD.outcome]: OUTCOME.accepted })),
  );
};
