import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEnv } from '../../../libs/platform/config/load-env.js';
import { aValidEnv } from '../../../libs/platform/testing/env.factory.js';
import { prepareSecrets } from './secrets.ts';

function setup() {
  const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
  return { directory, remove: () => rmSync(directory, { recursive: true }) };
}

describe('the secrets of npm start', () => {
  it('satisfy the services, by files that only their owner can read', () => {
    const { directory, remove } = setup();
    const { files } = prepareSecrets(directory, {});

    const env = loadEnv({ ...aValidEnv({ APP_SECRET: undefined, AUTH_SIGNING_KEYS: undefined }), ...files });
    const modes = Object.values(files).map((file) => statSync(file).mode & 0o777);
    remove();

    const kid: unknown = expect.stringMatching(/^[\w-]{43}$/);
    expect(env.AUTH_SIGNING_KEYS.keys).toMatchObject([{ kty: 'EC', crv: 'P-256', alg: 'ES256', kid }]);
    expect(modes).toEqual([0o600, 0o600]);
  });

  it('are made once', () => {
    const { directory, remove } = setup();
    const { files, admin } = prepareSecrets(directory, {});
    const before = Object.values(files).map((file) => readFileSync(file, 'utf8'));

    const again = prepareSecrets(directory, {});
    const after = Object.values(again.files).map((file) => readFileSync(file, 'utf8'));
    remove();

    expect(after).toEqual(before);
    expect(again.admin).toEqual(admin);
  });

  it('leave to the environment what it brings', () => {
    const { directory, remove } = setup();

    const { files, admin } = prepareSecrets(directory, {
      APP_SECRET: 'given',
      AUTH_SIGNING_KEYS_FILE: '/given',
      ADMIN_PASSWORD: 'given',
    });
    remove();

    expect(files).toEqual({});
    expect(admin.password).toBe('given');
  });
});
