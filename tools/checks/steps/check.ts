import { runNode } from '../../run-node.ts';
import { failed, passed, type Step } from '../outcome.ts';

type Check = Pick<Step, 'name' | 'title' | 'needs'> & Readonly<{ command: readonly string[] }>;

/** A program whose exit code is the answer; it counts as one test. */
export function check({ command, ...step }: Check): Step {
  return {
    ...step,
    wide: false,
    run: async ({ signal }) => {
      const { exitCode, output } = await runNode(command, { signal });
      return exitCode === 0 ? passed(output) : failed(output || `exit code ${exitCode}`);
    },
  };
}
