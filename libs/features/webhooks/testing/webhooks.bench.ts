import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FeatureBenchmark } from '../../../../bench/feature-benchmarks.ts';
import { median } from '../../../../bench/measure/statistics.ts';
import { sendByHand } from './bench/hand-written.ts';
import { sendByPlatform } from './bench/own-sender.ts';
import type { Ports } from './bench/receiver.ts';

const ROUNDS = 3;
/** One more never answers. */
const ALIVE = 9;
const MESSAGES = 1_000;
const AT_LEAST = 0.75;

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';
const BODY = JSON.stringify({
  type: 'order.placed',
  timestamp: '2030-01-01T12:00:00.000Z',
  data: { orderId: '0190a5d2-8f00-7000-8000-000000000001', userId: '0190a5d2-8f00-7000-8000-000000000002' },
});

/** The loop by hand has no dead endpoint to cope with, and nothing to remember but its calls. */
export const measure: FeatureBenchmark = async ({ environment }, say) => {
  const receiver = fork(fileURLToPath(new URL('bench/receiver.ts', import.meta.url)));
  const [{ alive, dead }] = (await once(receiver, 'message')) as [Ports];
  const origin = `http://127.0.0.1:${alive}`;
  const urls = [...Array.from({ length: ALIVE }, () => `${origin}/`), `http://127.0.0.1:${dead}/`];
  const deliveries = ALIVE * MESSAGES;
  const [own, byHand]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`webhooks: round ${round} of ${ROUNDS}`);
    const databaseUrl = environment['DATABASE_URL'] ?? '';
    byHand.push(await sendByHand({ databaseUrl, origin, body: BODY, secret: SECRET, deliveries }));
    own.push(await sendByPlatform({ environment, urls, body: BODY, messages: MESSAGES, deliveries }));
  }
  receiver.disconnect();
  return section(own, byHand);
};

function section(own: readonly number[], byHand: readonly number[]): string {
  const ratio = median(own.map((each, round) => each / (byHand[round] ?? Number.NaN)));
  return [
    '## Webhooks',
    '',
    `Deliveries to a receiver on this machine: ${MESSAGES} to each of ${ALIVE} endpoints, while a tenth never answers, against a loop of undici`,
    'that signs in the same way, writes one row for each call and has no dead endpoint.',
    '',
    '| | deliveries/s |',
    '| --- | ---: |',
    `| by hand | ${median(byHand).toFixed(0)} |`,
    `| this platform | ${median(own).toFixed(0)} |`,
    '',
    `- against the loop by hand: **${ratio.toFixed(2)}** (at least ${AT_LEAST})`,
  ].join('\n');
}
