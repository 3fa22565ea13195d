import type { Registration, Renewal } from '../../domain/registration.js';

export abstract class RegistrationsRepository {
  abstract add(registration: Registration): Promise<void>;

  abstract findById(id: string): Promise<Registration | null>;

  /** The latest attempt for an address, whether or not its time is over. */
  abstract findLatest(email: string): Promise<Registration | null>;

  /** Adds another attempt like the one that waits for the address, `contested` if the address is; nothing when none waits any more. */
  abstract renew(email: string, renewal: Renewal): Promise<void>;

  /** Earlier attempts for the same address that began after `since`. */
  abstract countBefore(registration: Registration, since: Date): Promise<number>;

  /**
   * Removes every attempt for the address of this one, and returns this one, `contested` if the address was. Of many at once, one
   * succeeds. Joins the caller's transaction.
   * @throws EmailTokenInvalid when there is no such registration (any more)
   */
  abstract take(id: string): Promise<Registration>;
}
