import type { SignInThrottle } from '../application/passwords/sign-in-throttle.js';
import { SignInThrottled } from '../domain/user.errors.js';

/** Remembers what it was told, and refuses when the test says so. */
export class RecordedSignInThrottle implements SignInThrottle {
  readonly begun: [email: string, ipAddress: string | null][] = [];
  readonly successes: [email: string, ipAddress: string | null][] = [];
  isRefusing = false;

  async begin(email: string, ipAddress: string | null): Promise<void> {
    this.begun.push([email, ipAddress]);
    if (this.isRefusing) throw new SignInThrottled(undefined, { retryAfterSeconds: 7 });
  }

  async succeeded(email: string, ipAddress: string | null): Promise<void> {
    this.successes.push([email, ipAddress]);
  }
}
