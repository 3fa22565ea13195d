import type { PasswordHasher, PasswordMatch } from '../application/passwords/password-hasher.js';

/** Costs nothing and keeps no secret. */
export class PlainPasswordHasher implements PasswordHasher {
  async hash(password: string): Promise<string> {
    return `hash of ${password}`;
  }

  async compare(password: string, hash: string | null): Promise<PasswordMatch> {
    if (hash === `hash of ${password}`) return 'right';
    return hash === `old hash of ${password}` ? 'outdated' : 'wrong';
  }
}
