import { ApiClient } from '#platform/testing/system/api-client.js';
import { type Environment, type Program, start } from '#platform/testing/system/program.js';

/** One service, whichever process answers: a new one takes over when it is ready, and the old one is told to stop, as a rolling release does. */
export class ReplacedApi {
  /** Of the processes that were replaced, once they have ended. */
  readonly exitCodes: Promise<number>[] = [];
  private current: Program | undefined;
  private next: Program | undefined;

  constructor(private readonly env: Environment) {}

  get client(): ApiClient {
    return new ApiClient(this.current?.url ?? '');
  }

  /** With the one that replaces it first; all others start when their time has come. */
  async start(): Promise<void> {
    [this.current, this.next] = await Promise.all([start('api', this.env), start('api', this.env)]);
  }

  async replace(): Promise<void> {
    const old = this.current;
    this.current = this.next ?? (await start('api', this.env));
    this.next = undefined;
    old?.signal('SIGTERM');
    if (old) this.exitCodes.push(old.exited);
  }

  async stop(): Promise<void> {
    await Promise.all([this.current?.stop(), this.next?.stop()]);
  }
}
