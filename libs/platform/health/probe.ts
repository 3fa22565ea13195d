import { setTimeout as sleep } from 'node:timers/promises';

/** Down is what answers `status: 'down'`, throws, or does not answer in time; degraded what works and should be mended all the same. */
type Answer = Readonly<Record<string, unknown> & { status?: 'degraded' | 'down'; code?: string }>;
export type ProbeResult = Readonly<
  { status: 'up' | 'degraded' | 'down'; latencyMs: number; code?: string } & Record<string, unknown>
>;

/**
 * Asks a dependency how it is, with an end to the waiting. Callers who come while a question is open share its answer,
 * so that probes of a frozen server pile up neither connections nor commands.
 */
export class Probe {
  private open: Promise<ProbeResult> | undefined;

  /** `codeOf` names what went wrong, given the error or, when there was no answer in time, nothing. */
  constructor(
    private readonly ask: () => Promise<Answer | void>,
    private readonly timeoutMs: number,
    private readonly codeOf: (error?: unknown) => string | undefined = () => undefined,
  ) {}

  async check(): Promise<ProbeResult> {
    const giveUp = new AbortController();
    const timeout = sleep(this.timeoutMs, null, { signal: giveUp.signal });
    timeout.catch(() => undefined);
    try {
      this.open ??= this.question();
      return (
        (await Promise.race([this.open, timeout])) ?? { status: 'down', latencyMs: this.timeoutMs, code: this.codeOf() }
      );
    } finally {
      giveUp.abort();
    }
  }

  /** Never rejects, and tells no more than a code: driver texts hold addresses. */
  private async question(): Promise<ProbeResult> {
    const startedAt = performance.now();
    const latencyMs = () => Math.round((performance.now() - startedAt) * 10) / 10;
    try {
      const answer = await this.ask();
      return { status: 'up', latencyMs: latencyMs(), ...answer };
    } catch (error) {
      return { status: 'down', latencyMs: latencyMs(), code: this.codeOf(error) };
    } finally {
      this.open = undefined;
    }
  }
}
