import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBalancer } from '#platform/testing/servers/balancer.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { aStranger, signUp } from '#platform/testing/system/people.js';
import { type Program, start, withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { sendParcel } from '../../parcels.ts';
import { converse, partsOf } from '../../raw-http.ts';

const CLIENTS = 50;

let system: System;
let token: string;
beforeAll(async () => {
  system = await startSystem(withParcels);
  ({ token } = await signUp(system));
});
afterAll(() => system.stop());

/** Asks again and again on a connection that stays open, until the server announces its end, as a load balancer does. */
async function keepAsking(url: string, answers: number[]): Promise<void> {
  for (;;) {
    const { status, headers } = await new ApiClient(url).get('/v1/parcels', { token });
    answers.push(status);
    if (headers.get('connection') === 'close') return;
  }
}

describe('an api told to stop under load', () => {
  it('fails no request, turns unready first, and exits with 0 in time', async () => {
    const api = await start('api', { ...system.env, SHUTDOWN_DRAIN: '1500' });
    const answers: number[] = [];
    const clients = Promise.all(Array.from({ length: CLIENTS }, () => keepAsking(api.url, answers)));
    await eventually(() => expect(answers.length).toBeGreaterThan(CLIENTS));

    api.signal('SIGTERM');
    const ready = await eventually(async () => {
      const { status } = await new ApiClient(api.url).get('/health/ready');
      if (status !== 503) throw new Error(`ready answers ${status}`);
      return status;
    });
    await clients;
    const exitCode = await api.exited;

    expect([ready, exitCode]).toEqual([503, 0]);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
  });

  it('tells also a client whose request is under way to go elsewhere', async () => {
    const api = await start('api', { ...system.env, SHUTDOWN_DRAIN: '1500' });
    const body = JSON.stringify(aStranger());

    const { answer } = await converse(api.url, (socket) => {
      socket.write(
        `POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
      );
      socket.once('data', () => {
        api.signal('SIGTERM');
        void eventually(() => expect(api.output()).toContain('SIGTERM: stopping.')).then(() => socket.write(body));
      });
    });
    const exitCode = await api.exited;

    const { status, headers } = partsOf(answer.slice(answer.indexOf('HTTP/1.1 4')));
    expect([status, headers.get('connection'), exitCode]).toEqual([401, 'close', 0]);
  });

  it('takes a second signal calmly', async () => {
    const api = await start('api', { ...system.env, SHUTDOWN_DRAIN: '500' });

    api.signal('SIGTERM');
    api.signal('SIGTERM');
    const exitCode = await api.exited;

    expect(exitCode).toBe(0);
  });
});

describe('two processes behind one address, of which one after the other is replaced', () => {
  it('fail no request, reads and writes', async () => {
    const startOn = (port?: string) => start('api', { ...system.env, API_PORT: port, SHUTDOWN_DRAIN: '1500' });
    const processes = await Promise.all([startOn(), startOn()]);
    const balancer = await startBalancer(processes.map(({ url }) => url));
    const client = new ApiClient(balancer.url);
    const statuses: number[] = [];
    let isOver = false;
    const asking = Array.from({ length: 4 }, async (_, at) => {
      while (!isOver)
        statuses.push((await (at % 2 ? sendParcel(client, { token }) : client.get('/v1/parcels', { token }))).status);
    });

    const replacements: Program[] = [];
    for (const old of processes) {
      old.signal('SIGTERM');
      expect(await old.exited).toBe(0);
      replacements.push(await startOn(new URL(old.url).port));
      const before = statuses.length;
      await eventually(() => expect(statuses.length).toBeGreaterThan(before + 20));
    }
    isOver = true;
    await Promise.all(asking);
    await Promise.all([balancer, ...replacements].map((server) => server.stop()));

    expect([...new Set(statuses)].sort()).toEqual([200, 201]);
  });
});

describe('a program whose log nobody reads any more', () => {
  it.each(['api', 'worker'] as const)('stops all the same: %s', async (app) => {
    // With nothing to wait for, its last lines are written as it exits.
    const program = await start(app, { ...system.env, SHUTDOWN_DRAIN: '0' });

    program.stopReading();
    program.signal('SIGTERM');
    const exitCode = await program.exited;

    expect(exitCode).toBe(0);
  });
});

describe('a program whose log reader hangs', () => {
  const ENOUGH = 1_500;

  it('goes on answering, tells how many lines were lost when it is read again, and stops', async () => {
    const program = await start('api', { ...system.env, LOG_BUFFER: '65536' });
    const client = new ApiClient(program.url);
    const ask = () => Promise.all(Array.from({ length: 50 }, () => client.get('/v1/me')));

    program.pauseReading();
    for (let asked = 0; asked < ENOUGH; asked += 50) await ask();
    const alive = await client.get('/health/live');
    program.resumeReading();
    const told = await eventually(() => {
      const line = program
        .output()
        .split('\n')
        .find((one) => one.includes('"lost"'));
      if (line === undefined) throw new Error('Nobody told of lost lines.');
      return JSON.parse(line) as { lost: { lines: number } };
    });
    program.pauseReading();
    for (let asked = 0; asked < ENOUGH; asked += 50) await ask();
    program.signal('SIGTERM');

    expect(alive.status).toBe(200);
    expect(told.lost.lines).toBeGreaterThan(100);
    expect(await program.exited).toBe(0);
  });
});

describe('a worker told to stop', () => {
  it('finishes or returns its jobs and exits with 0', async () => {
    const worker = await start('worker', system.env);
    await Promise.all(Array.from({ length: 20 }, () => sendParcel(system.client, { token })));

    worker.signal('SIGTERM');
    const exitCode = await worker.exited;

    expect(exitCode).toBe(0);
  });
});
