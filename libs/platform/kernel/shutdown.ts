/** Tells the rest of the process that it is going to stop, before anything is closed. */
export class Shutdown {
  private readonly controller = new AbortController();
  readonly signal = this.controller.signal;

  get hasBegun(): boolean {
    return this.signal.aborted;
  }

  begin(): void {
    this.controller.abort();
  }
}
