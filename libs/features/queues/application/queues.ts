/** How much work there is. Counts stop at 100,000. */
export type Queue = Readonly<{
  name: string;
  /** Jobs that are not done yet. */
  open: number;
  /** Those of them that no worker has taken; null while Redis does not answer. */
  waiting: number | null;
  /** Age of the oldest open job, 0 when there is none. */
  oldestAgeSeconds: number;
  deadLetters: number;
}>;

export abstract class Queues {
  abstract all(): Promise<readonly Queue[]>;
}
