import { watch } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../servers/local-directory.ts';
import { build, removeBuilt } from './build.ts';
import { say } from './log-lines.ts';
import { readCode } from './sources.ts';

const WATCHED = ['apps', 'libs'];
const SETTLED_MS = 80;

/**
 * Builds what changes in apps/ and libs/ and then calls `restart`. Code that does not compile changes nothing.
 * @returns how to stop watching
 */
export function reloadOnChange(restart: () => Promise<void>): () => void {
  let built = readCode();
  let queue = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const reload = async (): Promise<void> => {
    const now = readCode();
    const changed = [...now.keys()].filter((file) => now.get(file) !== built.get(file));
    const removed = [...built.keys()].filter((file) => !now.has(file));
    if (changed.length + removed.length === 0) return;
    try {
      await build(changed);
      removeBuilt(removed);
    } catch (error) {
      say(`does not compile; the running processes stay as they are\n${reasonOf(error)}`);
      return;
    }
    built = now;
    await restart();
  };
  const soon = (): void => {
    clearTimeout(timer);
    // An editor writes several times and a checkout touches many files: one reload for all of it.
    timer = setTimeout(() => (queue = queue.then(reload)), SETTLED_MS);
  };

  const watchers = WATCHED.map((folder) => watch(join(ROOT, folder), { recursive: true }, soon));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** The compiler adds its own call stack below the place in our code. */
const reasonOf = (error: unknown): string => String((error as Error).message).split(/\n+Caused by:/)[0] ?? '';
