import type { DiscoveryService } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, type JobDefinition } from '../../kernel/jobs/jobs.js';
import { RecordedJobs } from '../../testing/doubles/recorded-jobs.js';
import { TellSubscribers } from '../events/tell-subscribers.js';
import { JobHandlers } from './job-handlers.js';

const payload = z.object({});
const greet = defineJob({ name: 'tests.greet', payload });
const part = defineJob({ name: 'tests.part', payload });

const aHandler = (job: JobDefinition<unknown>) => ({ job, handle: async () => undefined });

function handlersAmong(...providers: unknown[]): JobHandlers {
  const discovery = { getProviders: () => providers.map((instance) => ({ instance })) };
  const handlers = new JobHandlers(discovery as unknown as DiscoveryService, new TellSubscribers(new RecordedJobs()));
  handlers.onModuleInit();
  return handlers;
}

describe('JobHandlers', () => {
  it('finds the handlers among everything that modules provide', () => {
    const greeter = aHandler(greet);

    const others = [null, undefined, 'text', { job: null, handle: () => undefined }, { job: greet }];

    const handlers = handlersAmong(...others, greeter, aHandler(part), greeter);

    expect(handlers.find('tests.greet')).toBe(greeter);
    expect(handlers.find('tests.unknown')).toBeUndefined();
  });

  it('refuses to start when nobody handles a job', () => {
    expect(() => handlersAmong(aHandler(greet))).toThrow('No mounted module provides a handler for: tests.part.');
  });

  it('refuses to start when two handle the same job', () => {
    expect(() => handlersAmong(aHandler(greet), aHandler(part), aHandler(greet))).toThrow(
      'The job tests.greet has two handlers',
    );
  });
});
