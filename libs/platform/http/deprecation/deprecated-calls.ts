import { metrics } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { callerOf } from '../../request/caller.js';

const NAMED_AGAIN_AFTER_MS = 3_600_000;
const MOST_CALLERS = 10_000;

/**
 * How many still call deprecated routes, and who. A metric with a label for each user would grow without end, so it knows the kind of caller
 * alone; each caller has a line in the log, once an hour for each route.
 */
export class DeprecatedCalls {
  private readonly counter = metrics.getMeter('http').createCounter('http.server.deprecated_calls', {
    description: 'Calls of deprecated routes, by route and kind of caller.',
  });
  /** When each caller of each route was named last. */
  private readonly named = new LRUCache<string, number>({ max: MOST_CALLERS });

  constructor(private readonly logger: Logger) {}

  note(request: FastifyRequest): void {
    const { method, routeOptions, principal } = request;
    const route = routeOptions.url ?? '';
    const caller = principal?.kind ?? 'anonymous';
    this.counter.add(1, { 'http.request.method': method, 'http.route': route, caller });

    // Who has shown no credentials has no name that would help.
    const who = principal ? callerOf(request) : caller;
    if (!this.isDue(`${method} ${route} ${who}`)) return;
    this.logger.info(
      { method, route, caller, user_id: principal?.id, api_key_id: principal?.apiKeyId },
      'a deprecated route was called',
    );
  }

  private isDue(key: string): boolean {
    const now = Date.now();
    if (now - (this.named.get(key) ?? -Infinity) < NAMED_AGAIN_AFTER_MS) return false;
    this.named.set(key, now);
    return true;
  }
}
