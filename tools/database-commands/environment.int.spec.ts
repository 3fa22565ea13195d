import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEnv } from '../../libs/platform/config/load-env.ts';
import { atDatabase, postgresAddress } from '../../libs/platform/config/values/connection-strings.ts';
import { Database } from '../../libs/platform/database/database.ts';
import { connectionOptions } from '../../libs/platform/database/pool/connection.ts';
import { RoutedPool } from '../../libs/platform/database/pool/routed-pool.ts';
import { Migrations } from '../../libs/platform/health/migrations.ts';
import { aValidEnv } from '../../libs/platform/testing/env.factory.ts';
import { temporaryFolder } from '../../libs/platform/testing/temporary-folder.ts';
import { dropDatabase } from '../databases/migrated-template.ts';
import { query } from './query.ts';
import { prisma, run } from './running.ts';

const SERVER = process.env.DATABASE_URL ?? '';

const url = atDatabase(SERVER, `commands_${randomUUID()}`);
const inSchema = `${url}?schema=shop`;
afterAll(() => dropDatabase(SERVER, postgresAddress(url).database));

function inFile(content: string): string {
  const file = join(temporaryFolder('command'), 'value');
  writeFileSync(file, content);
  return file;
}

describe('a command', () => {
  it('finds the database in a file, and its schema is that of the service', async () => {
    const migrated = await prisma(['migrate', 'deploy'], { DATABASE_URL_FILE: inFile(` ${inSchema}\n`) });
    const seeded = await run('prisma/seed.ts', [], {
      DATABASE_URL_FILE: inFile(inSchema),
      ADMIN_PASSWORD: '',
      ADMIN_PASSWORD_FILE: inFile('from a file'),
    });
    const database = new Database(
      new RoutedPool(connectionOptions(loadEnv(aValidEnv({ DATABASE_URL: inSchema })), 'commands.int.spec')),
    );
    const tables = await query(url, "SELECT schemaname FROM pg_tables WHERE tablename = 'users'");
    const seen = {
      pending: await new Migrations(database).pending(),
      byPrisma: await database.client.user.count(),
      bySql: await database.query({ name: 'test.count', text: 'SELECT count(*) AS users FROM users' }),
    };
    await database.onApplicationShutdown();

    expect([migrated.code, seeded.code]).toEqual([0, 0]);
    expect(tables).toEqual([{ schemaname: 'shop' }]);
    expect(seen).toEqual({ pending: [], byPrisma: 3, bySql: [{ users: 3 }] });
  });

  it.each([[['migrate', 'deploy']], [['db', 'seed']]])(
    '%j without a database says so, and looks for none',
    async (args) => {
      const { code, output } = await prisma(args, {});

      expect(output).toMatch(/No database to work on: DATABASE_URL is not set/);
      expect(output).not.toMatch(/localhost|none/);
      expect(code).toBe(1);
    },
  );

  it('refuses what cannot work by its name', async () => {
    const [migrated, seeded] = await Promise.all([
      prisma(['migrate', 'deploy'], { DATABASE_URL: 'postgres://me:p@ss/w#mark@127.0.0.1/app' }),
      run('prisma/seed.ts', [], { DATABASE_URL_FILE: '/mark' }),
    ]);

    expect(migrated.output).toMatch(/DATABASE_URL: .*percent-encoded/);
    expect(seeded.output).toMatch(/DATABASE_URL_FILE: cannot be read/);
    expect(`${migrated.output}${seeded.output}`).not.toMatch(/mark/);
    expect([migrated.code, seeded.code]).toEqual([1, 1]);
  });
});
