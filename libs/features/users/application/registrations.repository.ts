import type { Registration } from '../domain/registration.js';
import type { User } from '../domain/user.js';

export abstract class RegistrationsRepository {
  abstract add(registration: Registration): Promise<void>;

  abstract findById(id: string): Promise<Registration | null>;

  /** The latest attempt for an address, whether or not its time is over. */
  abstract findLatest(email: string): Promise<Registration | null>;

  /**
   * Stores the user that `admit` makes of the registration, and removes every registration of the address: one transaction.
   * If `admit` throws, nothing is written. Of many at once, one succeeds.
   * @throws EmailTokenInvalid when there is no such registration (any more)
   * @throws EmailTaken
   */
  abstract confirm(id: string, admit: (registration: Registration) => User): Promise<User>;

  abstract remove(id: string): Promise<void>;
}
