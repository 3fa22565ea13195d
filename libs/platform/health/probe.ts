import { setTimeout as sleep } from 'node:timers/promises';

/** Down is what answers `status: 'down'`, throws, or does not answer in time. */
type Answer = Readonly<Record<string, unknown> & { status?: 'down' }>;
export type ProbeResult = Readonly<{ status: 'up' | 'down'; latencyMs: number } & Record<string, unknown>>;

/**
 * Asks a dependency how it is, with an end to the waiting. Callers who come while a question is open share its answer,
 * so that probes of a frozen server pile up neither connections nor commands.
 */
export class Probe {
  private open: Promise<ProbeResult> | undefined;

  constructor(
    private readonly ask: () => Promise<Answer | void>,
    private readonly timeoutMs: number,
  ) {}

  async check(): Promise<ProbeResult> {
    const giveUp = new AbortController();
    const timeout = sleep<ProbeResult>(this.timeoutMs, { status: 'down', latencyMs: this.timeoutMs }, { signal: giveUp.signal });
    timeout.catch(() => undefined);
    try {
      this.open ??= this.question();
      return await Promise.race([this.open, timeout]);
    } finally {
      giveUp.abort();
    }
  }

  /** Never rejects, and says nothing of why: driver texts hold addresses. */
  private async question(): Promise<ProbeResult> {
    const startedAt = performance.now();
    const latencyMs = () => Math.round((performance.now() - startedAt) * 10) / 10;
    try {
      const answer = await this.ask();
      return { status: 'up', latencyMs: latencyMs(), ...answer };
    } catch {
      return { status: 'down', latencyMs: latencyMs() };
    } finally {
      this.open = undefined;
    }
  }
}
