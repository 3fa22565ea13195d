import type { PasswordHasher } from '../application/password-hasher.js';

/** Costs nothing and keeps no secret. */
export class PlainPasswordHasher implements PasswordHasher {
  async hash(password: string): Promise<string> {
    return `hash of ${password}`;
  }

  async isRight(password: string, hash: string | null): Promise<boolean> {
    return hash === `hash of ${password}` || hash === `old hash of ${password}`;
  }

  isOutdated(hash: string): boolean {
    return hash.startsWith('old ');
  }
}
