export type AuditEvent = Readonly<{
  /** `thing.what-happened`, such as `role.changed`. */
  type: `${string}.${string}`;
  /** Who did it: the caller of the request, unless said otherwise. Null when it is not known. */
  actorId?: string | null;
  /** The id of what it was done to. */
  subjectId?: string | null;
  /** Ids, names of roles and permissions, codes: nothing that tells who a person is, and no secrets. */
  details?: Readonly<Record<string, string | number | readonly string[]>>;
}>;

/** Remembers who did what, when and from where. */
export abstract class Audit {
  /** Joins the caller's transaction: recorded if and only if that commits. */
  abstract record(...events: readonly AuditEvent[]): Promise<void>;

  /**
   * For what strangers can cause as often as they like, such as a failed sign-in. Returns at once and never fails;
   * repetitions within a minute are counted, not listed, so that a flood of requests is no flood of rows.
   */
  abstract recordCoalesced(event: AuditEvent): void;
}
