import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Transaction } from '../../kernel/transaction.js';
import { IdempotencyKeyInUse, IdempotencyKeyReused } from './idempotency.errors.js';
import { fingerprintOf, idempotencyKeyOf } from './idempotency-key.js';
import { type StoredAnswer, StoredAnswers } from './stored-answers.js';

const RETRY_AFTER_SECONDS = 1;

/**
 * Runs the use case, and stores its answer under the request's key, in one transaction: either both are there or neither,
 * so a crash at any moment is answered by the retry. Failures roll back and are not stored.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly transaction: Transaction,
    private readonly answers: StoredAnswers,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return from(this.once(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), next));
  }

  private async once(request: FastifyRequest, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const principalId = request.principal?.id;
    if (principalId === undefined) throw new Error('Idempotent routes need a principal.');
    const key = idempotencyKeyOf(request);
    const fingerprint = fingerprintOf(request);

    const { stored, result } = await this.transaction.run(async () => {
      const [isLocked, stored] = await this.answers.lockAndFind(principalId, key);
      if (!isLocked) throw new IdempotencyKeyInUse(undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
      if (stored) return { stored, result: undefined };

      const result: unknown = await lastValueFrom(next.handle());
      await this.answers.add(principalId, key, { fingerprint, ...answerOf(reply, result) });
      return { stored: null, result };
    });
    return stored ? replay(reply, stored, fingerprint) : result;
  }
}

/** What the answer to `result` will be, rendered as Fastify is going to render it. */
function answerOf(reply: FastifyReply, result: unknown): Omit<StoredAnswer, 'fingerprint'> {
  const { location, etag } = reply.routeOptions.config.returns ?? {};
  const headers = { ...(location && { location: location(result) }), ...(etag && { etag: `"${etag(result)}"` }) };
  return {
    status: reply.statusCode,
    headers,
    body: reply.serializeInput({ data: result }, String(reply.statusCode)) as string,
  };
}

/** A string passes Fastify's serialization untouched. */
function replay(reply: FastifyReply, stored: StoredAnswer, fingerprint: Buffer): string {
  if (!fingerprint.equals(stored.fingerprint)) throw new IdempotencyKeyReused();
  void reply
    .headers(stored.headers)
    .header('idempotency-replayed', 'true')
    .type('application/json; charset=utf-8')
    .code(stored.status);
  return stored.body;
}
