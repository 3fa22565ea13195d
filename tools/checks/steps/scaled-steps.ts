import { LEFT_OUT } from '../../databases/scaled-run.ts';
import { selectSteps } from '../arguments.ts';
import type { Step } from '../outcome.ts';

/** Steps of whole-system tests, and what they need. The first tells what it leaves out. */
const WHOLE_SYSTEM = ['e2e', 'browser'];

export const scaledSteps = (steps: readonly Step[]): readonly Step[] =>
  selectSteps(steps, WHOLE_SYSTEM).map((step) => (step.name === WHOLE_SYSTEM[0] ? tellingWhatIsLeftOut(step) : step));

export const whatIsLeftOut = (): string =>
  ['Left out on scaled servers:', ...Object.entries(LEFT_OUT).map(([path, reason]) => `${path} ${reason}`)].join(
    '\n    ',
  );

const tellingWhatIsLeftOut = (step: Step): Step => ({
  ...step,
  run: async (context) => ({ ...(await step.run(context)), note: whatIsLeftOut() }),
});
