import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { workerServers } from '#platform/testing/servers/worker-servers.js';
import { RUN_ENVIRONMENT } from '#platform/testing/system/run-environment.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });
afterAll(() => database.end());

function setup() {
  const adminEmail = `${randomUUID()}@example.test`;
  const seed = (overrides: Record<string, string> = {}) => {
    const env = {
      ...RUN_ENVIRONMENT,
      ...workerServers(),
      ADMIN_EMAIL: adminEmail,
      ADMIN_PASSWORD: 'only for these tests',
      ...overrides,
    };
    return new Promise<{ code: number; messages: string }>((resolve) => {
      const child = execFile(process.execPath, ['prisma/seed.ts'], { cwd: ROOT, env }, (_, __, messages) =>
        resolve({ code: child.exitCode ?? -1, messages }),
      );
    });
  };
  return { adminEmail, seed };
}

/** Those with this address, unless they were deleted. */
async function people(email: string) {
  const text = `SELECT ARRAY(SELECT role_name FROM user_roles WHERE user_id = u.id ORDER BY role_name) AS roles
    FROM users u WHERE email = $1 AND deleted_at IS NULL`;
  return (await database.query<{ roles: string[] }>(text, [email])).rows;
}

/** As DELETE /v1/users/:id leaves it. */
const remove = (email: string) =>
  database.query(`UPDATE users SET email = 'deleted:' || id, name = NULL, deleted_at = now() WHERE email = $1`, [
    email,
  ]);

describe('the seed', () => {
  it('plants an administrator and examples, as often as one likes', async () => {
    const { adminEmail, seed } = setup();

    for (let time = 0; time < 2; time++) expect(await seed()).toEqual({ code: 0, messages: '' });

    expect(await people(adminEmail)).toEqual([{ roles: ['admin', 'user'] }]);
    expect(await people('grace@example.test')).toEqual([{ roles: ['user'] }]);
  });

  it('makes the administrator again who was deleted, and leaves deleted examples alone', async () => {
    const { adminEmail, seed } = setup();
    await seed();
    for (const email of [adminEmail, 'ada@example.test']) await remove(email);

    expect(await seed()).toEqual({ code: 0, messages: '' });

    expect(await people(adminEmail)).toEqual([{ roles: ['admin', 'user'] }]);
    expect(await people('ada@example.test')).toEqual([]);
  });

  it('refuses to run in production', async () => {
    const { seed } = setup();

    const { code, messages } = await seed({ NODE_ENV: 'production' });

    expect([code, messages]).toEqual([1, expect.stringContaining('does not run with NODE_ENV=production')]);
  });
});
