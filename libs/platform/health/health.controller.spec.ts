import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TerminusModule } from '@nestjs/terminus';
import { afterAll, describe, expect, it } from 'vitest';
import { Shutdown } from '../kernel/shutdown.js';
import { httpApp } from '../testing/http-app.js';
import { HealthController } from './health.controller.js';
import { HealthReports } from './health-reports.js';
import { Probe } from './probe.js';
import { Probes } from './probes.js';

const apps: NestFastifyApplication[] = [];
afterAll(() => Promise.all(apps.map((app) => app.close())));

const up = new Probe(async () => undefined, 1_000);
const down = new Probe(async () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432')), 1_000);

async function setup(failing: Partial<Probes> = {}) {
  const shutdown = new Shutdown();
  const probes = {
    database: up,
    redis: up,
    queue: new Probe(async () => ({ waiting: 3 }), 1_000),
    migrations: up,
    ...failing,
  };
  const app = await httpApp({
    imports: [TerminusModule.forRoot({ logger: false })],
    controllers: [HealthController],
    providers: [HealthReports, { provide: Probes, useValue: probes }, { provide: Shutdown, useValue: shutdown }],
  });
  apps.push(app);
  return { shutdown, get: (name: string) => app.inject({ url: `/health/${name}` }) };
}

describe('GET /health', () => {
  it('answers 200 with every dependency by name, outside of the envelope', async () => {
    const { get } = await setup();

    const response = await get('ready');

    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d/),
      uptime: expect.any(Number),
      checks: {
        database: { status: 'up', latencyMs: expect.any(Number) },
        redis: { status: 'up', latencyMs: expect.any(Number) },
        queue: { status: 'up', latencyMs: expect.any(Number), waiting: 3 },
        migrations: { status: 'up', latencyMs: expect.any(Number) },
      },
    });
  });

  it('answers 503 naming the check, without the driver’s words', async () => {
    const { get } = await setup({ database: down });

    const response = await get('ready');

    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('1');
    expect(response.json()).toMatchObject({
      status: 'error',
      checks: { database: { status: 'down' }, redis: { status: 'up' } },
    });
    expect(response.body).not.toMatch(/ECONN|10\.0\.0\.7/);
  });

  it('answers 503 as soon as the process is going to stop', async () => {
    const { shutdown, get } = await setup();

    shutdown.begin();

    expect((await get('ready')).statusCode).toBe(503);
    expect((await get('ready')).json()).toMatchObject({ status: 'shutting_down' });
    expect((await get('live')).statusCode).toBe(200);
  });

  it('is alive whatever else is not, and lists no checks', async () => {
    const { get } = await setup({ database: down, redis: down, queue: down });

    const response = await get('live');

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ status: 'ok', version: expect.any(String), uptime: expect.any(Number) });
  });

  it('has started without Redis, but neither that nor ready before the migrations', async () => {
    const withoutRedis = await setup({ redis: down, queue: down });
    const behind = await setup({ migrations: new Probe(async () => ({ status: 'down' as const, pending: 2 }), 1_000) });

    expect((await withoutRedis.get('startup')).statusCode).toBe(200);
    expect((await behind.get('startup')).statusCode).toBe(503);
    expect((await behind.get('ready')).statusCode).toBe(503);
    expect((await behind.get('startup')).json()).toMatchObject({
      checks: { migrations: { status: 'down', pending: 2 } },
    });
  });
});
