import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { startObjectStore } from '#platform/testing/servers/object-store.js';
import { loadEnv } from '../../config/load-env.js';
import { ServiceUnavailable } from '../../kernel/errors/service-unavailable.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { describeStorage } from '../testing/storage.contract.js';
import { S3Storage } from './s3-storage.js';

const clock = { now: () => new Date() };
const store = await startObjectStore();
const closings: (() => unknown)[] = [store.stop];
afterAll(async () => {
  for (const close of closings.reverse()) await close();
});

function aStorage(overrides: Record<string, string> = {}): S3Storage {
  const storage = new S3Storage(loadEnv(aValidEnv({ ...store.env, ...overrides })), clock);
  closings.push(() => storage.onApplicationShutdown());
  return storage;
}

const storage = aStorage();
describeStorage('S3Storage', {
  storage: () => storage,
  answerTo: ({ url }, body) => fetch(url, { method: 'POST', body }),
  fetchLink: (url) => fetch(url),
});

describe('S3Storage', () => {
  const aFile = { key: 'tests/a', contentType: 'text/plain', size: 5, sha256: null };
  const post = async ({ url, fields }: { url: string; fields: Readonly<Record<string, string>> }) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', new Blob(['hello']));
    const response = await fetch(url, { method: 'POST', body });
    return /<Code>(\w+)/.exec(await response.text())?.[1];
  };

  it('gives out forms that end, and links that end', async () => {
    const form = await storage.formFor(aFile, 0);
    const link = await storage.linkTo({ ...aFile, name: 'a' }, 60);

    expect(await post(form)).toBe('AccessDenied');
    expect(new URL(link.url).searchParams.get('X-Amz-Expires')).toBe('60');
  });

  it('is refused where another secret holds', async () => {
    const other = aStorage({ S3_SECRET_ACCESS_KEY: 'another' });
    const form = await other.formFor(aFile, 60);

    expect(await post(form)).toBe('SignatureDoesNotMatch');
    await expect(other.write('tests/a', Buffer.from('a'), 'text/plain')).rejects.toThrow(ServiceUnavailable);
  });

  it('is open to nobody without a signature', async () => {
    await storage.write('tests/secret', Buffer.from('a'), 'text/plain');

    expect((await fetch(`${store.env['S3_ENDPOINT']}/files/tests/secret`)).status).toBe(403);
  });

  it('signs for the address that browsers use', async () => {
    const outside = aStorage({ STORAGE_PUBLIC_URL: 'https://files.example.test' });

    expect((await outside.formFor(aFile, 60)).url).toMatch(/^https:\/\/files\.example\.test\/files/);
    expect((await outside.linkTo({ ...aFile, name: 'a' }, 60)).url).toMatch(/^https:\/\/files\.example\.test\/files\//);
  });

  it.each<[string, Parameters<typeof createServer>[1]]>([
    ['is silent', () => undefined],
    ['hangs up', (request) => request.socket.destroy()],
    ['has failures of its own', (_request, response) => response.writeHead(503).end()],
  ])('says that nothing can be done for now while the store %s', async (_what, answer) => {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closings.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const away = aStorage({ S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_TIMEOUT: '200' });

    await expect(away.sizeOf('tests/a')).rejects.toMatchObject({ reason: 'storage' });
  });
});
