import { Injectable, Logger, ServiceUnavailableException } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { z } from 'zod';
import { Shutdown } from '../process/shutdown.js';
import { serviceVersion } from '../telemetry/service-version.js';
import type { Probe, ProbeResult } from './probe.js';
import { Probes } from './probes.js';

const check = z.object({ status: z.enum(['up', 'down']), latencyMs: z.number() });
/** Once at head it stays up: migrations go forward only. */
const migrations = check.extend({ pending: z.int().optional() });

export const liveness = z.object({
  status: z.enum(['ok', 'error', 'shutting_down']),
  version: z.string(),
  /** Seconds. */
  uptime: z.int(),
});
export const readiness = liveness.extend({
  checks: z.object({ database: check, redis: check, queue: check.extend({ waiting: z.int().optional() }), migrations }),
});
export const startup = liveness.extend({
  checks: z.object({ database: check, migrations }),
});

const ADVICE: Readonly<Record<string, string>> = {
  database: 'No connection to the database: see that Postgres runs and that DATABASE_URL leads to it.',
  redis: 'No connection to Redis: see that it runs and that REDIS_URL leads to it.',
  migrations: 'Migrations are behind: run `npm run db:migrate`.',
};
/** Dependency of each check: when it is down too, only it is reported. */
const DEPENDENCIES: Readonly<Record<string, string>> = { queue: 'redis', migrations: 'database' };

export type Report = z.infer<typeof liveness> & Readonly<{ checks?: Record<string, ProbeResult> }>;

/** What the probes of an orchestrator are told. Names and numbers only: the routes are public. */
@Injectable()
export class HealthReports {
  private readonly logger = new Logger('Health');
  private failing = '';

  constructor(
    private readonly health: HealthCheckService,
    private readonly probes: Probes,
    private readonly shutdown: Shutdown,
  ) {}

  /** About the process alone: restarting it mends no database. */
  live(): Report {
    return { status: 'ok', version: serviceVersion, uptime: Math.floor(process.uptime()) };
  }

  /** Whether requests should come here now: never before the process has started. */
  async ready(): Promise<Report> {
    const { database, redis, queue, migrations } = this.probes;
    const report = await this.ask({ database, redis, queue, migrations });
    this.logChange(report);
    return this.shutdown.hasBegun ? { ...report, status: 'shutting_down' } : report;
  }

  /** Whether the process has come up at all. Redis is left out: a start without it succeeds. */
  async started(): Promise<Report> {
    const { database, migrations } = this.probes;
    return this.ask({ database, migrations });
  }

  /** For the log of a start: what is missing from the beginning stands in one line, above what follows from it. */
  async logWhatIsMissing(): Promise<void> {
    this.logChange(await this.started());
  }

  private async ask(probes: Readonly<Record<string, Probe>>): Promise<Report> {
    const questions = Object.entries(probes).map(([name, probe]) => async () => ({ [name]: await probe.check() }));
    const { status, details } = await this.health.check(questions).catch(failedResult);
    return { ...this.live(), status: status === 'ok' ? 'ok' : 'error', checks: details as Record<string, ProbeResult> };
  }

  /** Probes come every few seconds: a line for each would hide the two that matter. */
  private logChange({ checks = {} }: Report): void {
    const failing = Object.keys(checks).filter((name) => checks[name]?.status === 'down').sort();
    if (failing.join() === this.failing) return;

    this.failing = failing.join();
    if (failing.length === 0) this.logger.log('Ready.');
    else this.logger.warn(`Not ready, and trying on: ${whatToDo(failing)}`);
  }
}

function whatToDo(failing: readonly string[]): string {
  const causes = failing.filter((name) => !failing.includes(DEPENDENCIES[name] ?? ''));
  return causes.map((name) => ADVICE[name] ?? `${name} is down.`).join(' ');
}

/** Terminus throws when a check is down; the exception carries the result. */
function failedResult(error: unknown): HealthCheckResult {
  if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
  throw error;
}
