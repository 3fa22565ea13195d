import { lookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OutboundClient, type OutboundOptions } from '../outbound-client.js';
import { OutboundFailure } from '../outbound-failure.js';
import { HOSTS_THAT_ARE_NOT_PUBLIC } from '../testing/hosts-that-are-not-public.js';
import type { Resolve } from './guarded-connector.js';

/** Answers at every address of this machine and counts who comes; `friend` is at one that the client may go to. */
const canary = createServer((_request, response) => response.end('secret'));
let reached = 0;
canary.on('connection', () => reached++);
const friend = createServer((request, response) => {
  const headers = request.url === '/redirect' ? { location: `http://127.0.0.1:${portOf(canary)}/` } : {};
  response.writeHead(request.url === '/redirect' ? 302 : 200, { connection: 'close', ...headers }).end('hello');
});
const FRIEND = '127.0.0.2';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listen = (server: Server, host: string, port = 0) =>
  new Promise<void>((resolve) => server.listen(port, host, resolve));

beforeAll(async () => {
  await listen(canary, '::');
  await listen(friend, FRIEND);
});
beforeEach(() => {
  reached = 0;
});
afterAll(() => Promise.all([canary, friend].map((server) => new Promise((resolve) => server.close(resolve)))));

const client = (options: Partial<OutboundOptions> = {}) =>
  new OutboundClient({
    name: 'test',
    addressesFrom: 'users',
    maxBytes: 1_000,
    attempts: 1,
    connectMs: 500,
    ...options,
  });
const reasonOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error instanceof OutboundFailure ? error.reason : error),
  );

