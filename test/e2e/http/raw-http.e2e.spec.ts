import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemEnvironment } from '#platform/testing/system/environment.js';
import { type Program, start, withParcels } from '#platform/testing/system/program.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { converse, partsOf } from '../../raw-http.ts';

const REQUEST_TIMEOUT_MS = 800;
const DRIP_EVERY_MS = 100;

let api: Program;
beforeAll(async () => {
  api = await start('api', systemEnvironment({ ...withParcels, REQUEST_TIMEOUT: String(REQUEST_TIMEOUT_MS) }));
});
afterAll(() => api.stop());

const LOGIN = 'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
const say = (text: string) => (socket: Socket) => void socket.write(text);

function drip(head: string, drop: string) {
  return (socket: Socket) => {
    socket.write(head);
    const dripping = setInterval(() => socket.write(drop), DRIP_EVERY_MS);
    socket.on('close', () => clearInterval(dripping));
  };
}

type Refused = [what: string, status: number, speak: (socket: Socket) => void];
const refused: Refused[] = [
  ['a head that is too large', 431, say(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`)],
  ['what is no HTTP', 400, say('HELLO\r\n\r\n')],
  ['two lengths', 400, say(`${LOGIN}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`)],
  ['no Host', 400, say('GET /v1/nothing-at-all HTTP/1.1\r\nConnection: close\r\n\r\n')],
  ['two Hosts', 400, say('GET /v1/me HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n')],
  ['a Host that is none', 400, say('GET /v1/me HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n')],
  ['a Host that is empty', 400, say('GET /v1/me HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n')],
  ['a length beside chunks', 400, say(`${LOGIN}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)],
  ['another transfer coding', 400, say(`${LOGIN}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`)],
  ['the beginning of HTTP/2', 400, say('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
  ['a tunnel', 405, say('CONNECT example.test:443 HTTP/1.1\r\nHost: example.test:443\r\n\r\n')],
  ['a method that no route has', 405, say('QUERY /v1/parcels HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')],
];

const late: Refused[] = [
  ['a head that stops', 408, say('GET / HTTP/1.1\r\nHost: x\r\n')],
  ['a head that drips', 408, drip('GET / HTTP/1.1\r\nHost: x\r\nX-Long: ', 'x')],
  ['a body that stops', 408, say(`${LOGIN}Content-Length: 100\r\n\r\n{`)],
  [
    'a body of a type that nobody takes, which does not come',
    408,
    say(`POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n`),
  ],
  [
    'a form that no route takes, which does not come',
    408,
    say(
      `POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n`,
    ),
  ],
  ['a body that drips', 408, drip(`${LOGIN}Content-Length: 1000\r\n\r\n{`, ' ')],
  ['a body that drips in chunks', 408, drip(`${LOGIN}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`, '1\r\n \r\n')],
];

describe('what HTTP does not allow', () => {
  it.each([...refused, ...late])(
    'is answered with a problem, and found in the log: %s',
    async (_what, status, speak) => {
      const { answer } = await converse(api.url, speak);

      const { headers, body, ...rest } = partsOf(answer);
      const problem = JSON.parse(body) as { requestId: string; traceId: string };
      expect(rest.status).toBe(status);
      expect(problem).toMatchObject({ status, code: expect.any(String), requestId: headers.get('x-request-id') });
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.has('strict-transport-security')).toBe(true);
      await eventually(() => {
        const lines = api
          .output()
          .split('\n')
          .filter((line) => line.includes(`"request_id":"${problem.requestId}"`));
        expect(lines.map((line) => JSON.parse(line))).toMatchObject([
          { status, trace_id: problem.traceId, msg: 'request' },
        ]);
      });
    },
  );

  it('says which methods there are instead', async () => {
    const { answer } = await converse(
      api.url,
      say('QUERY /v1/parcels HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    );

    expect(partsOf(answer).headers.get('allow')).toContain('GET');
  });
});

describe('a request that does not arrive in time', () => {
  it.each(late)('is refused within a second of REQUEST_TIMEOUT: %s', async (_what, _status, speak) => {
    const { answer, milliseconds } = await converse(api.url, (socket) => {
      speak(socket);
      socket.once('data', () => socket.end());
    });

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(milliseconds).toBeGreaterThan(REQUEST_TIMEOUT_MS - 100);
    expect(milliseconds).toBeLessThan(patience(REQUEST_TIMEOUT_MS + 1_000));
  });
});

describe('a request that is not finished', () => {
  type Line = Readonly<{ request_id: string; status: number; route?: string }>;
  const lines = () =>
    api
      .output()
      .split('\n')
      .filter((line) => line.includes('"msg":"request"'))
      .map((line) => JSON.parse(line) as Line);
  const indexOf = (id: string) => lines().findIndex(({ request_id }) => request_id === id);

  /** A line in the log: what was written about earlier requests stands above it. */
  async function mark(): Promise<string> {
    const id = randomUUID();
    await fetch(`${api.url}/v1/me`, { headers: { 'x-request-id': id } });
    await eventually(() => expect(indexOf(id)).not.toBe(-1));
    return id;
  }

  it.each<Refused>([
    ['a body that stops', 408, say(`${LOGIN}Content-Length: 100\r\n\r\n{`)],
    ['a body that breaks off', 400, say(`${LOGIN}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\nno length\r\n`)],
    [
      'a body that nobody waits for',
      401,
      say('POST /v1/parcels HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'),
    ],
    ['a body that is refused by its length', 413, say(`${LOGIN}Content-Length: 1000000\r\n\r\n{`)],
    [
      'a body whose sender hangs up',
      499,
      (socket) => {
        socket.write(`${LOGIN}Content-Length: 100\r\n\r\n{`);
        setTimeout(() => socket.destroy(), DRIP_EVERY_MS);
      },
    ],
  ])('is one line of the log, with its route: %s', async (_what, status, speak) => {
    const before = await mark();

    await converse(api.url, speak);
    await eventually(() => expect(lines().length).toBeGreaterThan(indexOf(before) + 1));

    const after = await mark();
    const between = lines().slice(indexOf(before) + 1, indexOf(after));
    expect(between).toEqual([expect.objectContaining({ status, route: expect.any(String) })]);
  });
});

describe('a whole address in place of the path', () => {
  it('is understood', async () => {
    const { answer } = await converse(
      api.url,
      say('GET http://example.test/health/live?a=b HTTP/1.1\r\nHost: example.test\r\nConnection: close\r\n\r\n'),
    );

    expect(partsOf(answer).status).toBe(200);
  });
});

describe('an expectation that nobody knows', () => {
  it('is ignored', async () => {
    const { answer } = await converse(
      api.url,
      say('GET /health/live HTTP/1.1\r\nHost: x\r\nExpect: 42-foo\r\nConnection: close\r\n\r\n'),
    );

    expect(partsOf(answer).status).toBe(200);
  });
});
