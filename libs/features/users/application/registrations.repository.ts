import type { Registration, Renewal } from '../domain/registration.js';

export abstract class RegistrationsRepository {
  abstract add(registration: Registration): Promise<void>;

  /**
   * Adds another attempt like the one that waits for the address, or nothing when none does. When attempts with different
   * passwords wait, nobody knows whose is the owner's: then it has neither password nor name.
   */
  abstract renew(email: string, renewal: Renewal): Promise<void>;

  abstract findById(id: string): Promise<Registration | null>;

  /** Earlier attempts for the same address that began after `since`. */
  abstract countBefore(registration: Registration, since: Date): Promise<number>;

  /**
   * Removes every attempt for the address of this one, and returns this one. Of many at once, one succeeds. Joins the caller's transaction.
   * @throws EmailTokenInvalid when there is no such registration (any more)
   */
  abstract take(id: string): Promise<Registration>;
}
