import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { localDirectory } from '../../../../tools/servers/local-directory.ts';
import { startPgBouncer } from '../../../../tools/servers/pgbouncer/pgbouncer.ts';
import { findPgBouncer, type PgBouncerProgram } from '../../../../tools/servers/pgbouncer/program.ts';
import type { Server } from '../../../../tools/servers/server.ts';

const program = await findPgBouncer(join(localDirectory(), 'pgbouncer-program'));
// Loudly: what is not run is not proven.
if (!program)
  console.warn(
    'No PgBouncer 1.21 or later, on the PATH or in the packages of a Debian: the tests behind a pooler are skipped.',
  );

export const describeBehindPooler = program ? describe : describe.skip;

/** Before the Postgres of this test's worker. */
export async function startPooler(
  settings: Readonly<Record<string, string | number>>,
  target = process.env.DATABASE_URL ?? '',
): Promise<Server> {
  const directory = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  const server = await startPgBouncer(program as PgBouncerProgram, { directory, target, settings });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true });
    },
  };
}
