import { ROOT } from '../../servers/local-directory.ts';
import { isReady, startTethered, type TetheredProcess } from '../../servers/tethered-process.ts';
import { showLines } from '../log-lines.ts';

/** One long-running process of the system, declared in programs.ts. */
export type Program = Readonly<{
  name: string;
  /** Arguments of Node. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Answers 2xx once the process can do its work. */
  readyUrl: string;
  /** Whether it is made of code in apps/ and libs/. */
  reloads: boolean;
}>;

export function launch({ name, args, env }: Program, position: number): TetheredProcess {
  const running = startTethered({
    command: process.execPath,
    args,
    env,
    cwd: ROOT,
    output: 'pipe',
    stopSignal: 'SIGTERM',
    patienceMs: 30_000,
  });
  showLines(name, position, [running.child.stdout, running.child.stderr]);
  return running;
}

export const isProgramReady = ({ readyUrl }: Program, running: TetheredProcess): Promise<boolean> =>
  isReady(running, () => answers(readyUrl));

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );
}
