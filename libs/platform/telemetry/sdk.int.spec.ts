import { createServer, type ServerResponse } from 'node:http';
import { trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { loadEnv } from '../config/load-env.js';
import { aValidEnv } from '../testing/env.factory.js';
import { startSdk } from './sdk.js';

describe('a collector that takes connections and never answers', () => {
  it('is reported and keeps no process from stopping', async () => {
    const { port, stop } = await frozenServer();
    const problems: string[] = [];
    const sdk = startSdk(loadEnv(aValidEnv()), `http://127.0.0.1:${port}`, (problem) => problems.push(problem), 50);
    trace.getTracer('test').startSpan('lost').end();

    await sdk.shutdown();

    expect(problems).toEqual([expect.stringMatching(/are lost: not flushed within 50 ms/)]);
    stop();
  });
});

async function frozenServer(): Promise<{ port: number; stop: () => void }> {
  const waiting: ServerResponse[] = [];
  const server = createServer((_request, response) => waiting.push(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    // A refusal: the exporter would try again after anything else, long after this test.
    for (const response of waiting) response.writeHead(400).end();
    server.close();
  };
  return { port: (server.address() as { port: number }).port, stop };
}
