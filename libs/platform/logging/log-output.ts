import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Lines that wait together save a system call each. */
const BATCH_LENGTH = 4_096;
const FLUSH_EVERY_MS = 100;
/** The last part of the buffer is for errors alone. */
const SHARE_FOR_ALL = 3 / 4;
/** Of a line such as `{"level":"error",…`. */
const LEVEL_AT = '{"level":"'.length;

export type Lost = Readonly<{ lines: number; errors: number }>;

/**
 * Log lines on their way out. Nothing here waits for the reader: while there is none, lines are kept up to a limit, then those that
 * come are dropped and counted, errors last. When the reader is back, it is told how many it missed.
 */
export class LogOutput {
  private waiting = '';
  private waitingLines = 0;
  private linesUnderWay = 0;
  private lost = { lines: 0, errors: 0 };
  private allLost = 0;
  private tell: (lost: Lost) => void = () => undefined;

  /** @param target is expected to write at once what it can, and to keep the rest, as process.stdout does. @param limit characters */
  constructor(
    private readonly target: Writable,
    private readonly limit: number,
  ) {
    // A reader that is gone is no reason to stop; every write tells of it again.
    target.on('error', () => undefined);
    setInterval(() => this.flush(), FLUSH_EVERY_MS).unref();
  }

  /** Since the start of the process. */
  get lostLines(): number {
    return this.allLost;
  }

  /** `tell` is called when lines were lost and there is somebody to read it. */
  whenLost(tell: (lost: Lost) => void): void {
    this.tell = tell;
  }

  /** @param line with its end */
  write(line: string): void {
    const length = this.waiting.length + line.length;
    if (length > this.limit * SHARE_FOR_ALL && (!isError(line) || length > this.limit))
      return this.lose(1, isError(line) ? 1 : 0);

    this.waiting += line;
    this.waitingLines++;
    if (length >= BATCH_LENGTH) this.flush();
  }

  /** Hands over what is waiting, unless there is still something that the target could not write. */
  flush(): void {
    if (this.linesUnderWay > 0 || this.waitingLines === 0) return;

    const batch = this.waiting;
    this.linesUnderWay = this.waitingLines;
    this.waiting = '';
    this.waitingLines = 0;
    this.target.write(batch, (error) => this.wasWritten(error ?? null));
  }

  /** For a process that ends now: there is no later for what waits behind something that is under way. */
  flushAll(): void {
    this.target.write(this.waiting);
    this.waiting = '';
    this.waitingLines = 0;
  }

  /** Waits until everything is written, or for so long. */
  async drain(milliseconds: number): Promise<void> {
    const end = Date.now() + milliseconds;
    this.flush();
    while (this.linesUnderWay + this.waitingLines > 0 && Date.now() < end) {
      await sleep(10);
      this.flush();
    }
  }

  private wasWritten(error: Error | null): void {
    const lines = this.linesUnderWay;
    this.linesUnderWay = 0;
    if (error) return this.lose(lines, 0);

    const { lost } = this;
    if (lost.lines > 0 && this.waitingLines === 0) {
      this.lost = { lines: 0, errors: 0 };
      this.tell(lost);
    }
    if (lost.lines > 0 || this.waiting.length >= BATCH_LENGTH) this.flush();
  }

  private lose(lines: number, errors: number): void {
    this.allLost += lines;
    this.lost = { lines: this.lost.lines + lines, errors: this.lost.errors + errors };
  }
}

/** `error` and `fatal`. */
function isError(line: string): boolean {
  const letter = line.charAt(LEVEL_AT);
  return letter === 'e' || letter === 'f';
}
