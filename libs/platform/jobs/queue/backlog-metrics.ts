import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type BatchObservableResult, metrics } from '@opentelemetry/api';
import { QueueState } from './queue-state.js';

/** How much work waits and for how long, measured once in each export. */
@Injectable()
export class BacklogMetrics implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly meter = metrics.getMeter('jobs');
  private readonly open = this.meter.createObservableGauge('job.open', { description: 'Jobs that are not done yet.' });
  // What deploy/kubernetes scales workers by.
  private readonly due = this.meter.createObservableGauge('job.due', {
    description: 'Open jobs that need not wait for their time.',
  });
  private readonly age = this.meter.createObservableGauge('job.oldest_age', {
    unit: 's',
    description: 'Age of the oldest open job.',
  });
  private readonly dead = this.meter.createObservableGauge('job.dead_letters', {
    description: 'Jobs given up and not yet looked at.',
  });

  private readonly gauges = [this.open, this.due, this.age, this.dead];

  constructor(private readonly queueState: QueueState) {}

  onApplicationBootstrap(): void {
    this.meter.addBatchObservableCallback(this.observe, this.gauges);
  }

  onApplicationShutdown(): void {
    this.meter.removeBatchObservableCallback(this.observe, this.gauges);
  }

  private readonly observe = async (result: BatchObservableResult): Promise<void> => {
    const { open, due, oldestAgeSeconds, deadLetters } = await this.queueState.backlog();
    result.observe(this.open, open);
    result.observe(this.due, due);
    result.observe(this.age, oldestAgeSeconds);
    result.observe(this.dead, deadLetters);
  };
}
