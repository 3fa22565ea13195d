import { hash } from 'node:crypto';

const BYTES = 6;
const BUCKETS = 256 ** BYTES;

/** Whether this key is among so many of a hundred. A key has one place, whatever the process and the number: who is in at 10 stays in at 20. */
export function isWithin(percentage: number, key: string): boolean {
  const place = Number.parseInt(hash('sha256', key).slice(0, 2 * BYTES), 16) / BUCKETS;
  return place * 100 < percentage;
}
