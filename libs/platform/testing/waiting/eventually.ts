import { setTimeout as delay } from 'node:timers/promises';
import { patience } from './patience.js';

const POLL_MS = 25;

/**
 * Asks again until `look` stops throwing, and throws its last complaint when patience ends, which a busy machine stretches.
 * For what another process does in its own time.
 */
export async function eventually<T>(look: () => Promise<T> | T, patienceMs = 15_000): Promise<T> {
  const begin = Date.now();
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() - begin > patience(patienceMs)) throw error;
      await delay(POLL_MS);
    }
  }
}
