import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, isAlive, startOf } from '../../servers/processes.ts';
import { identityOf, makeFolder } from './own-folder.ts';
import { forgetRuns } from './run-file.ts';
import { Problem, type Settings } from './settings.ts';

/**
 * Makes sure that one `npm start` owns the folder, by a lock file with its process id and when that started; a lock left by one that was killed is taken over.
 * @throws Problem when another one is running, or the folder cannot be had
 * @returns how to release the lock
 */
export function lockDirectory({ directory }: Settings): () => void {
  try {
    makeFolder(directory);
    return lock(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof Problem || code === undefined) throw error;
    throw new Problem(
      `${directory} cannot be used as the folder for data and keys (${code}). Choose another one: LOCAL_DIR=.local npm start`,
    );
  }
}

function lock(directory: string): () => void {
  const file = join(directory, 'start.pid');
  const folder = identityOf(directory);
  for (;;) {
    try {
      writeFileSync(file, `${process.pid} ${folder} ${startOf(process.pid)}`, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [pid, lockedFolder, ...start] = readFileSync(file, 'utf8').split(' ');
    // A copy of a folder in use: the processes that its files name are those of the original.
    if (lockedFolder !== folder) forgetRuns(directory);
    else if (isStart(Number(pid), start.join(' '))) throw new Problem(alreadyRunning(Number(pid)));
    rmSync(file, { force: true });
  }
}

/** Not a process that was given the same id since, be it an npm start of another checkout. */
const isStart = (pid: number, start: string): boolean =>
  pid > 0 &&
  pid !== process.pid &&
  isAlive(pid) &&
  startOf(pid) === start &&
  commandOf(pid).includes('tools/local/start.ts');

const alreadyRunning = (pid: number): string =>
  `npm start is already running here (process ${pid}). Stop it with Ctrl-C in its terminal or with: kill ${pid}\n` +
  'A second copy beside it: LOCAL_DIR=.local-2 API_PORT=3100 WORKER_PORT=3101 npm start';
