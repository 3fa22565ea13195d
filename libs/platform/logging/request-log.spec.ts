import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { newApiKey } from '../auth/api-keys/api-key-format.js';
import type { Principal } from '../kernel/access/principal.js';
import { newId } from '../kernel/values/ids.js';
import { rememberRequests } from '../request/current-request.js';
import { traceRequests } from '../telemetry/request-tracing.js';
import { RecordedLog } from '../testing/doubles/recorded-log.js';
import { logRequests } from './request-log.js';

const USER: Principal = { id: 'u1', kind: 'user', sessionId: 's1', roles: [], permissions: new Set() };

describe('a request', () => {
  it('is one line with its names, its outcome and who made it', async () => {
    const { fastify, log } = setup({ principal: USER });

    await fastify.inject('/orders/42?email=marked@example.test');

    expect(log.lines).toEqual([
      {
        level: 'info',
        time: expect.any(Number),
        service: 'under-test',
        method: 'GET',
        route: '/orders/:id',
        path: '/orders/42',
        status: 200,
        duration_ms: expect.any(Number),
        request_id: 'r1',
        trace_id: expect.stringMatching(/^[\da-f]{32}$/),
        user_id: 'u1',
        session_id: 's1',
        msg: 'request',
      },
    ]);
  });

  it('says which API key was used', async () => {
    const { fastify, log } = setup({
      principal: { id: 'u1', kind: 'api-key', apiKeyId: 'k1', sessionId: null, roles: [], permissions: new Set() },
    });

    await fastify.inject('/orders/42');

    expect(log.lines).toMatchObject([{ user_id: 'u1', api_key_id: 'k1' }]);
    expect(log.lines[0]).not.toHaveProperty('session_id');
  });

  it('is named on the lines written on its way', async () => {
    const { fastify, log } = setup({ principal: USER });

    await fastify.inject('/chatty');

    const [own, line] = log.lines;
    expect(own).toMatchObject({ msg: 'working', request_id: 'r1', user_id: 'u1', trace_id: line?.['trace_id'] });
  });

  it('that fails is an error', async () => {
    const { fastify, log } = setup();

    await fastify.inject('/broken');

    expect(log.lines).toMatchObject([{ level: 'error', status: 500, route: '/broken' }]);
  });

  it('for nothing we have names no path: whatever was pasted there may be a secret', async () => {
    const { fastify, log } = setup();

    await fastify.inject('/users/marked');

    expect(log.lines).toMatchObject([{ level: 'info', status: 404 }]);
    expect(log.text).not.toContain('marked');
  });

  it.each([
    ['an address', 'marked@example.test'],
    ['an encoded address', 'marked%40example.test'],
    ['a doubly encoded address', 'marked%2540example.test'],
    ['a JSON Web Token', 'eyJhbGciOiJub25lIn0.marked.marked'],
    ['a refresh token', `marked${'x'.repeat(37)}`],
    ['an API key', `${newApiKey(newId())}marked`],
    ['what would break out of its line', '%0A%22%7D{"level":"fatal","marked":1}'],
  ])('for something we have keeps %s out of its path', async (_, id) => {
    const { fastify, log } = setup();

    await fastify.inject(`/orders/${id}?token=marked`);

    expect(log.lines).toMatchObject([{ level: 'info', status: 200, route: '/orders/:id' }]);
    expect(log.text).not.toContain('marked');
  });

  it('cannot break out of its line by its id', async () => {
    const { fastify, log } = setup({ requestId: 'x"}\n{"level":"fatal"' });

    await fastify.inject('/chatty');

    expect(log.lines.at(-1)).toMatchObject({ level: 'info', request_id: 'x"}\n{"level":"fatal"' });
  });

  it('of a health probe is only there at trace level', async () => {
    const quiet = setup();
    const chatty = setup({ level: 'trace' });

    await quiet.fastify.inject('/health/ready');
    await chatty.fastify.inject('/health/ready');

    expect(quiet.log.lines).toEqual([]);
    expect(chatty.log.lines).toMatchObject([{ level: 'trace', route: '/health/ready' }]);
  });
});

function setup({
  principal = null,
  requestId = 'r1',
  level,
}: {
  principal?: Principal | null;
  requestId?: string;
  level?: 'trace';
} = {}) {
  const log = new RecordedLog(level);
  const fastify = Fastify({ genReqId: () => requestId });
  fastify.decorateRequest('principal', null);
  traceRequests(fastify);
  rememberRequests(fastify);
  logRequests(fastify, log.logger);
  fastify.addHook('onRequest', async (request) => void (request.principal = principal));
  fastify.get('/orders/:id', () => ({}));
  fastify.get('/chatty', () => {
    log.logger.info('working');
    return {};
  });
  fastify.get('/broken', () => Promise.reject(new Error('broken')));
  fastify.get('/health/ready', () => ({}));
  return { fastify, log };
}
