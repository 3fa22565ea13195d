import { Injectable } from '@nestjs/common';
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { Log } from '../../logging/log.js';
import { withLogFields } from '../../logging/log-context.js';
import { inSpan } from '../../telemetry/trace-context.js';
import { type Delivery, JobNotClaimed, type Outcome, type Run } from './job-transaction.js';

/**
 * `failed`: it will be tried again. `returned`: the worker is stopping, another one takes it.
 * `postponed`: Postgres is away, which others report.
 */
type Observed = Outcome | 'failed' | 'returned' | 'postponed';

/** What comes with a delivery. No name: Redis has lost it, and there is no row to ask. */
export type Carried = Readonly<{ name: string | undefined; traceparent: string | null }>;
const UNKNOWN = 'unknown';

const LEVELS = {
  done: 'info',
  skipped: 'info',
  returned: 'info',
  held: 'debug',
  full: 'debug',
  unknown: 'debug',
  postponed: 'debug',
  failed: 'warn',
  dead: 'error',
} as const satisfies Record<Observed, string>;

/** One span, one log line and one histogram value for each run of a job. */
@Injectable()
export class JobTelemetry {
  private readonly duration = metrics.getMeter('jobs').createHistogram('job.duration', {
    unit: 's',
    description: 'Time a job took, by outcome.',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] },
  });

  constructor(private readonly log: Log) {}

  /**
   * Runs `work` as a part of the trace that enqueued the job, and passes on what it returns or throws.
   */
  observe(delivery: Delivery, { name = UNKNOWN, traceparent }: Carried, work: () => Promise<Run>): Promise<Run> {
    const { id, attempt } = delivery;
    const attributes = { 'job.name': name, 'job.id': id, 'job.attempt': attempt };

    return inSpan(`job ${name}`, { kind: SpanKind.CONSUMER, attributes, traceparent }, () =>
      withLogFields({ job: name, job_id: id, attempt }, () => this.report(delivery, name, work)),
    );
  }

  private async report({ signal }: Delivery, name: string, work: () => Promise<Run>): Promise<Run> {
    const startedAt = performance.now();
    const end = (outcome: Observed, error?: unknown) => {
      const milliseconds = performance.now() - startedAt;
      const span = trace.getActiveSpan()?.setAttribute('job.outcome', outcome);
      if (error !== undefined) span?.setStatus({ code: SpanStatusCode.ERROR });
      this.duration.record(milliseconds / 1000, { 'job.name': name, 'job.outcome': outcome });
      this.log[LEVELS[outcome]](
        { job: name, outcome, duration_ms: Math.round(milliseconds * 10) / 10, err: error },
        'job',
      );
    };
    try {
      const run = await work();
      end(run.outcome, run.error);
      return run;
    } catch (error) {
      end(outcomeOf(error, signal), error);
      throw error;
    }
  }
}

function outcomeOf(error: unknown, signal: AbortSignal) {
  if (error instanceof JobNotClaimed) return 'postponed';
  return signal.aborted ? 'returned' : 'failed';
}
