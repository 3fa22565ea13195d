import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aValidEnv } from '../testing/env.factory.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { envSchema } from './env.js';
import { loadEnv } from './load-env.js';

describe('loadEnv', () => {
  it('lists every problem and prints no value', () => {
    const load = () => loadEnv({ ...aValidEnv(), API_PORT: 'hunter2', DATABASE_URL: undefined });

    expect(load).toThrow(/API_PORT: [^]*DATABASE_URL: is required/);
    expect(load).not.toThrow(/hunter2/);
  });

  it('reads a secret from the file that NAME_FILE points to', () => {
    const file = join(temporaryFolder('env'), 'secret');
    writeFileSync(file, `${'s'.repeat(40)}\n`);

    const env = loadEnv({ ...aValidEnv(), APP_SECRET: undefined, APP_SECRET_FILE: file });

    expect(env.APP_SECRET).toBe('s'.repeat(40));
  });

  it('names a file that cannot be read, once', () => {
    const load = () => loadEnv({ ...aValidEnv(), APP_SECRET: undefined, APP_SECRET_FILE: '/nowhere' });

    expect(load).toThrow(/APP_SECRET_FILE: cannot be read/);
    expect(load).not.toThrow(/APP_SECRET: is required/);
  });

  it('refuses sample secrets in production', () => {
    const sample = envSchema.shape.APP_SECRET.meta()?.['sample'] as string;

    expect(() => loadEnv({ ...aValidEnv(), NODE_ENV: 'production', APP_SECRET: sample })).toThrow(
      /APP_SECRET: is a sample value/,
    );
    expect(loadEnv({ ...aValidEnv(), APP_SECRET: sample }).APP_SECRET).toBe(sample);
  });

  it('wants to be told in production what else would be a guess: where it is reached, and who it is', () => {
    const load = (env: object) => loadEnv({ ...aValidEnv(), NODE_ENV: 'production', ...env });

    expect(() => load({})).toThrow(/PUBLIC_URL: is required in production\n {2}MAIL_FROM: is required in production/);
    expect(load({ PUBLIC_URL: 'https://api.example.com', MAIL_FROM: 'no-reply@example.com' }).PUBLIC_URL).toBe(
      'https://api.example.com',
    );
    expect(loadEnv(aValidEnv()).PUBLIC_URL).toBe('http://localhost:3000');
  });

  it('lets users reach what is not public, but not in production', () => {
    const env = { ...aValidEnv(), OUTBOUND_ALLOWED_ADDRESSES: '127.0.0.1,10.0.0.0/8' };
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://a.example.com', MAIL_FROM: 'a@example.com' };

    expect(loadEnv(env).OUTBOUND_ALLOWED_ADDRESSES).toEqual(['127.0.0.1', '10.0.0.0/8']);
    expect(() => loadEnv({ ...env, ...production })).toThrow(/OUTBOUND_ALLOWED_ADDRESSES: is for development/);
  });

  it('refuses a short secret everywhere', () => {
    expect(() => loadEnv({ ...aValidEnv(), APP_SECRET: 'short' })).toThrow(/APP_SECRET: /);
  });

  it('takes an empty variable as one that is not set', () => {
    expect(loadEnv({ ...aValidEnv(), API_PORT: '' }).API_PORT).toBe(3000);
  });

  it('takes spaces around a value for none of it, from a file as well', () => {
    const file = join(temporaryFolder('env'), 'url');
    writeFileSync(file, '\n redis://files.example.test \n');
    const url = 'postgresql://me@db/app';

    const env = loadEnv({
      ...aValidEnv(),
      DATABASE_URL: ` ${url}\t`,
      REDIS_URL: '  ',
      REDIS_URL_FILE: ` ${file} `,
      LOG_LEVEL: ' info ',
    });

    expect(env).toMatchObject({ DATABASE_URL: url, REDIS_URL: 'redis://files.example.test', LOG_LEVEL: 'info' });
  });

  it('names a file that holds nothing, and a variable that is set twice', () => {
    const load = () =>
      loadEnv({ ...aValidEnv(), APP_SECRET: undefined, APP_SECRET_FILE: '/dev/null', REDIS_URL_FILE: '/dev/null' });

    expect(load).toThrow(
      /REDIS_URL: is set twice[^]*APP_SECRET_FILE: is empty|APP_SECRET_FILE: is empty[^]*REDIS_URL: is set twice/,
    );
  });

  it('takes standbys apart at commas, and each as strictly as the primary', () => {
    const load = (DATABASE_REPLICA_URL: string) =>
      loadEnv({ ...aValidEnv(), DATABASE_URL: 'postgresql://me@db/app', DATABASE_REPLICA_URL });
    const [one, other] = ['postgresql://me:a%2Cb@one/app', 'postgresql://me@other/app'];

    expect(load(`${one}, ${other}`).DATABASE_REPLICA_URL).toEqual([one, other]);
    expect(load('').DATABASE_REPLICA_URL).toEqual([]);
    expect(() => load(`${one},mysql://me@other/app`)).toThrow(/DATABASE_REPLICA_URL\.1: must be a URL/);
    expect(() => load('postgresql://me@one/app?schema=other')).toThrow(
      /DATABASE_REPLICA_URL: names another schema than DATABASE_URL/,
    );
  });
});
