import { median } from '../measure/statistics.ts';
import type { JobsResult } from './jobs.ts';

const TO_PLAIN_AT_LEAST = 0.75;
const IDLE_AT_MOST_MS = 20;
const DEPTH_AT_MOST = 1.3;

export function jobsSection({ own, plain, idleMilliseconds, shallow, deep }: JobsResult): string {
  const ratio = median(own.map((each, round) => each / (plain[round] ?? Number.NaN)));
  const depth = shallow.jobsPerSecond / deep.jobsPerSecond;
  return [
    '## From the outbox to the effect',
    '',
    'Jobs that write one row: enqueued in transactions of a thousand and done by one worker, against `addBulk` and a `Worker` of plain BullMQ.',
    '',
    '| | jobs/s |',
    '| --- | ---: |',
    `| plain BullMQ, without an outbox | ${median(plain).toFixed(0)} |`,
    `| this platform | ${median(own).toFixed(0)} |`,
    `| this platform, while 100 wait | ${shallow.jobsPerSecond.toFixed(0)} |`,
    `| this platform, while 1,000,000 wait | ${deep.jobsPerSecond.toFixed(0)} |`,
    '',
    `- against plain BullMQ: **${ratio.toFixed(2)}** (at least ${TO_PLAIN_AT_LEAST})`,
    `- a job on an idle worker, median until its effect is committed: **${idleMilliseconds.toFixed(1)} ms** (at most ${IDLE_AT_MOST_MS})`,
    `- time per job at a depth of 1,000,000 against 100: **${depth.toFixed(2)}** (at most ${DEPTH_AT_MOST}); CPU of the worker ${(deep.microseconds / shallow.microseconds).toFixed(2)}`,
  ].join('\n');
}
