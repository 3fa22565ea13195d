import { setInterval } from 'node:timers/promises';
import { type ForwardingServer, startForwardingServer } from './forwarding-server.js';

const PROBE_EVERY_MS = 100;

/** One address before several processes, which get requests in turn as long as they say that they are ready. */
export async function startBalancer(targets: readonly string[]): Promise<ForwardingServer> {
  let ready = targets;
  let turn = 0;
  const stopped = new AbortController();
  const server = await startForwardingServer((path) => `${ready[turn++ % ready.length] ?? targets[0]}${path}`);

  const isReady = async (target: string) =>
    fetch(`${target}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  const probing = (async () => {
    for await (const _ of setInterval(PROBE_EVERY_MS, undefined, { signal: stopped.signal })) {
      const answers = await Promise.all(targets.map(isReady));
      ready = targets.filter((_target, index) => answers[index]);
    }
  })().catch(() => undefined);
  return {
    ...server,
    stop: async () => {
      stopped.abort();
      await probing;
      await server.stop();
    },
  };
}
