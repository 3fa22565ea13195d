import { Companion } from '../companion.ts';
import { median } from '../measure/statistics.ts';
import type { Setting } from '../setting.ts';
import type { Throughput } from './effects.ts';
import type { AtDepth, Latencies, OwnLoad } from './own-worker.ts';
import type { PlainLoad } from './plain-worker.ts';

const ROUNDS = 3;
const JOBS = 10_000;
const IDLE_JOBS = 100;
const DEPTH_JOBS = 4_000;
const [SHALLOW, DEEP] = [100, 1_000_000];

export type JobsResult = Readonly<{
  own: readonly number[];
  plain: readonly number[];
  idleMilliseconds: number;
  shallow: AtDepth;
  deep: AtDepth;
}>;

/** In turns, each time with new processes. */
export async function measureJobs({ environment }: Setting, say: (progress: string) => void): Promise<JobsResult> {
  const [own, plain]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`jobs: round ${round} of ${ROUNDS}`);
    plain.push(
      (await ask<Throughput>('jobs/plain-worker', { environment, jobs: JOBS } satisfies PlainLoad)).jobsPerSecond,
    );
    const load: OwnLoad = { environment, kind: 'throughput', jobs: JOBS };
    own.push((await ask<Throughput>('jobs/own-worker', load)).jobsPerSecond);
  }
  say('jobs: one after the other');
  const idle = await ask<Latencies>('jobs/own-worker', {
    environment,
    kind: 'idle',
    jobs: IDLE_JOBS,
  } satisfies OwnLoad);
  const atDepth = (waiting: number) => {
    say(`jobs: while ${waiting} wait`);
    return ask<AtDepth>('jobs/own-worker', { environment, kind: 'depth', jobs: DEPTH_JOBS, waiting } satisfies OwnLoad);
  };
  const shallow = await atDepth(SHALLOW);
  return { own, plain, idleMilliseconds: median(idle.milliseconds), shallow, deep: await atDepth(DEEP) };
}

async function ask<Answer>(file: 'jobs/own-worker' | 'jobs/plain-worker', load: object): Promise<Answer> {
  const process = new Companion(file, [], 'ignore');
  try {
    return await process.ask<Answer>(load);
  } finally {
    process.stop();
  }
}
