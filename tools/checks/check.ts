import { runNode } from './command.ts';
import { failed, passed, type Step } from './outcome.ts';

type Check = Pick<Step, 'name' | 'title' | 'needs'> &
  Readonly<{ command: readonly string[]; env?: Record<string, string> }>;

/** A program whose exit code is the answer; it counts as one test. */
export function check({ command, env, ...step }: Check): Step {
  return {
    ...step,
    wide: false,
    run: async ({ signal }) => {
      const { exitCode, output } = await runNode(command, { signal, ...(env ? { env } : {}) });
      return exitCode === 0 ? passed(output) : failed(output || `exit code ${exitCode}`);
    },
  };
}
