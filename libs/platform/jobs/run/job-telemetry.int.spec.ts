import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { loadEnv } from '../../config/load-env.js';
import { defineJob } from '../../kernel/jobs/jobs.js';
import { newId } from '../../kernel/values/ids.js';
import { startTelemetry } from '../../telemetry/start.js';
import { inSpan } from '../../telemetry/trace-context.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { OtlpSink } from '../../testing/otlp-sink.js';
import { aWorker, handling } from '../testing/running-worker.js';

const greet = defineJob({ name: 'tests.greet', payload: z.object({ key: z.uuid() }) });

const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

describe('a job under telemetry', () => {
  it('is a span of the trace that enqueued it, and counted with its outcome', async () => {
    const sink = await OtlpSink.start();
    closing.push(() => sink.stop());
    const telemetry = await startTelemetry(loadEnv(aValidEnv({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url })));
    const worker = await aWorker([handling(greet, async () => undefined)]);
    closing.push(() => worker.stop());
    await worker.start();

    await inSpan('a request', {}, () => worker.jobs.enqueue(greet, { key: newId() }));
    await eventually(() => expect(worker.log.text).toContain('tests.greet'));
    await telemetry.shutdown();

    const request = sink.spans.find(({ name }) => name === 'a request');
    const job = sink.spans.find(({ name }) => name === 'job tests.greet');
    const line = worker.log.lines.find((candidate) => candidate['job'] === 'tests.greet');
    expect(job).toMatchObject({ traceId: request?.traceId, parentSpanId: request?.spanId });
    expect(job?.attributes).toMatchObject({ 'job.name': 'tests.greet', 'job.outcome': 'done' });
    expect(line).toMatchObject({ trace_id: job?.traceId, span_id: job?.spanId, outcome: 'done' });
    const metrics = ['job.duration', 'job.open', 'job.due', 'job.oldest_age', 'job.dead_letters'];
    expect(sink.metrics.map(({ name }) => name)).toEqual(expect.arrayContaining(metrics));
  });
});
