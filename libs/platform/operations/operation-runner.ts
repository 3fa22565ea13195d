import { Injectable } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { Database } from '../database/database.js';
import { backoffMs } from '../kernel/backoff.js';
import { AppError } from '../kernel/errors/app-error.js';
import type { OperationResult } from '../kernel/operations/operation-definition.js';
import { OperationFailed, type OperationProblem } from '../kernel/operations/operations.js';
import { Log } from '../logging/log.js';
import { withLogFields } from '../logging/log-context.js';
import { inSpan } from '../telemetry/trace-context.js';
import { HeldOperation, OperationCancelled } from './held-operation.js';
import { OperationHandlers } from './operation-handlers.js';
import { type Claimed, LeaseLost, OperationLeases } from './operation-leases.js';

const DEFAULT_ATTEMPTS = 5;
const DEFAULT_TIMEOUT_SECONDS = 3_600;
const BACKOFF = { firstMs: 2_000, longestMs: 3_600_000 };

/** In the storage. */
export const folderOf = (id: string): string => `operations/${id}`;

/** How loud the line about a run is. */
const LEVELS = {
  succeeded: 'info',
  cancelled: 'info',
  returned: 'info',
  retried: 'warn',
  lost: 'warn',
  failed: 'error',
} as const;

type Outcome = keyof typeof LEVELS;

/** Runs one operation after the other, each under a lease, until its end or the next worker's turn. */
@Injectable()
export class OperationRunner {
  constructor(
    private readonly database: Database,
    private readonly leases: OperationLeases,
    private readonly handlers: OperationHandlers,
    private readonly log: Log,
  ) {}

  /** True when there was one. @param stopping aborted when this worker must stop */
  async runNext(stopping: AbortSignal): Promise<boolean> {
    if (stopping.aborted || this.handlers.kinds.length === 0) return false;

    const claimed = await this.leases.claim(this.handlers.kinds);
    if (!claimed) return false;

    const { id, kind, run, traceparent } = claimed;
    const attributes = { 'operation.kind': kind, 'operation.id': id, 'operation.run': run };
    await inSpan(`operation ${kind}`, { kind: SpanKind.CONSUMER, attributes, traceparent }, () =>
      withLogFields({ operation: kind, operation_id: id, run }, () => this.observe(claimed, stopping)),
    );
    return true;
  }

  private async observe(claimed: Claimed, stopping: AbortSignal): Promise<void> {
    const startedAt = performance.now();
    const lease = new HeldOperation(this.leases, claimed);
    let failure: unknown;
    let outcome: Outcome;
    try {
      await this.run(claimed, lease, stopping);
      outcome = 'succeeded';
    } catch (error) {
      failure = error;
      outcome = await this.endOrLeave(claimed, error, stopping);
    } finally {
      lease.release();
    }
    const level = LEVELS[outcome];
    const duration_ms = Math.round(performance.now() - startedAt);
    this.log[level](
      { operation: claimed.kind, outcome, duration_ms, ...(level !== 'info' && { err: failure }) },
      'operation',
    );
  }

  private async run(claimed: Claimed, lease: HeldOperation, stopping: AbortSignal): Promise<void> {
    const handler = this.handlers.find(claimed.kind);
    const { operation } = handler;
    if (claimed.attempts > (operation.attempts ?? DEFAULT_ATTEMPTS))
      throw new OperationFailed(undefined, { cause: 'Too many workers ended while they were at it.' });

    const { id, ownerId, run } = claimed;
    const timeout = AbortSignal.timeout((operation.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1_000);
    const signal = AbortSignal.any([lease.signal, stopping, timeout]);
    const result: OperationResult = await untilAborted(signal, () =>
      handler.run(operation.input.parse(claimed.input), {
        id,
        ownerId,
        run,
        keyOf: (name) => `${folderOf(id)}/${name}`,
        checkpoint: claimed.checkpoint === null ? null : operation.checkpoint.parse(claimed.checkpoint),
        signal,
        report: (percent, checkpoint) => lease.report(Math.floor(Math.min(99, Math.max(0, percent))), checkpoint),
      }),
    );
    await this.database.transaction(async () => {
      await handler.finish?.(result, { id, ownerId });
      await this.leases.end(claimed, { status: 'succeeded', result });
    });
  }

  /** Never throws: what cannot be written now is found by the next worker, when the lease is over. */
  private async endOrLeave(claimed: Claimed, error: unknown, stopping: AbortSignal): Promise<Outcome> {
    const { attempts = DEFAULT_ATTEMPTS } = this.handlers.find(claimed.kind).operation;
    try {
      if (error instanceof LeaseLost) return 'lost';
      if (error instanceof OperationCancelled) {
        await this.leases.end(claimed, { status: 'cancelled' });
        return 'cancelled';
      }
      if (stopping.aborted) {
        await this.leases.leave(claimed, 0, false);
        return 'returned';
      }
      if (error instanceof AppError || claimed.attempts >= attempts) {
        await this.leases.end(claimed, { status: 'failed', problem: problemOf(error) });
        return 'failed';
      }
      await this.leases.leave(claimed, backoffMs(BACKOFF, claimed.attempts) / 1_000, true);
      return 'retried';
    } catch {
      return 'lost';
    }
  }
}

/** Does not wait for a handler that takes no notice of its signal. @throws the reason of the abort */
function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    else work().then(resolve, reject);
  });
}

function problemOf(error: unknown): OperationProblem {
  const { definition, message } = error instanceof AppError ? error : new OperationFailed();
  return { code: definition.code, title: definition.title, detail: message };
}
