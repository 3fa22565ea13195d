import { Injectable } from '@nestjs/common';

/** How soon a job gets its next chance, in milliseconds. A test that is about the chance, not the wait, provides a quicker one. */
@Injectable()
export class Pace {
  /** Between two looks at whether Redis still has what was published. */
  readonly reconcileMs: number = 2_000;

  /** Long enough for a job to be delivered and done, mostly: until then nobody asks whether it was lost. */
  readonly graceMs: number = 5_000;

  /** Before a job that this worker does not know is offered again, to a newer one perhaps. */
  readonly unknownRestMs: number = 10_000;

  /** How long it is offered. A release that takes longer has stopped half-way. */
  readonly unknownMs: number = 3_600_000;

  /** Between two looks at what the schedules say. No tick is later by more. */
  readonly scheduleMs: number = 1_000;
}
