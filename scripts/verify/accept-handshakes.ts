import { OUTCOME } from '../compile/handshakes/outcomes.ts';
import { HANDSHAKE, HANDSHAKE_FIELD } from '../compile/names.ts';
import type { Org } from '../org/types.ts';

/** Most ids in one query, so that its URL stays well below the 16 KB that the REST API takes. */
const IDS_IN_A_QUERY = 200;

/** A scenario that walks a path stands for people who hand over and accept: nothing moves on before. */
export const acceptHandshakes = async (org: Org, opportunityIds: readonly string[]): Promise<void> => {
  for (let from = 0; from < opportunityIds.length; from += IDS_IN_A_QUERY) {
    const list = opportunityIds
      .slice(from, from + IDS_IN_A_QUERY)
      .map((id) => `'${id}'`)
      .join(', ');
    const pending = await org.query<{ Id: string }>(
      `SELECT Id FROM ${HANDSHAKE} WHERE ${HANDSHAKE_FIELD.opportunity} IN (${list}) ` +
        `AND ${HANDSHAKE_FIELD.outcome} = '${OUTCOME.pending}'`,
    );
    // What the org refuses shows in the next step, which it then refuses as well.
    await org.update(
      HANDSHAKE,
      pending.map(({ Id }) => ({ Id, [HANDSHAKE_FIELD.outcome]: OUTCOME.accepted })),
    );
  }
};
