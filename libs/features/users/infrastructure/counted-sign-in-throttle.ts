import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { ServiceUnavailable } from '#platform/http/http.errors.js';
import { type Guess, GuessingCounters } from '#platform/http/rate-limit/guessing-counters.js';
import { networkOf } from '#platform/http/rate-limit/network-of.js';
import type { SignInThrottle } from '../application/sign-in-throttle.js';
import { SignInThrottled } from '../domain/user.errors.js';

/** Redis sees neither e-mail nor network address, only MACs of them. */
@Injectable()
export class CountedSignInThrottle implements SignInThrottle {
  private readonly key: KeyObject;

  constructor(
    private readonly counters: GuessingCounters,
    config: Config,
  ) {
    this.key = createSecretKey(Buffer.from(hkdfSync('sha256', config.APP_SECRET, '', 'sign-in-throttle', 32)));
  }

  async begin(email: string, ipAddress: string | null): Promise<void> {
    const wait = await this.counters.attempt(this.guess(email, ipAddress));
    if (wait === null) throw new ServiceUnavailable();
    if (wait > 0) throw new SignInThrottled(undefined, { retryAfterSeconds: wait });
  }

  async succeeded(email: string, ipAddress: string | null): Promise<void> {
    await this.counters.succeeded(this.guess(email, ipAddress));
  }

  private guess(email: string, ipAddress: string | null): Guess {
    const network = ipAddress === null ? '' : networkOf(ipAddress);
    return { target: this.mac(email), origin: this.mac(`${network} ${email}`) };
  }

  private mac(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}
