import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type BatchObservableResult, metrics } from '@opentelemetry/api';
import { Database, type Statement } from '../database/database.js';

/** Counting stops where the number no longer changes what anybody does about it. */
const COUNTED = 100_000;

const MEASURE: Statement = {
  name: 'jobs.measure-backlog',
  text: `SELECT (SELECT count(*) FROM (SELECT FROM jobs LIMIT ${COUNTED}) AS open) AS open,
                (SELECT count(*) FROM (SELECT FROM dead_letters LIMIT ${COUNTED}) AS dead) AS dead,
                coalesce((SELECT extract(epoch FROM now() - created_at) FROM jobs ORDER BY id LIMIT 1), 0)::float8 AS age`,
};

/** How much work waits and for how long, read from Postgres, where all of it is, once in each export. */
@Injectable()
export class Backlog implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly meter = metrics.getMeter('jobs');
  private readonly open = this.meter.createObservableGauge('job.open', { description: 'Jobs that are not done yet.' });
  private readonly age = this.meter.createObservableGauge('job.oldest_age', { unit: 's', description: 'Age of the oldest open job.' });
  private readonly dead = this.meter.createObservableGauge('job.dead_letters', { description: 'Jobs given up and not yet looked at.' });

  private readonly gauges = [this.open, this.age, this.dead];

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.meter.addBatchObservableCallback(this.observe, this.gauges);
  }

  onApplicationShutdown(): void {
    this.meter.removeBatchObservableCallback(this.observe, this.gauges);
  }

  private readonly observe = async (result: BatchObservableResult): Promise<void> => {
    const [row] = await this.database.query<{ open: number; dead: number; age: number }>(MEASURE);
    if (!row) return;
    result.observe(this.open, row.open);
    result.observe(this.dead, row.dead);
    result.observe(this.age, row.age);
  };
}
