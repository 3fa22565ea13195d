import { PasswordChecksBusy } from '../../domain/user.errors.js';

/** Lets so many run at once, makes so many wait, and refuses the rest: a flood must not pile up. */
export class HashingSlots {
  private readonly waiting: (() => void)[] = [];

  constructor(
    private free: number,
    private readonly maxWaiting: number,
  ) {}

  /** @throws PasswordChecksBusy */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.take();
    try {
      return await work();
    } finally {
      this.handOn();
    }
  }

  private async take(): Promise<void> {
    if (this.free > 0) {
      this.free--;
      return;
    }
    if (this.waiting.length >= this.maxWaiting) throw new PasswordChecksBusy(undefined, { retryAfterSeconds: 1 });
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** The next one gets the slot itself, so that nobody who comes now can take it first. */
  private handOn(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free++;
  }
}
