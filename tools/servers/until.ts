import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** Asks again and again until it is so. @throws with the complaint when that takes too long */
export async function until(isSo: () => Promise<boolean>, complaint: string): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !(await isSo()); await delay(POLL_MS))
    if (Date.now() > deadline) throw new Error(complaint);
}
