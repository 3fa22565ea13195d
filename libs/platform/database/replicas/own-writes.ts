import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { currentRequest } from '../../request/current-request.js';

/** After a failure nobody waits for Redis, so that a frozen one slows nothing down. */
const PAUSE_MS = 1_000;
const isReading = ({ method }: Pick<FastifyRequest, 'method'>): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method);

const keyOf = (userId: string): string => `own-writes:${userId}`;

/**
 * Who has changed something so lately that a standby may not know of it: they read from the primary. Noted in Redis, because their next
 * request may reach another process. Without Redis, or with one that may have lost notes, everybody counts as such a one.
 */
export class OwnWrites {
  private readonly logger = new Logger('Database');
  /** Performance time. A Redis that has just been found may be another one, or an empty one. */
  private foundAt = Number.POSITIVE_INFINITY;
  private pausedUntil = 0;

  /** `maxLagMs`: how far behind a standby may be that is read from. */
  constructor(
    private readonly redis: Redis,
    private readonly maxLagMs: number,
  ) {
    // The last is a cluster's, whose nodes come and go.
    for (const event of ['ready', '+node', '-node']) redis.on(event, () => (this.foundAt = performance.now()));
    redis.on('close', () => (this.foundAt = Number.POSITIVE_INFINITY));
  }

  /** To be awaited after the commit and before the answer. Never rejects. */
  async note(userId: string): Promise<void> {
    await this.ask((redis) => redis.set(keyOf(userId), '', 'PX', this.maxLagMs));
  }

  /** Whether a standby may miss something that the caller has done. Work without a request has no caller. */
  async mayBeMissing(): Promise<boolean> {
    const request = currentRequest();
    if (!request) return false;
    if (!isReading(request)) return true;
    if (!request.principal) return false;
    if (performance.now() - this.foundAt < this.maxLagMs || this.foundAt === Number.POSITIVE_INFINITY) return true;

    const { id } = request.principal;
    return (await this.ask((redis) => redis.exists(keyOf(id)))) !== 0;
  }

  private async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T | null> {
    if (performance.now() < this.pausedUntil) return null;
    try {
      return await question(this.redis);
    } catch (error) {
      this.pausedUntil = performance.now() + PAUSE_MS;
      this.logger.warn(`Nobody knows who has just written, so the primary is read from: ${(error as Error).message}`);
      return null;
    }
  }
}

/** Every request that may have changed something, before anybody is told how it ended: their next one then finds it. */
export function noteWrites(fastify: FastifyInstance, ownWrites: OwnWrites): void {
  fastify.addHook('onSend', async (request) => {
    if (!isReading(request) && request.principal) await ownWrites.note(request.principal.id);
  });
}
