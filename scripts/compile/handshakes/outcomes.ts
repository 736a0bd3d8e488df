/** What becomes of a handshake. */
export const OUTCOME = {
  pending: 'Pending',
  accepted: 'Accepted',
  rejected: 'Rejected',
  /** The opportunity left the stage before anybody answered. */
  withdrawn: 'Withdrawn',
} as const;

export const HANDSHAKE_OUTCOMES: readonly string[] = Object.values(OUTCOME);
