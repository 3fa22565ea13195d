import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, isAlive } from '../servers/processes.ts';
import { Problem, type Settings } from './settings.ts';

/**
 * Makes sure that one `npm start` owns the folder; a claim left by one that was killed is taken over.
 * @throws Problem when another one is running
 * @returns how to give the folder up
 */
export function claimDirectory({ directory }: Settings): () => void {
  const file = join(directory, 'start.pid');
  mkdirSync(directory, { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(readFileSync(file, 'utf8'));
    if (isStart(owner)) throw new Problem(alreadyRunning(owner));
    rmSync(file, { force: true });
  }
}

const isStart = (pid: number): boolean => pid > 0 && pid !== process.pid && isAlive(pid) && commandOf(pid).includes('tools/local/start.ts');

const alreadyRunning = (pid: number): string =>
  `npm start is already running here (process ${pid}). Stop it with Ctrl-C in its terminal or with: kill ${pid}\n` +
  'A second copy beside it: LOCAL_DIR=.local-2 API_PORT=3100 WORKER_PORT=3101 npm start';
