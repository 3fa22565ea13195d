import { watch } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed } from '../../run-node.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { say } from '../log-lines.ts';
import { readMigrations } from '../migrate.ts';
import type { Shutdown } from '../programs/shutdown.ts';
import { build, generateClient, removeBuilt } from './build.ts';
import { type MigratedDatabase, whatTheDatabaseLacks } from './schema-changes.ts';
import { type Contents, readCode, readModels } from './sources.ts';

const WATCHED = ['apps', 'libs', 'prisma'];
const SETTLED_MS = 80;

type Running = Readonly<{ restart: () => Promise<void>; database: MigratedDatabase; shutdown: Shutdown }>;

/**
 * Builds what changes in apps/ and libs/, Prisma's client with it when the models change, and then calls `restart`. What does not compile
 * changes nothing. What the database lacks after that is said. Contents are compared, so what is generated here begins nothing anew.
 */
export function reloadOnChange({ restart, database, shutdown }: Running): void {
  let built = readCode();
  let schema = { models: readModels(), migrations: readMigrations() };
  let queue = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const reload = async (): Promise<void> => {
    const before = schema;
    schema = { models: readModels(), migrations: readMigrations() };
    const isModelled = isChanged(before.models, schema.models);
    if (isModelled) await generateClient(shutdown.signal);

    const now = readCode();
    const changed = [...now.keys()].filter((file) => now.get(file) !== built.get(file));
    const removed = [...built.keys()].filter((file) => !now.has(file));
    if (changed.length + removed.length > 0) {
      await build(changed);
      removeBuilt(removed);
      built = now;
      await restart();
    }
    const lack =
      isModelled || isChanged(before.migrations, schema.migrations)
        ? await whatTheDatabaseLacks(database, shutdown.signal)
        : null;
    if (lack !== null) say(lack);
  };
  const reloadOrSay = (): Promise<void> =>
    reload().catch((error: unknown) => {
      if (!shutdown.signal.aborted)
        say(`nothing was reloaded; the running processes stay as they are\n${reasonOf(error)}`);
    });
  const soon = (): void => {
    clearTimeout(timer);
    // An editor writes several times and a checkout touches many files: one reload for all of it.
    timer = setTimeout(() => (queue = queue.then(reloadOrSay)), SETTLED_MS);
  };

  const watchers = WATCHED.map((folder) => watch(join(ROOT, folder), { recursive: true }, soon));
  shutdown.onEnd(() => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  });
}

const isChanged = (before: Contents, now: Contents): boolean =>
  before.size !== now.size || [...now].some(([name, hash]) => before.get(name) !== hash);

/** The compiler adds its own call stack below the place in our code. */
function reasonOf(error: unknown): string {
  if (error instanceof CommandFailed) return error.output.trim();
  return String((error as Error).message).split(/\n+Caused by:/)[0] ?? '';
}
