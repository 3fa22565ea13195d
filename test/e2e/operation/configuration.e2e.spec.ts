import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { systemEnvironment } from '#platform/testing/system/environment.js';
import { type Environment, launch, start } from '#platform/testing/system/program.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { query } from '../../../tools/database-commands/query.ts';

const programs = ['api', 'worker'] as const;

/** Runs a program that cannot start and tells how it ended. */
async function failToStart(app: (typeof programs)[number], env: Environment) {
  const program = await launch(app, env);
  return { exitCode: await program.exited, output: program.output() };
}

/** Beside that of this test's worker. */
async function emptyDatabase() {
  const name = `empty_${randomUUID()}`;
  await query(process.env.DATABASE_URL ?? '', `CREATE DATABASE "${name}"`);
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.pathname = name;
  return { url: url.href, remove: () => query(process.env.DATABASE_URL ?? '', `DROP DATABASE "${name}" WITH (FORCE)`) };
}

async function takenPort(): Promise<{ port: string; server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: String((server.address() as { port: number }).port) };
}

describe.each(programs)('the %s', (app) => {
  it('names every missing or malformed variable at once and no value', async () => {
    const { exitCode, output } = await failToStart(
      app,
      systemEnvironment({ REDIS_URL: undefined, APP_SECRET: 'hunter2', REQUEST_TIMEOUT: 'soon' }),
    );

    expect(exitCode).toBeGreaterThan(0);
    for (const name of ['REDIS_URL', 'APP_SECRET', 'REQUEST_TIMEOUT']) expect(output).toContain(name);
    expect(output).not.toMatch(/hunter2|soon|\n\s+at /);
  });

  it('names values that cannot work together with the rest, and prints none of them', async () => {
    const keys = JSON.stringify({ keys: [{ kid: 'mark', alg: 'ES256', kty: 'OKP', d: 'mark' }] });
    const values = {
      TRUSTED_PROXIES: 'markproxy',
      HOST: 'markhost.invalid',
      AUTH_SIGNING_KEYS: keys,
      PUBLIC_URL: 'ftp://mark',
      AUTH_ACCESS_TTL: '0',
    };

    const { exitCode, output } = await failToStart(app, systemEnvironment(values));

    expect(exitCode).toBe(1);
    for (const name of Object.keys(values)) expect(output).toMatch(new RegExp(`^  ${name}[.:]`, 'm'));
    expect(output).not.toMatch(/mark|\n\s+at /);
  });

  it('is led by its connection string alone, whatever libpq would read', async () => {
    const elsewhere = {
      PGHOST: '192.0.2.1',
      PGSSLMODE: 'require',
      PGSSLNEGOTIATION: 'direct',
      PGOPTIONS: '-c no_such_setting=1',
      PGAPPNAME: 'stranger',
    };

    const program = await start(app, systemEnvironment(elsewhere));
    const response = await fetch(`${program.url}/health/ready`);
    await program.stop();

    expect(response.status).toBe(200);
  });

  it('says in one line what to do about an address that is not of this machine', async () => {
    const { exitCode, output } = await failToStart(app, systemEnvironment({ HOST: '192.0.2.1' }));

    expect(exitCode).toBe(1);
    expect(output).toContain('HOST is no address of this machine');
    expect(output).not.toMatch(/192\.0\.2\.1|\n\s+at |\\n\s+at /);
  });

  it('is neither started nor ready on a database that is behind, and says what to do', async () => {
    const database = await emptyDatabase();
    const program = await launch(app, systemEnvironment({ DATABASE_URL: database.url }));
    const client = new ApiClient(program.url);

    const alive = await eventually(() => client.get('/health/live'));
    const [started, ready] = [await client.get('/health/startup'), await client.get('/health/ready')];
    await program.stop();
    await database.remove();

    expect([alive.status, started.status, ready.status]).toEqual([200, 503, 503]);
    expect(ready.body.checks.migrations).toMatchObject({ status: 'down', pending: expect.any(Number) });
    expect(program.output().match(/npm run db:migrate/g)).toHaveLength(1);
    expect(program.output().split('\n')[0]).toContain('npm run db:migrate');
  });

  it('refuses sample secrets in production', async () => {
    const { exitCode, output } = await failToStart(
      app,
      systemEnvironment({ NODE_ENV: 'production', APP_SECRET: 'sample-secret-change-me-sample-secret' }),
    );

    expect(exitCode).toBeGreaterThan(0);
    expect(output).toMatch(/APP_SECRET: is a sample value/);
  });

  it('says in one line what to do about a port that is taken', async () => {
    const { port, server } = await takenPort();
    const name = `${app.toUpperCase()}_PORT`;

    const { exitCode, output } = await failToStart(app, systemEnvironment({ [name]: port }));
    server.close();

    expect(exitCode).toBeGreaterThan(0);
    expect(output).toContain(port);
    expect(output).toContain(name);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('comes up without its database, says so, and is neither started nor ready', async () => {
    const program = await launch(
      app,
      systemEnvironment({ DATABASE_URL: 'postgresql://postgres:hunter2@127.0.0.1:1/none' }),
    );
    const client = new ApiClient(program.url);

    const alive = await eventually(() => client.get('/health/live'));
    const [started, ready] = [await client.get('/health/startup'), await client.get('/health/ready')];
    await program.stop();

    expect([alive.status, started.status, ready.status]).toEqual([200, 503, 503]);
    expect(program.output()).toContain('database');
    expect(program.output()).not.toContain('hunter2');
  });
});

describe('the api', () => {
  it('names the rate limits there are when RATE_LIMITS names another', async () => {
    const { exitCode, output } = await failToStart(
      'api',
      systemEnvironment({ RATE_LIMITS: 'login=1000/60,markname=1/1' }),
    );

    expect(exitCode).toBe(1);
    expect(output).toMatch(/RATE_LIMITS: names a limit that does not exist; there are default, login,/);
    expect(output).not.toMatch(/markname|\n\s+at |\\n\s+at /);
  });
});
