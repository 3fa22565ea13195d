import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort, isPortFree } from './ports.ts';

async function listenOn(port: number) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('a free port', () => {
  it('is the preferred one, unless another program has it', async () => {
    const preferred = await freePort();
    const whenFree = await freePort(preferred);
    const other = await listenOn(preferred);
    const whenTaken = await freePort(preferred);
    const isFree = await isPortFree(preferred);
    await other.close();

    expect([whenFree, isFree]).toEqual([preferred, false]);
    expect(whenTaken).not.toBe(preferred);
  });

  it('is given once, also before anything listens on it', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));

    expect(new Set(ports).size).toBe(50);
  });

  it('is none that the system gives to outgoing connections, nor are those 10,000 above, where nodes of a Redis Cluster talk', async () => {
    const port = await freePort();

    expect(port + 10_000).toBeLessThan(32_768);
    expect(port).toBeGreaterThanOrEqual(10_000);
  });

  it('is another one than what listens there already', async () => {
    const port = await freePort();
    const other = await listenOn(port + 1);
    const following = await freePort();
    await other.close();

    expect(following).toBeGreaterThan(port + 1);
  });
});
