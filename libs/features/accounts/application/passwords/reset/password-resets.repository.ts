import type { PasswordReset } from '../../../domain/password-reset.js';

export abstract class PasswordResetsRepository {
  abstract add(reset: PasswordReset): Promise<void>;

  abstract findById(id: string): Promise<PasswordReset | null>;

  /** Those of the same address that were asked for before this one and whose links still work. */
  abstract countOpenBefore(reset: PasswordReset, now: Date): Promise<number>;

  abstract remove(id: string): Promise<void>;

  /**
   * Removes every reset of the address and runs `work`, in one transaction. If `work` throws, nothing is written.
   * With an id, of many at once one succeeds.
   * @throws ResetTokenInvalid when the reset with this id is not among them (any more)
   */
  abstract closeAll<T>(email: string, id: string | null, work: () => Promise<T>): Promise<T>;
}
