import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../kernel/clock.js';
import type { Session } from './session.js';

/** When sessions end by themselves, and how long a replaced refresh token is forgiven. */
@Injectable()
export class SessionLifetimes {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  /** The absolute end of a session that begins now. */
  lastEnd(): Date {
    return this.fromNow(this.config.AUTH_REFRESH_TTL);
  }

  /** A session that was not refreshed after this moment has been idle for too long. */
  idleSince(): Date {
    return this.fromNow(-this.config.AUTH_REFRESH_IDLE_TTL);
  }

  isOpen({ endedAt, expiresAt, rotatedAt }: Session): boolean {
    return endedAt === null && expiresAt > this.now() && rotatedAt > this.idleSince();
  }

  /** A leeway of 0 forgives nothing, not even within the same millisecond. */
  isJustRotated({ rotatedAt }: Session): boolean {
    return rotatedAt > this.fromNow(-this.config.AUTH_REFRESH_LEEWAY);
  }

  /** Seconds in which the session has to be refreshed, or it ends. */
  refreshExpiresIn({ expiresAt }: Session): number {
    const untilLastEnd = Math.floor((expiresAt.getTime() - this.now().getTime()) / 1000);
    // A session that ends between the refresh and its answer has none left.
    return Math.max(0, Math.min(this.config.AUTH_REFRESH_IDLE_TTL, untilLastEnd));
  }

  private fromNow(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }
}
