import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { definedJobs, type JobHandler } from '../../kernel/jobs/jobs.js';
import { TellSubscribers } from '../events/tell-subscribers.js';

/** Every handler that a mounted module provides, by job. Nothing is registered by hand, so nothing can be forgotten. */
@Injectable()
export class JobHandlers implements OnModuleInit {
  private readonly byJob = new Map<string, JobHandler<unknown>>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly tellSubscribers: TellSubscribers,
  ) {}

  /** @throws when a job has two handlers or none: better no worker than one that drops work. */
  onModuleInit(): void {
    const providers = this.discovery.getProviders().map(({ instance }): unknown => instance);
    for (const handler of new Set(providers.filter(isJobHandler))) this.add(handler);
    for (const handler of this.tellSubscribers.handlers()) this.add(handler);

    const orphans = [...definedJobs().keys()].filter((name) => !this.byJob.has(name));
    if (orphans.length > 0) throw new Error(`No mounted module provides a handler for: ${orphans.join(', ')}.`);
  }

  find(name: string): JobHandler<unknown> | undefined {
    return this.byJob.get(name);
  }

  private add(handler: JobHandler<unknown>): void {
    const { name } = handler.job;
    const other = this.byJob.get(name);
    if (other)
      throw new Error(`The job ${name} has two handlers: ${other.constructor.name} and ${handler.constructor.name}.`);
    this.byJob.set(name, handler);
  }
}

function isJobHandler(provider: unknown): provider is JobHandler<unknown> {
  if (typeof provider !== 'object' || provider === null) return false;

  const { job, handle } = provider as Partial<JobHandler<unknown>>;
  return typeof handle === 'function' && Boolean(job) && definedJobs().get(String(job?.name)) === job;
}
