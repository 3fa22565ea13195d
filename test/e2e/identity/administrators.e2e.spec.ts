import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '#client/index.js';
import { aStranger, fromElsewhere, tokenIn } from '#platform/testing/system/people.js';
import type { Environment } from '#platform/testing/system/program.js';
import { RUN_ENVIRONMENT } from '#platform/testing/system/run-environment.js';
import { type System, startSystem } from '#platform/testing/system/system.js';

const MAIN = fileURLToPath(new URL('../../../dist/test/bundle/admin.js', import.meta.url));

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

/** The command as production runs it: built, and with the environment of the API. */
function adminCreate(
  args: readonly string[],
  env: Environment = { ...system.env, NODE_ENV: 'production', MAIL_FROM: 'no-reply@example.com' },
) {
  return new Promise<{ code: number; output: string; messages: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { ...RUN_ENVIRONMENT, ...env } },
      (_, output, messages) => resolve({ code: child.exitCode ?? -1, output, messages }),
    );
  });
}

describe('the first administrator', () => {
  it('is made by a command, chooses a password by mail, and administrates', async () => {
    const { email, password } = aStranger();

    const first = await adminCreate([`--email=${email}`]);
    const { text } = await system.mailbox.mailTo(email);
    const [stranger, home] = [system.client.as(), fromElsewhere()];
    const body = { token: tokenIn(text), password };
    await orThrow(stranger.POST('/v1/auth/password/reset', { body, ...home }));
    const { data } = await orThrow(stranger.POST('/v1/auth/login', { body: { email, password }, ...home }));
    const users = await system.client.as(data.accessToken).GET('/v1/users');
    const second = await adminCreate([`--email=${email}`]);

    expect([first.code, users.response.status, second.code]).toEqual([0, 200, 0]);
    expect(second.output).toContain('nothing has changed');
    expect(first.output + first.messages).not.toContain(email);
    expect(first.output).toContain('"audit":"user.roles-changed"');
  });

  it('needs no environment to be explained', async () => {
    const { code, output } = await adminCreate(['--help'], {});

    expect([code, output]).toEqual([0, expect.stringContaining('--email=<address>')]);
  });

  it.each<[string, string[], Environment | null, RegExp]>([
    ['nobody is named', [], null, /^Say whom: --email/],
    [
      'the environment is incomplete',
      ['--email=ada@example.test'],
      {},
      /^The environment is not valid[^]+DATABASE_URL: is required/,
    ],
    [
      'Postgres is not there',
      ['--email=ada@example.test'],
      { DATABASE_URL: 'postgresql://nobody:hunter2@127.0.0.1:1/none' },
      /^Nobody was made an administrator\./,
    ],
  ])('is not made, and it is said why, when %s', async (_, args, overrides, reason) => {
    const isEmpty = overrides !== null && Object.keys(overrides).length === 0;

    const { code, messages } = await adminCreate(args, isEmpty ? {} : { ...system.env, ...overrides });

    expect(code).toBe(1);
    expect(messages).toMatch(reason);
    expect(messages).not.toMatch(/\n\s+at |hunter2/);
  });
});
