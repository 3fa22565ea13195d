import Fastify, { type FastifyContextConfig, type FastifyInstance } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { AccessTokenInvalid, ReauthenticationRequired } from '../auth/auth.errors.js';
import type { Authentication } from '../auth/requests/authentication.js';
import type { RecentSignIns } from '../auth/sessions/recent-sign-ins.js';
import type { RateLimit } from '../http/rate-limit/rate-limit.js';
import { type Allowance, RateLimitExceeded, type RateLimiter } from '../http/rate-limit/rate-limiter.js';
import type { Principal } from '../kernel/access/principal.js';
import { aPrincipal } from '../testing/principal.factory.js';
import { Admission } from './admission.js';

const QUOTA = 2;

const open: FastifyInstance[] = [];
afterAll(() => Promise.all(open.map((fastify) => fastify.close())));

/** Credentials are names: of who is asking, and of how much about them is in memory. */
function setup(people: Record<string, { principal: Principal; memory: 'all' | 'token' | 'nothing' }>) {
  const counted: string[] = [];
  const authenticated: string[] = [];
  const rateLimiter = {
    take: ({ name: scope }: RateLimit, caller: string): Allowance => {
      const count = counted.push(`${scope} ${caller}`) && counted.filter((one) => one === `${scope} ${caller}`).length;
      return { isExceeded: count > QUOTA, resetSeconds: 1, policy: `"${scope}"`, state: `r=${QUOTA - count}` };
    },
  } as unknown as RateLimiter;

  const found = (request: { headers: { authorization?: string | undefined } }) =>
    people[request.headers.authorization ?? ''];
  const authentication = {
    cachedPrincipal: (request) => (found(request)?.memory === 'all' ? found(request)?.principal : undefined),
    hasVerified: (request) => found(request)?.memory === 'token',
    authenticate: async (request) => {
      authenticated.push(request.headers.authorization ?? '');
      const principal = found(request)?.principal;
      if (!principal) throw new AccessTokenInvalid();
      return principal;
    },
  } as Pick<Authentication, 'cachedPrincipal' | 'hasVerified' | 'authenticate'> as Authentication;

  const fastify = Fastify({ trustProxy: () => true });
  open.push(fastify);
  const statusOf = (error: unknown) => {
    if (error instanceof RateLimitExceeded) return 429;
    return error instanceof ReauthenticationRequired ? 403 : 401;
  };
  fastify.setErrorHandler((error, _request, reply) => reply.code(statusOf(error)).send());
  const recentSignIns = {
    require: async ({ id }) => {
      if (id !== 'ada') throw new ReauthenticationRequired();
    },
  } as Pick<RecentSignIns, 'require'> as RecentSignIns;
  new Admission(authentication, rateLimiter, recentSignIns).install(fastify);
  const route = (url: string, config: FastifyContextConfig) => fastify.get(url, { config }, () => ({}));
  route('/mine', { access: 'authenticated' });
  route('/grave', { access: 'authenticated', recentSignIn: true });
  route('/public', { access: 'public' });
  route('/login', { access: 'public', rateLimit: { name: 'login', withoutRedis: 'closed', description: 'Attempts.' } });
  route('/probe', { access: 'public', rateLimit: false });

  const ask = (url: string, { who, from = '192.0.2.1' }: { who?: string; from?: string } = {}) =>
    fastify.inject({ url, headers: { 'x-forwarded-for': from, ...(who && { authorization: who }) } });
  return { counted, authenticated, ask };
}

const [ada, grace] = [aPrincipal({ id: 'ada' }), aPrincipal({ id: 'grace' })];
const aKey = (apiKeyId: string) => aPrincipal({ id: 'ada', kind: 'api-key', sessionId: null, apiKeyId });

describe('a request is counted', () => {
  it('for its user, whatever others do at the same address', async () => {
    const { ask } = setup({ ada: { principal: ada, memory: 'all' }, grace: { principal: grace, memory: 'all' } });
    for (let request = 0; request <= QUOTA; request++) await ask('/mine', { who: 'ada' });

    expect((await ask('/mine', { who: 'ada' })).statusCode).toBe(429);
    expect((await ask('/mine', { who: 'grace' })).headers).toMatchObject({
      'ratelimit-policy': '"default"',
      ratelimit: 'r=1',
    });
  });

  it('for its user also when the credential has to be verified first', async () => {
    const { ask, counted } = setup({ ada: { principal: ada, memory: 'nothing' } });

    const { headers } = await ask('/mine', { who: 'ada' });

    expect(counted).toEqual(['default user:ada']);
    expect(headers['ratelimit-policy']).toBe('"default"');
  });

  it('for its network when its credential is no good, or missing', async () => {
    const { ask, counted } = setup({});

    const answers = [await ask('/mine', { who: 'a guess' }), await ask('/mine')];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
    expect(counted).toEqual(Array(2).fill('unauthenticated network:192.0.2.1'));
  });

  it('for each API key of a user alone', async () => {
    const { ask, counted } = setup({
      one: { principal: aKey('key-1'), memory: 'token' },
      two: { principal: aKey('key-2'), memory: 'all' },
    });

    await ask('/mine', { who: 'one' });
    await ask('/mine', { who: 'two' });

    // Neither may call a route for signed-in users; both are counted first.
    expect(counted).toEqual(['default api-key:key-1', 'default api-key:key-2']);
  });

  it('for the network where nobody has to sign in, under the limit of the route', async () => {
    const { ask, counted } = setup({ ada: { principal: ada, memory: 'all' } });

    await ask('/public', { who: 'ada' });
    await ask('/login');
    await ask('/probe');

    expect(counted).toEqual(['default network:192.0.2.1', 'login network:192.0.2.1']);
  });

  it('together with the others of an IPv6 network', async () => {
    const { ask } = setup({});
    for (let host = 1; host <= QUOTA; host++) await ask('/login', { from: `2001:db8::${host}` });

    expect((await ask('/login', { from: '2001:db8::ffff' })).statusCode).toBe(429);
    expect((await ask('/login', { from: '2001:db8:0:1::1' })).statusCode).toBe(200);
  });
});

describe('a network that sends too many credentials that are no good', () => {
  it('has no more of them checked, and does not shut out who was verified before', async () => {
    const { ask, authenticated } = setup({
      ada: { principal: ada, memory: 'all' },
      grace: { principal: grace, memory: 'token' },
    });
    for (let guess = 0; guess <= QUOTA; guess++) await ask('/mine', { who: `guess ${guess}` });

    const refused = await ask('/mine', { who: 'one more' });

    expect([refused.statusCode, refused.headers['ratelimit-policy']]).toEqual([429, '"unauthenticated"']);
    expect(authenticated).not.toContain('one more');
    for (const who of ['ada', 'grace']) expect((await ask('/mine', { who })).statusCode).toBe(200);
    expect((await ask('/mine', { who: 'a guess', from: '198.51.100.1' })).statusCode).toBe(401);
  });
});

describe('a route that asks for a recent sign-in', () => {
  it.each(['all', 'nothing'] as const)('lets in who has one, with %s about them in memory', async (memory) => {
    const { ask } = setup({ ada: { principal: ada, memory }, grace: { principal: grace, memory } });

    expect((await ask('/grave', { who: 'ada' })).statusCode).toBe(200);
    expect((await ask('/grave', { who: 'grace' })).statusCode).toBe(403);
    expect((await ask('/mine', { who: 'grace' })).statusCode).toBe(200);
  });

  it('refuses strangers for being strangers', async () => {
    expect((await setup({}).ask('/grave')).statusCode).toBe(401);
  });
});
