import { Injectable, Logger, ServiceUnavailableException } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { z } from 'zod';
import { DATABASE_PROBLEMS, type DatabaseProblem, databaseTextOf } from '../database/health/database-problem.js';
import { Shutdown } from '../kernel/shutdown.js';
import { adviceOf, REDIS_PROBLEMS, type RedisProblem } from '../redis/connection/redis-problem.js';
import { serviceVersion } from '../telemetry/service-version.js';
import type { Probe, ProbeResult } from './probe.js';
import { Probes } from './probes.js';

/** Degraded works, and should be mended all the same. */
const check = z.object({ status: z.enum(['up', 'degraded', 'down']), latencyMs: z.number() });
const UP: z.infer<typeof check> = { status: 'up', latencyMs: 0.8 };
/** `code` says what is wrong, for machines. */
const checkWith = (codes: [string, ...string[]]) => check.extend({ code: z.enum(codes).optional() });
const database = checkWith(DATABASE_PROBLEMS).meta({ id: 'DatabaseCheck', examples: [UP] });
const redis = checkWith(REDIS_PROBLEMS).meta({ id: 'RedisCheck', examples: [UP] });
/** Once at head it stays up: migrations go forward only. */
const migrations = checkWith(['MIGRATIONS_PENDING'])
  .extend({ pending: z.int().optional() })
  .meta({ id: 'MigrationsCheck', examples: [UP] });
/** `waiting`: jobs that are not done, counted in Postgres up to 10,000. */
const queue = check
  .extend({ waiting: z.int().optional() })
  .meta({ id: 'QueueCheck', examples: [{ ...UP, waiting: 3 }] });

export const liveness = z
  .object({
    status: z.enum(['ok', 'degraded', 'error', 'shutting_down']),
    version: z.string().meta({ examples: ['1.4.0'] }),
    /** Seconds. */
    uptime: z.int().meta({ examples: [86_400] }),
  })
  .meta({ id: 'Liveness' });
export const readiness = liveness
  .extend({
    checks: z.object({ database, redis, queue, migrations }).meta({ id: 'ReadinessChecks' }),
  })
  .meta({ id: 'Readiness' });
export const startup = liveness
  .extend({
    checks: z.object({ database, migrations }).meta({ id: 'StartupChecks' }),
  })
  .meta({ id: 'Startup' });

const ADVICE: Readonly<Record<string, (result: ProbeResult) => string>> = {
  database: ({ code }) => databaseTextOf((code ?? 'DATABASE_UNAVAILABLE') as DatabaseProblem),
  redis: ({ code }) => adviceOf((code ?? 'REDIS_UNAVAILABLE') as RedisProblem),
  migrations: () => 'Migrations are behind: run `npm run db:migrate`.',
};
/** Dependencies of each check: when one of them is down too, only that is reported. */
const DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  queue: ['database', 'migrations'],
  migrations: ['database'],
};

export type Report = z.infer<typeof liveness> & Readonly<{ checks?: Record<string, ProbeResult> }>;

/** What the probes of an orchestrator are told. Names and numbers only: the routes are public. */
@Injectable()
export class HealthReports {
  private readonly logger = new Logger('Health');
  private state = '';

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
    return {
      ...this.live(),
      status: status === 'ok' || status === 'degraded' ? status : 'error',
      checks: details as Record<string, ProbeResult>,
    };
  }

  /** Probes come every few seconds: a line for each would hide the two that matter. */
  private logChange({ checks = {} }: Report): void {
    const wrong = causesIn(checks);
    const state = wrong.map(([name, { status, code }]) => `${name} ${status} ${code}`).join();
    if (state === this.state) return;

    this.state = state;
    const isDown = wrong.some(([, { status }]) => status === 'down');
    if (wrong.length === 0) this.logger.log('Ready.');
    else this.logger.warn(`${isDown ? 'Not ready, and trying on' : 'Ready, but to be mended'}: ${whatToDo(wrong)}`);
  }
}

/** What is wrong, less what is so only because something else is. */
function causesIn(checks: Readonly<Record<string, ProbeResult>>): [string, ProbeResult][] {
  const wrong = Object.entries(checks)
    .filter(([, { status }]) => status !== 'up')
    .sort();
  const names = wrong.map(([name]) => name);
  return wrong.filter(([name]) => !DEPENDENCIES[name]?.some((dependency) => names.includes(dependency)));
}

function whatToDo(causes: readonly [string, ProbeResult][]): string {
  return causes.map(([name, result]) => ADVICE[name]?.(result) ?? `${name} is ${result.status}.`).join(' ');
}

/** Terminus throws when a check is down; the exception carries the result. */
function failedResult(error: unknown): HealthCheckResult {
  if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
  throw error;
}
