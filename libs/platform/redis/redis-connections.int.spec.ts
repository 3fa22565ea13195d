import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../test/eventually.ts';
import { loadEnv } from '../config/load-env.js';
import { aValidEnv } from '../testing/env.factory.js';
import { RedisConnections } from './redis-connections.js';

const opened: RedisConnections[] = [];
const servers: { server: Server; sockets: Set<Socket> }[] = [];
afterAll(async () => {
  for (const connections of opened) connections.close();
  for (const { server, sockets } of servers) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
  jest.restoreAllMocks();
});

function setup(url = process.env.REDIS_URL) {
  const lines: string[] = [];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((message: unknown) => void lines.push(String(message)));
  jest.spyOn(Logger.prototype, 'log').mockImplementation((message: unknown) => void lines.push(String(message)));
  const connections = new RedisConnections(loadEnv(aValidEnv({ REDIS_URL: url, REDIS_TIMEOUT: '150' })));
  opened.push(connections);
  return { connections, lines };
}

/** Accepts connections and never says a word, like a Redis that was stopped by its kernel. */
async function aFrozenServer(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket));
  servers.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `redis://:hunter2@127.0.0.1:${(server.address() as { port: number }).port}`;
}

const within = async (work: Promise<unknown>) => {
  const startedAt = performance.now();
  const result = await work.then(() => 'fulfilled', () => 'rejected');
  return { result, milliseconds: performance.now() - startedAt };
};

describe('the connection for commands', () => {
  it('opens nothing before it is told to', async () => {
    const { connections } = setup();

    expect(connections.commands().status).toBe('wait');
  });

  it('refuses commands at once while Redis is away, and logs the outage once, without the address', async () => {
    const { connections, lines } = setup('redis://:hunter2@127.0.0.1:1');
    const redis = connections.commands();

    const connecting = await within(redis.connect());
    const commands = await Promise.all([within(redis.get('key')), within(redis.set('key', 'value'))]);
    let errors = 0;
    redis.on('error', () => errors++);
    await eventually(() => expect(errors).toBeGreaterThan(2));

    expect([connecting, ...commands].map(({ result }) => result)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(Math.max(...commands.map(({ milliseconds }) => milliseconds))).toBeLessThan(100);
    expect(lines).toEqual(['The commands connection is lost (ECONNREFUSED); reconnecting.']);
  });

  it('waits for a frozen Redis no longer than it may', async () => {
    const { connections, lines } = setup(await aFrozenServer());
    const redis = connections.commands();

    const { result, milliseconds } = await within(redis.connect());

    expect(result).toBe('rejected');
    expect(milliseconds).toBeLessThan(1_000);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('works again by itself after its connection was cut', async () => {
    const { connections, lines } = setup();
    const redis = connections.commands();
    await redis.connect();
    const other = connections.commands();
    await other.connect();

    await other.client('KILL', 'ID', await redis.client('ID'));

    await eventually(async () => expect(await redis.ping()).toBe('PONG'));
    expect(lines).toEqual([]);
  });
});

describe('a subscriber', () => {
  it('hears every channel, also one that is asked for while it connects', async () => {
    const { connections, lines } = setup();
    const heard: string[] = [];
    const subscriber = connections.subscriber();
    subscriber.on('message', (channel) => heard.push(channel));
    void subscriber.subscribe('tests.first');
    subscriber.once('connect', () => void subscriber.subscribe('tests.second'));
    const redis = connections.commands();
    await redis.connect();

    await eventually(async () => {
      for (const channel of ['tests.first', 'tests.second']) await redis.publish(channel, 'hello');
      expect(new Set(heard)).toEqual(new Set(['tests.first', 'tests.second']));
    });
    expect(lines).toEqual([]);
  });

  it('hears again what is published after its connection was cut', async () => {
    const { connections } = setup();
    const heard: string[] = [];
    const subscriber = connections.subscriber();
    subscriber.on('message', (_channel, message) => heard.push(message));
    await subscriber.subscribe('tests.news');
    const redis = connections.commands();
    await redis.connect();

    await redis.client('KILL', 'TYPE', 'PUBSUB');

    await eventually(async () => {
      await redis.publish('tests.news', 'still here');
      expect(heard).toContain('still here');
    });
  });
});
