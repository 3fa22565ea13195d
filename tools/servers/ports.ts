import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that Linux (from 32768) and macOS (from 49152) give to outgoing connections, which can take a port between the look at it and its use. */
const [FIRST, LAST] = [10_000, 19_999];

/** Counted on by each call, from a place of this process's own: programs that look at the same moment find different ports. */
let next = randomInt(FIRST, LAST);

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * The preferred port when nobody has it, else any free one, which this process gets once.
 * @throws Error when every port is taken
 */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred && (await isPortFree(preferred))) return preferred;

  for (let tries = FIRST; tries <= LAST; tries++) {
    const port = next;
    next = port < LAST ? port + 1 : FIRST;
    if (await isPortFree(port)) return port;
  }
  throw new Error(`Every port from ${FIRST} to ${LAST} is taken.`);
}
