import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database, type Statement } from '../../database/database.js';
import { Clock } from '../../kernel/clock.js';
import { Loop } from '../../kernel/loop.js';

const REMEMBERED_KEYS = 10_000;
const ONCE_IN_MS = 60_000;
const WRITE_EVERY_MS = 1_000;

/** Other processes write too: whichever comes first speaks for the minute. */
const WRITE_USES: Statement = {
  name: 'access.write-api-key-uses',
  text: `UPDATE api_keys SET last_used_at = used.at FROM unnest($1::uuid[], $2::timestamptz[]) AS used (id, at)
    WHERE api_keys.id = used.id AND (last_used_at IS NULL OR last_used_at <= used.at - interval '1 minute')`,
};

/** Remembers when a key was used last, once a minute at most and never while a request waits. */
@Injectable()
export class ApiKeyUsage implements OnModuleInit, OnModuleDestroy {
  private readonly noted = new LRUCache<string, number>({ max: REMEMBERED_KEYS });
  private readonly unwritten = new Map<string, Date>();
  private readonly writing = new Loop({
    name: 'Writing when API keys were last used',
    work: () => this.write(),
    restMs: WRITE_EVERY_MS,
    logger: new Logger(ApiKeyUsage.name),
  });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    void this.writing.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.writing.stop();
    await this.write();
  }

  note(keyId: string): void {
    const now = this.clock.now();
    const lastNoted = this.noted.get(keyId);
    if (lastNoted !== undefined && now.getTime() - lastNoted < ONCE_IN_MS) return;

    this.noted.set(keyId, now.getTime());
    this.unwritten.set(keyId, now);
  }

  async write(): Promise<void> {
    if (this.unwritten.size === 0) return;

    const uses = [...this.unwritten];
    await this.database.query(WRITE_USES, [uses.map(([id]) => id), uses.map(([, at]) => at)]);
    for (const [id, at] of uses) if (this.unwritten.get(id) === at) this.unwritten.delete(id);
  }
}
