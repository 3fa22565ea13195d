import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { deriveKey } from '#platform/config/derived-key.js';
import { unavailable } from '#platform/kernel/errors/service-unavailable.js';
import { networkOf } from '#platform/request/network-of.js';
import type { SignInThrottle } from '../../application/passwords/sign-in-throttle.js';
import { SignInThrottled } from '../../domain/user.errors.js';
import { type Attempt, SignInAttemptCounters } from './sign-in-attempt-counters.js';

/** Counts in Redis, which sees neither e-mail nor network address, only MACs of them. Without Redis nobody may try a password: 503. */
@Injectable()
export class CountedSignInThrottle implements SignInThrottle {
  private readonly key: KeyObject;

  constructor(
    private readonly counters: SignInAttemptCounters,
    config: Config,
  ) {
    this.key = createSecretKey(deriveKey(config.APP_SECRET, 'sign-in-throttle'));
  }

  async begin(email: string, ipAddress: string | null): Promise<void> {
    const wait = await this.counters.count(this.attempt(email, ipAddress));
    if (wait === null) throw unavailable('redis');
    if (wait > 0) throw new SignInThrottled(undefined, { retryAfterSeconds: wait });
  }

  async succeeded(email: string, ipAddress: string | null): Promise<void> {
    await this.counters.succeeded(this.attempt(email, ipAddress));
  }

  /** The network's MAC covers the account, so that nobody can tell from Redis which accounts one network tries. */
  private attempt(email: string, ipAddress: string | null): Attempt {
    const network = ipAddress === null ? '' : networkOf(ipAddress);
    return { account: this.mac(email), network: this.mac(`${network} ${email}`) };
  }

  private mac(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}
