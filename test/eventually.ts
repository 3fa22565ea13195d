import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 25;

/** Asks again until `look` stops throwing, and throws its last complaint when patience ends. For what another process does in its own time. */
export async function eventually<T>(look: () => Promise<T> | T, patienceMs = 15_000): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(POLL_MS);
    }
  }
}
