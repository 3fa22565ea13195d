import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type System, startSystem } from '#platform/testing/system/system.js';

type Operation = Readonly<{ security?: unknown[] }>;

const { paths } = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path,
    isPublic: !operation.security?.length,
  })),
);
const protectedOnes = operations.filter(({ isPublic }) => !isPublic);

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe('the routes', () => {
  it('are served as openapi.json describes them', async () => {
    const { body } = await system.client.get('/openapi.json');

    expect(Object.keys(body.paths).sort()).toEqual(Object.keys(paths).sort());
    expect(protectedOnes.length).toBeGreaterThan(0);
  });

  it.each(protectedOnes)('let nobody in without a token: $method $path', async ({ method, path }) => {
    const { status, body } = await system.client.send(
      method,
      path.replace(/\{\w+\}/g, '0190a1b2-0000-7000-8000-000000000009'),
    );

    expect([status, body.code]).toEqual([401, 'AUTHENTICATION_REQUIRED']);
  });

  it.each(['/docs', '/docs/'])('have their reference at %s', async (path) => {
    const { status, headers } = await system.client.get(path);

    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('publish the public half of the signing keys, and nothing else', async () => {
    const { status, body } = await system.client.get('/.well-known/jwks.json');

    expect(status).toBe(200);
    expect(body.keys.length).toBeGreaterThan(0);
    for (const key of body.keys) expect(Object.keys(key)).not.toEqual(expect.arrayContaining(['d']));
  });
});
