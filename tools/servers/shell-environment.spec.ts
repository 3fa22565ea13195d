import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { machineEnvironment, prismaEnvironment, settleEnvironment } from './shell-environment.ts';

const settled = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  settleEnvironment(env);
  return env;
};

describe('the environment of a tool', () => {
  it.each([
    'PGHOST',
    'PGPORT',
    'PGUSER',
    'PGPASSWORD',
    'PGDATABASE',
    'PGOPTIONS',
    'PGSSLMODE',
    'PGSSLNEGOTIATION',
    'PGAPPNAME',
    'PGSERVICE',
    'PGTZ',
    'PGPASSFILE',
  ])('has no %s, which leads elsewhere what DATABASE_URL leads', (name) => {
    expect(settled({ [name]: 'something', PATH: '/bin' })).toEqual({ PATH: '/bin' });
  });

  it('has a folder for temporary files, or leaves the choice to the system', () => {
    expect(settled({ TMPDIR: '/nowhere' })).toEqual({});
    expect(settled({ TMPDIR: tmpdir() })).toEqual({ TMPDIR: tmpdir() });
  });

  it('keeps what may be meant for the services', () => {
    const env = {
      AWS_PROFILE: 'work',
      TZ: 'Asia/Kolkata',
      NODE_OPTIONS: '--inspect',
      PGP_KEY: 'key',
      NO_COLOR: '1',
      LOG_LEVEL: 'debug',
    };

    expect(settled({ ...env })).toEqual(env);
  });

  it.each([
    ['nothing', { HTTP_PROXY: 'http://proxy' }, 'localhost,127.0.0.1,::1'],
    [
      'hosts of its own',
      { https_proxy: 'http://proxy', NO_PROXY: 'intern.example' },
      'intern.example,localhost,127.0.0.1,::1',
    ],
    [
      'both spellings',
      { ALL_PROXY: 'http://proxy', NO_PROXY: 'upper', no_proxy: 'lower' },
      'lower,localhost,127.0.0.1,::1',
    ],
  ])('asks no proxy for this machine, where the shell exempts %s', (_what, env, expected) => {
    expect(settled({ ...env })).toMatchObject({ NO_PROXY: expected, no_proxy: expected });
  });
});

describe('the environment of a server', () => {
  const before = { ...process.env };
  afterEach(() => void Object.assign(process.env, before));

  it('is what it needs of the machine alone', () => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    const needed = {
      PATH: '/bin',
      HOME: '/home/ada',
      TMPDIR: '/tmp',
      NODE_COMPILE_CACHE: '/tmp/compiled',
      DOCKER_HOST: 'unix:///run/docker.sock',
    };
    const others = {
      NODE_OPTIONS: '--inspect-brk',
      npm_config_ignore_scripts: 'true',
      HTTP_PROXY: 'http://proxy',
      TZ: 'Mars/Olympus',
      LC_ALL: 'xx',
      CI: '1',
      PRISMA_ENGINES_MIRROR: 'http://mirror',
    };
    Object.assign(process.env, needed, others);

    expect(machineEnvironment()).toEqual(needed);
  });

  it('tells Prisma, too, which schema engine to use and how to fetch it', () => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    const needed = {
      PATH: '/bin',
      PRISMA_SCHEMA_ENGINE_BINARY: '/opt/schema-engine',
      PRISMA_ENGINES_MIRROR: 'http://mirror',
      https_proxy: 'http://proxy',
      NO_PROXY: 'localhost',
    };
    Object.assign(process.env, needed, { PRISMA_HIDE_UPDATE_MESSAGE: '1', NODE_OPTIONS: '--inspect-brk' });

    expect(prismaEnvironment()).toEqual(needed);
  });
});