/** As a DNS server would that answers each name with the next of its answers, and stays at the last. */
function resolving(answers: Record<string, readonly (readonly string[])[]>): { resolve: Resolve; asked: string[] } {
  const asked: string[] = [];
  const resolve: Resolve = (hostname, _options, callback) => {
    const known = answers[hostname] ?? [];
    const addresses = known[Math.min(asked.filter((name) => name === hostname).length, known.length - 1)] ?? [];
    asked.push(hostname);
    callback(
      addresses.length > 0 ? null : Object.assign(new Error('not found'), { code: 'ENOTFOUND' }),
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { resolve, asked };
}

/** What a name leads to. */
const ADDRESSES = [
  ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
  ...[
    '168.63.129.16',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::7f00:1',
    'fe80::1',
    'fd00::1',
  ],
  ...['64:ff9b::7f00:1', '64:ff9b:1::7f00:1', '2002:7f00:1::1', '2001::1', 'ff02::1'],
];

describe('an address from a user', () => {
  it.each(HOSTS_THAT_ARE_NOT_PUBLIC)('that leads to no public one is not connected to: %s', async (host) => {
    const asked = [`http://${host}:${portOf(canary)}/`, `https://${host}:${portOf(canary)}/`];

    const reasons = await Promise.all(asked.map((url) => reasonOf(client().fetch(url))));

    expect(reasons).toEqual(['address-refused', 'address-refused']);
    expect(reached).toBe(0);
  });

  it.each(['localhost', 'LOCALHOST', hostname()])(
    'is not connected to when the system knows it by name: %s',
    async (name) => {
      const asked = [client(), client({ resolve: lookup })];

      const reasons = await Promise.all(asked.map((each) => reasonOf(each.fetch(`http://${name}:${portOf(canary)}/`))));

      // Name servers may know it, too.
      expect(['dns', 'connect-timeout', 'address-refused']).toContain(reasons[0]);
      expect([reasons[1], reached]).toEqual(['address-refused', 0]);
    },
  );

  it.each(ADDRESSES)('is not connected to when its name leads to %s', async (address) => {
    const { resolve } = resolving({ 'name.test': [[address]] });

    const reason = await reasonOf(client({ resolve }).fetch(`http://name.test:${portOf(canary)}/`));

    expect([reason, reached]).toEqual(['address-refused', 0]);
  });

  it.each([
    ['first', ['127.0.0.1', '1.1.1.1']],
    ['last', ['1.1.1.1', '127.0.0.1']],
    ['of the other family', ['1.1.1.1', '::1']],
    ['mapped', ['2606:4700:4700::1111', '::ffff:127.0.0.1']],
  ])('is not connected to when one of several is not public: %s', async (_which, addresses) => {
    const { resolve } = resolving({ 'name.test': [addresses] });

    const reason = await reasonOf(client({ resolve }).fetch(`http://name.test:${portOf(canary)}/`));

    expect([reason, reached]).toEqual(['address-refused', 0]);
  });

  it.each([
    'http://somebody@127.0.0.1/',
    'http://somebody:secret@127.0.0.1/',
    'http://example.com@127.0.0.1/',
    'http://example.com:80@127.0.0.1/',
    'http://:secret@example.com/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'data:text/plain,hello',
    'unix:/var/run/docker.sock',
    'javascript:1',
    '//127.0.0.1/',
    '127.0.0.1',
    'http://',
    'http://[::1',
    'http://127.0.0.1:99999/',
    'http://256.256.256.256/',
    '',
  ])('that is none for us is refused: %j', async (url) => {
    const reason = await reasonOf(client().fetch(url));

    expect([reason, reached]).toEqual(['url-refused', 0]);
  });

  it.each([25, 22, 6000])('with the port %d, which browsers refuse as well, is refused', async (port) => {
    const reason = await reasonOf(client({ alsoAllowed: ['127.0.0.0/8'] }).fetch(`http://127.0.0.1:${port}/`));

    expect(reason).toBe('url-refused');
  });

  it('that redirects to another is not followed', async () => {
    const answer = await client({ alsoAllowed: [`${FRIEND}/32`] }).fetch(`http://${FRIEND}:${portOf(friend)}/redirect`);

    expect([answer.status, answer.headers.get('location'), reached]).toEqual([
      302,
      `http://127.0.0.1:${portOf(canary)}/`,
      0,
    ]);
  });

  it('is resolved once for a connection, and checked again for the next one', async () => {
    const { resolve, asked } = resolving({ 'rebinding.test': [[FRIEND], ['127.0.0.1']] });
    const asking = client({ resolve, alsoAllowed: [`${FRIEND}/32`] });

    const first = await asking.fetch(`http://rebinding.test:${portOf(friend)}/`);
    const reasons = [
      await reasonOf(asking.fetch(`http://rebinding.test:${portOf(friend)}/`)),
      await reasonOf(asking.fetch(`http://rebinding.test:${portOf(canary)}/`)),
    ];

    expect(await first.text()).toBe('hello');
    expect(asked).toHaveLength(3);
    expect([reasons, reached]).toEqual([['address-refused', 'address-refused'], 0]);
  });

  it('is told from one that does not exist', async () => {
    const { resolve } = resolving({});

    expect(await reasonOf(client({ resolve }).fetch('http://nowhere.test/'))).toBe('dns');
  });
});

describe('an address of the configuration', () => {
  it.each(['127.0.0.1', '0x7f.1', '2130706433', '0.0.0.0', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '①②⑦.0.0.1'])(
    'may be one of this machine, so the canary does sing: %s',
    async (host) => {
      const answer = await client({ addressesFrom: 'configuration' }).fetch(`http://${host}:${portOf(canary)}/`);

      expect([await answer.text(), reached]).toEqual(['secret', 1]);
    },
  );
});

describe('an address that is only checked', () => {
  it.each([
    ['an address that is public', 'https://8.8.8.8/', 'taken'],
    ['one that is not', 'https://127.0.0.1/', 'address-refused'],
    ['a name that leads to a public one', 'https://good.test/', 'taken'],
    ['a name that leads to one that is not', 'https://bad.test/', 'address-refused'],
    ['a name that nobody knows, yet', 'https://unknown.test/', 'taken'],
    ['a name and a password', 'https://a:b@good.test/', 'url-refused'],
  ])('is judged by where it leads: %s', async (_, url, verdict) => {
    const { resolve } = resolving({ 'good.test': [['8.8.8.8']], 'bad.test': [['8.8.8.8', '10.0.0.1']] });

    const judged = await client({ resolve })
      .check(url)
      .then(
        () => 'taken',
        (error: OutboundFailure) => error.reason,
      );

    expect([judged, reached]).toEqual([verdict, 0]);
  });
});
