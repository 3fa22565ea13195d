import { Injectable, Logger, ServiceUnavailableException } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { z } from 'zod';
import { serviceVersion } from '../telemetry/service-version.js';
import type { Probe, ProbeResult } from './probe.js';
import { Probes } from './probes.js';
import { Shutdown } from './shutdown.js';

const check = z.object({ status: z.enum(['up', 'down']), latencyMs: z.number() });

export const liveness = z.object({
  status: z.enum(['ok', 'error', 'shutting_down']),
  version: z.string(),
  /** Seconds. */
  uptime: z.int(),
});
export const readiness = liveness.extend({
  checks: z.object({ database: check, redis: check, queue: check.extend({ waiting: z.int().optional() }) }),
});
export const startup = liveness.extend({
  checks: z.object({ database: check, migrations: check.extend({ pending: z.int().optional() }) }),
});

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

  /** Whether requests should come here now. */
  async ready(): Promise<Report> {
    const { database, redis, queue } = this.probes;
    const report = await this.ask({ database, redis, queue });
    this.logChange(report);
    return this.shutdown.hasBegun ? { ...report, status: 'shutting_down' } : report;
  }

  /** Whether the process has come up at all. Redis is left out: a start without it succeeds. */
  async started(): Promise<Report> {
    const { database, migrations } = this.probes;
    return this.ask({ database, migrations });
  }

  private async ask(probes: Readonly<Record<string, Probe>>): Promise<Report> {
    const questions = Object.entries(probes).map(([name, probe]) => async () => ({ [name]: await probe.check() }));
    const { status, details } = await this.health.check(questions).catch(failedResult);
    return { ...this.live(), status: status === 'ok' ? 'ok' : 'error', checks: details as Record<string, ProbeResult> };
  }

  /** Probes come every few seconds: a line for each would hide the two that matter. */
  private logChange({ checks = {} }: Report): void {
    const down = Object.entries(checks).filter(([, { status }]) => status === 'down');
    const failing = down.map(([name]) => name).join(', ');
    if (failing === this.failing) return;

    this.failing = failing;
    if (failing === '') this.logger.log('Ready again.');
    else this.logger.warn(`Not ready: ${failing}.`);
  }
}

/** Terminus throws its bad news. */
function failedResult(error: unknown): HealthCheckResult {
  if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
  throw error;
}
