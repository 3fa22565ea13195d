import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CuttableServers, cuttablePostgres, cuttableRedis } from '#platform/testing/servers/cuttable-servers.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';

let system: System;
let postgres: CuttableServers;
let redis: CuttableServers;
beforeAll(async () => {
  postgres = await cuttablePostgres();
  redis = await cuttableRedis();
  system = await startSystem({
    ...postgres.env,
    ...redis.env,
    DATABASE_CONNECT_TIMEOUT: '500',
    REDIS_TIMEOUT: '500',
  });
});
afterAll(async () => {
  await system.stop();
  await postgres.close();
  await redis.close();
});

const programs = ['api', 'worker'] as const;
const probe = (program: (typeof programs)[number], name: string) =>
  new ApiClient(system[program].url).get(`/health/${name}`);

/** The answer of /health/ready once it has this status. */
const whenReadyIs = (program: (typeof programs)[number], status: number) =>
  eventually(async () => {
    const answer = await probe(program, 'ready');
    if (answer.status !== status) throw new Error(`ready answers ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  });

describe.each(programs)('the probes of the %s', (program) => {
  it('answer 200 while all is well', async () => {
    await whenReadyIs(program, 200);

    const answers = await Promise.all(['live', 'ready', 'startup'].map((name) => probe(program, name)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('name every dependency', async () => {
    const { body } = await whenReadyIs(program, 200);

    expect(body.checks).toMatchObject({
      database: { status: 'up' },
      redis: { status: 'up' },
      migrations: { status: 'up', pending: 0 },
    });
  });

  it.each([
    ['database', () => postgres],
    ['redis', () => redis],
  ] as const)('name the %s when it is gone, stay alive, and recover alone', async (name, proxy) => {
    proxy().cut();
    const gone = await whenReadyIs(program, 503);
    const alive = await probe(program, 'live');
    proxy().restore();
    const back = await whenReadyIs(program, 200);

    const failing = Object.entries<{ status: string }>(gone.body.checks).filter(([, { status }]) => status !== 'up');
    expect(failing.map(([check]) => check)).toContain(name);
    expect(JSON.stringify(gone.body)).not.toMatch(/ECONN|127\.0\.0\.1|timeout/i);
    expect([alive.status, back.status]).toEqual([200, 200]);
  });
});
