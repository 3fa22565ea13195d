import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../processes.ts';
import type { Server } from '../server.ts';
import { postgresAccepts, startPostgres } from './postgres.ts';
import { copyCluster, createCluster, installedPostgres, type PostgresPrograms } from './postgres-cluster.ts';

const ODD_NAME = `a [b] "c" $HOME 'd': %20 #é `;
const initial = mkdtempSync(join(tmpdir(), 'postgres-'));
let programs: PostgresPrograms;

// Creating a cluster takes a second, copying it a moment.
beforeAll(async () => {
  const installed = await installedPostgres();
  if (!installed) throw new Error('npm has no Postgres for this machine');
  programs = installed;
  createCluster(programs, join(initial, 'data'));
});
afterAll(() => rmSync(initial, { recursive: true }));

function setup(name = 'postgres-') {
  const folder = mkdtempSync(join(tmpdir(), name));
  const directory = join(folder, 'data');
  copyCluster(join(initial, 'data'), directory);
  return {
    directory,
    start: (preferredPort?: number) =>
      startPostgres(programs, {
        directory,
        logFile: join(folder, 'log'),
        durable: true,
        ...(preferredPort && { preferredPort }),
      }),
    async remove(server: Server) {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  // The server is killed while this one is connected.
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query({ text, rowMode: 'array' });
  await client.end();
  return rows.flat();
}

const portOf = ({ url }: Server): number => Number(new URL(url).port);

describe('a Postgres of our own', () => {
  it('keeps what was committed, its address and its password when it is killed', async () => {
    const { start, remove } = setup();
    const killed = await start();
    await query(killed.url, 'CREATE TABLE kept AS SELECT 42 AS number');

    process.kill(killed.pid, 'SIGKILL');
    await killed.exited;
    const server = await start(portOf(killed));
    const kept = await query(server.url, 'SELECT number FROM kept');
    await remove(server);

    expect(kept).toEqual([42]);
    expect(server.url).toBe(killed.url);
  });

  it('takes the place of one that was left behind', async () => {
    const { start, remove } = setup();
    const orphan = await start();

    const server = await start();
    const answers = await postgresAccepts(server.url);
    await remove(server);

    expect(isAlive(orphan.pid)).toBe(false);
    expect(answers).toBe(true);
  });

  it('leaves alone what runs in a folder whose name begins with that of its own', async () => {
    const { directory, start, remove } = setup();
    await (await start()).stop();
    const neighbour = spawn(
      process.execPath,
      ['-e', 'setInterval(() => {}, 1000)', '--', '-D', `${directory}-2`, '-p', '5432'],
      { stdio: 'ignore' },
    );
    writeFileSync(join(directory, 'postmaster.pid'), `${neighbour.pid}\n`);

    const server = await start();
    const goesOn = isAlive(neighbour.pid ?? 0);
    neighbour.kill();
    await remove(server);

    expect(goesOn).toBe(true);
  });

  it('leaves a stranger alone whose process id stands in its pid file', async () => {
    const { directory, start, remove } = setup();
    await (await start()).stop();
    writeFileSync(join(directory, 'postmaster.pid'), `${process.pid}\n`);

    const server = await start();
    const answers = await postgresAccepts(server.url);
    await remove(server);

    expect(answers).toBe(true);
  });

  it('makes its cluster, starts and is found again in a folder with any name', async () => {
    const { directory, start, remove } = setup(ODD_NAME);
    rmSync(directory, { recursive: true });
    const orphan = await start();

    const server = await start();
    const answers = await postgresAccepts(server.url);
    await remove(server);

    expect([isAlive(orphan.pid), answers]).toEqual([false, true]);
  });

  it('lets nobody in without its password, and nobody read its files', async () => {
    const { directory, start, remove } = setup();
    const server = await start();

    const stranger = await postgresAccepts(server.url.replace(/:\w+@/, ':guess@'));
    const { mode } = statSync(directory);
    await remove(server);

    expect(stranger).toBe(false);
    expect(mode & 0o077).toBe(0);
  });
});
