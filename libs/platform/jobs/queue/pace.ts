import { Injectable } from '@nestjs/common';

/** How soon a job gets its next chance, in milliseconds. A test that is about the chance, not the wait, provides a quicker one. */
@Injectable()
export class Pace {
  /** Before the second attempt; each later wait is twice as long: 2 s, 4 s, 8 s … 128 s. Half of each is random. */
  readonly firstRetryMs: number = 2_000;

  /** Between two looks at whether Redis still has what was published. */
  readonly reconcileMs: number = 2_000;

  /** Long enough for a job to be delivered and done, mostly: until then nobody asks whether it was lost. */
  readonly graceMs: number = 5_000;
}
