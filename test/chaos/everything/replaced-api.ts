import { ApiClient } from '#platform/testing/system/api-client.js';
import { type Environment, type Program, start } from '#platform/testing/system/program.js';

/** One service, whichever process answers: a new one takes over when it is ready, and the old one is told to stop, as a rolling release does. */
export class ReplacedApi {
  /** Of the processes that were replaced. */
  readonly exitCodes: number[] = [];
  private program: Program | undefined;

  constructor(private readonly env: Environment) {}

  get client(): ApiClient {
    return new ApiClient(this.program?.url ?? '');
  }

  async start(): Promise<void> {
    this.program = await start('api', this.env);
  }

  async replace(): Promise<void> {
    const old = this.program;
    await this.start();
    old?.signal('SIGTERM');
    if (old) this.exitCodes.push(await old.exited);
  }

  async stop(): Promise<void> {
    await this.program?.stop();
  }
}
