import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { redisAddress, withoutUser } from './redis-address.js';

const addressOf = (overrides: Record<string, string>) => redisAddress(loadEnv(aValidEnv(overrides)));

describe('redisAddress', () => {
  it('is REDIS_URL where there are no Sentinels', () => {
    const { url, options } = addressOf({ REDIS_URL: 'redis://:secret@10.0.0.1:6379/2' });

    expect([url, options.sentinels]).toEqual(['redis://:secret@10.0.0.1:6379/2', undefined]);
  });

  it('is what the Sentinels say of the master that REDIS_URL names', () => {
    const { options } = addressOf({
      REDIS_URL: 'redis://:secret@My_Master/2',
      REDIS_SENTINELS: 'a:26379, b:26380',
      REDIS_SENTINEL_PASSWORD: 'other',
    });

    expect(options).toMatchObject({
      name: 'My_Master',
      sentinelPassword: 'other',
      sentinels: [
        { host: 'a', port: 26379 },
        { host: 'b', port: 26380 },
      ],
    });
    expect([options.enableTLSForSentinelMode, options.sentinelTLS]).toEqual([false, undefined]);
  });

  it('is encrypted at the Sentinels too when it is at the master', () => {
    const { options } = addressOf({ REDIS_URL: 'rediss://master', REDIS_SENTINELS: 'a:26379' });

    expect(options).toMatchObject({ enableTLSForSentinelMode: true, sentinelTLS: {} });
  });

  it('trusts an authority of our own, at the Sentinels too', () => {
    const [REDIS_CA = ''] = rootCertificates;

    const { options } = addressOf({ REDIS_URL: 'rediss://master', REDIS_SENTINELS: 'a:26379', REDIS_CA });

    expect(options).toMatchObject({ tls: { ca: REDIS_CA }, sentinelTLS: { ca: REDIS_CA } });
  });

  it('can do without a user, for a server that wants none', () => {
    expect(withoutUser(addressOf({ REDIS_URL: 'redis://me:secret@10.0.0.1:6379/2' })).url).toBe(
      'redis://10.0.0.1:6379/2',
    );
  });
});
