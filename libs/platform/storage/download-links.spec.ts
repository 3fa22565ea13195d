import { describe, expect, it } from 'vitest';
import { loadEnv } from '../config/load-env.js';
import { aValidEnv } from '../testing/env.factory.js';
import { DownloadLinkInvalid, DownloadLinks } from './download-links.js';

const FILE = { key: 'operations/7/orders.csv', name: 'orders.csv', contentType: 'text/csv', size: 3 };
const NOW = Date.parse('2030-01-01T12:00:00Z');

function setup(overrides: Record<string, string> = {}) {
  let now = NOW;
  const clock = { now: () => new Date(now) };
  const links = new DownloadLinks(
    loadEnv(aValidEnv({ PUBLIC_URL: 'https://api.example.test/shop', ...overrides })),
    clock,
  );
  const { url, expiresAt } = links.make(FILE, 900);
  return {
    links,
    url,
    expiresAt,
    token: String(new URL(url).searchParams.get('token')),
    pass: (ms: number) => (now += ms),
  };
}

describe('a link to a file', () => {
  it('opens that file, until it ends', () => {
    const { links, url, expiresAt, token, pass } = setup();

    expect(url).toMatch(/^https:\/\/api\.example\.test\/shop\/v1\/downloads\?token=/);
    expect(expiresAt).toEqual(new Date(NOW + 900_000));
    expect(links.open(token)).toEqual(FILE);
    pass(899_999);
    expect(links.open(token)).toEqual(FILE);
    pass(1);
    expect(() => links.open(token)).toThrow(DownloadLinkInvalid);
  });

  it.each<[string, (token: string) => string]>([
    [
      'another file',
      (token) => `${encode([{ ...FILE, key: 'operations/8/orders.csv' }, NOW + 900_000])}.${token.split('.')[1]}`,
    ],
    ['a later end', (token) => `${encode([FILE, NOW + 9_000_000])}.${token.split('.')[1]}`],
    ['no signature', (token) => String(token.split('.')[0])],
    ['half a signature', (token) => token.slice(0, -20)],
    ['nonsense', () => 'x.y'],
  ])('opens nothing with %s', (_what, change) => {
    const { links, token } = setup();

    expect(() => links.open(change(token))).toThrow(DownloadLinkInvalid);
  });

  it('opens nothing where another secret holds', () => {
    const { token } = setup();

    expect(() => setup({ APP_SECRET: 'f'.repeat(64) }).links.open(token)).toThrow(DownloadLinkInvalid);
  });
});

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
