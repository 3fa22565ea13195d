import { defineError } from './errors/app-error.js';

export const LockHeld = defineError({
  kind: 'conflict',
  code: 'LOCK_HELD',
  title: 'This is being done already',
  help: 'Somebody else is doing it at the moment. Try again when they are done.',
});

export const LockLost = defineError({
  kind: 'unavailable',
  code: 'LOCK_LOST',
  title: 'This could not be done by one alone',
  help: 'It took a break that was too long, and somebody else may do it now. Look at what has become of it, then try again.',
});

/** The right to be the only one, for a while. */
export type Lease = Readonly<{
  /** Higher than that of every earlier holder of the key: hand it to another system, and let that refuse lower ones (a fencing token). */
  token: number;
  /** Aborted with LockLost before anybody else can hold the lock. Without effect while the event loop is blocked: then ask `throwIfLost`. */
  signal: AbortSignal;
  /** Looks at the clock, so it is right after any pause of the process. @throws LockLost */
  throwIfLost(): void;
  /**
   * Inside a transaction: until it ends nobody else gets the lock, however long the process pauses, so what it commits is the work of the
   * only holder. @throws LockLost when its time was over already, or somebody else has had it
   */
  fence(): Promise<void>;
}>;

export type LockOptions = Readonly<{
  /** Between a holder's death and the next one, 0.5 to 600, default 15. It is no limit for the work: the lease is renewed. */
  leaseSeconds?: number;
  /** How long to wait for somebody else to be done, default 0. Who waits is served in no order. */
  waitSeconds?: number;
}>;

/** At most one holder of a key over all processes, and none for longer than its lease when it dies. */
export abstract class Locks {
  /**
   * Runs `work` while it holds the lock. Not inside a transaction, which would hide the lock from others, and not inside itself.
   * What the lock protects in this database belongs behind `lease.fence()`, what it protects elsewhere behind `lease.token`: a signal alone
   * stops nobody who does not look.
   * @param key visible ASCII, at most 200 characters, such as `orders.export:7`
   * @throws LockHeld; LockLost also when the work is done, but did not end in time; what `work` throws
   */
  abstract run<T>(key: string, work: (lease: Lease) => Promise<T>, options?: LockOptions): Promise<T>;
}
