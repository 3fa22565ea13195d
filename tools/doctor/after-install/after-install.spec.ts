import { describe, expect, it } from 'vitest';
import { checkBuild } from './build.ts';
import { checkExtras } from './extras.ts';
import { checkPorts } from './ports.ts';
import { checkPostgres } from './postgres.ts';
import { checkRedis } from './redis.ts';
import { readConfigured } from './server.ts';
import { checkVariables, variableFacts } from './variables.ts';

const NO_POSTGRES = { configured: 'no', fromNpm: null, hasDocker: false } as const;
const FROM_NPM = { version: '18.4', accountProblem: null };
const NO_REDIS = { configured: 'no', origin: undefined, canUnpack: false, hasDocker: false } as const;

describe('what the doctor says once the packages are there', () => {
  it.each([
    ['that of the variable', { ...NO_POSTGRES, configured: 'usable', fromNpm: FROM_NPM }, 'ok', /DATABASE_URL/],
    ['a variable that leads nowhere', { ...NO_POSTGRES, configured: 'unusable', fromNpm: FROM_NPM }, 'missing', /_URL/],
    ['that of npm', { ...NO_POSTGRES, fromNpm: FROM_NPM, hasDocker: true }, 'ok', /^18\.4 from npm$/],
    [
      'one of npm that does not run',
      { ...NO_POSTGRES, fromNpm: { ...FROM_NPM, version: undefined } },
      'missing',
      /run/,
    ],
    [
      'root alone',
      { ...NO_POSTGRES, fromNpm: { ...FROM_NPM, accountProblem: 'not as root' } },
      'missing',
      /^not as root$/,
    ],
    ['Docker', { ...NO_POSTGRES, hasDocker: true }, 'ok', /^in Docker$/],
    ['none', NO_POSTGRES, 'missing', /none for this machine/],
  ] as const)('about Postgres: %s', (_which, facts, state, text) => {
    expect(checkPostgres(facts)).toMatchObject({ state, text: expect.stringMatching(text) });
  });

  it.each([
    ['that of the variable', { ...NO_REDIS, configured: 'usable' }, 'ok', /REDIS_URL/],
    ['a variable that leads nowhere', { ...NO_REDIS, configured: 'unusable', origin: 'here' }, 'missing', /REDIS_URL/],
    ['a program', { ...NO_REDIS, origin: 'redis-server 8.0 on the PATH', canUnpack: true }, 'ok', /on the PATH$/],
    ['one to be fetched', { ...NO_REDIS, canUnpack: true, hasDocker: true }, 'ok', /Debian's packages/],
    ['Docker', { ...NO_REDIS, hasDocker: true }, 'ok', /^in Docker$/],
    ['none', NO_REDIS, 'missing', /^none here$/],
  ] as const)('about Redis: %s', (_which, facts, state, text) => {
    expect(checkRedis(facts)).toMatchObject({ state, text: expect.stringMatching(text) });
  });

  it('tries the server that a variable names', async () => {
    const refuses = () => Promise.reject(new Error('no'));
    const answers = () => Promise.resolve();

    expect(await readConfigured(undefined, refuses)).toBe('no');
    expect(await readConfigured('redis://there', refuses)).toBe('unusable');
    expect(await readConfigured('redis://there', answers)).toBe('usable');
  });

  it('about what is built, which the next npm start mends', () => {
    const [client, dist] = checkBuild({ outdatedFiles: 3, isClientOutdated: true });

    expect([client?.state, dist?.state]).toEqual(['optional', 'optional']);
    expect(dist?.text).toMatch(/^3 files/);
    expect(checkBuild({ outdatedFiles: 0, isClientOutdated: false }).map(({ state }) => state)).toEqual(['ok', 'ok']);
  });

  it.each([
    ['free', { ports: [3000, 3001], running: null }, 'ok', '3000 and 3001 are free'],
    ['taken', { ports: 'Port 3000 is taken', running: null }, 'missing', 'Port 3000 is taken'],
    [
      'those of a running npm start',
      { ports: 'Port 3000 is taken', running: { api: 'http://localhost:3000', worker: 'http://localhost:3001' } },
      'ok',
      'npm start runs here: http://localhost:3000, worker http://localhost:3001',
    ],
  ])('about ports that are %s', (_what, facts, state, text) => {
    expect(checkPorts(facts)).toMatchObject({ state, text });
  });

  it('about variables by their names alone', async () => {
    const shell = { PGHOST: 'a-secret', NODE_ENV: 'a-secret', API_PORT: 'a-secret', UNRELATED: 'a-secret' };
    const { env, ...facts } = await variableFacts(shell);

    expect(facts.ignored).toEqual(['PGHOST', 'NODE_ENV']);
    expect(env).toEqual({ API_PORT: 'a-secret', UNRELATED: 'a-secret' });
    expect(checkVariables(facts)).toEqual({
      name: 'Variables',
      state: 'ok',
      text: 'npm start reads API_PORT; npm start ignores PGHOST, NODE_ENV',
    });
  });

  it('about a variable that npm start would refuse', async () => {
    const facts = await variableFacts({ DATABASE_URL: 'a-secret', DATABASE_URL_FILE: '/a-secret' });
    const finding = checkVariables(facts);

    expect(finding).toMatchObject({ state: 'missing', text: expect.stringContaining('DATABASE_URL: is set twice') });
    expect(finding.text).not.toContain('a-secret');
  });

  it('about what is only needed for some tests: none of it is required', () => {
    const none = { hasDocker: false, hasChromium: false, pgBouncer: undefined, git: undefined };
    const all = { hasDocker: true, hasChromium: true, pgBouncer: 'pgbouncer on the PATH', git: '2.50' };

    expect(checkExtras(none).map(({ state, advice }) => [state, typeof advice])).toEqual(
      Array(4).fill(['optional', 'string']),
    );
    expect(checkExtras(all).map(({ state }) => state)).toEqual(Array(4).fill('ok'));
  });
});
