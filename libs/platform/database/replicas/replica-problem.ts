/** Why a standby is not read from, by a name that the public probes may show, and what to do. */
export const REPLICA_TEXTS = {
  REPLICA_UNAVAILABLE:
    'A standby of DATABASE_REPLICA_URL does not answer, so the primary is read from: see that it runs and takes this user.',
  REPLICA_BEHIND:
    'A standby of DATABASE_REPLICA_URL is further behind than DATABASE_REPLICA_MAX_LAG, so the primary is read from.',
  REPLICA_IS_NO_STANDBY:
    'DATABASE_REPLICA_URL leads to a Postgres that is no standby of DATABASE_URL, so the primary is read from.',
} as const;

export type ReplicaProblem = keyof typeof REPLICA_TEXTS;
