type Stop = () => Promise<void> | void;

/** Remembers how to undo what was started and does it once, newest first, whatever asks for the end. */
export class Shutdown {
  readonly #stops: Stop[] = [];
  readonly #abort = new AbortController();
  #done: Promise<void> | undefined;

  /** Aborted as soon as the end begins. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  onEnd(stop: Stop): void {
    this.#stops.push(stop);
  }

  run(): Promise<void> {
    this.#abort.abort();
    return (this.#done ??= this.#runAll());
  }

  async #runAll(): Promise<void> {
    for (const stop of this.#stops.toReversed()) {
      try {
        await stop();
      } catch (error) {
        console.error(error);
      }
    }
  }
}
