import { Injectable } from '@nestjs/common';
import { inWorkload } from '#platform/database/pool/workload.js';
import { DueDeliveries, type DueEndpoint } from '../../application/sending/due-deliveries.js';
import { SendDueDeliveries } from '../../application/sending/send-due-deliveries.js';

/** Endpoints that are served at the same time, and how many of them may be such that fail: those can be slow all together. */
const [MOST, MOST_FAILING] = [64, 16];
/** Then others have their turn, if they wait. */
const ROUNDS = 20;

/** Serves each endpoint by itself, so that none waits for another one's answer. */
@Injectable()
export class DeliveryLanes {
  private readonly healthy = new Map<string, Promise<void>>();
  private readonly failing = new Map<string, Promise<void>>();
  private failure: unknown;

  constructor(
    private readonly due: DueDeliveries,
    private readonly sending: SendDueDeliveries,
  ) {}

  /** Begins to serve whoever is due and has a place. @param ended called after each @throws what has kept one from being served */
  async open(signal: AbortSignal, ended: () => void): Promise<void> {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure as Error;

    const endpoints = await inWorkload('webhooks', () => this.due.endpoints());
    for (const endpoint of endpoints) {
      if (signal.aborted) return;
      if (this.hasPlaceFor(endpoint)) this.serve(endpoint, signal, ended);
    }
  }

  /** Resolves when nobody is served any more. Abort the signal first. */
  async whenEmpty(): Promise<void> {
    await Promise.all([...this.healthy.values(), ...this.failing.values()]);
  }

  private hasPlaceFor({ id, isFailing }: DueEndpoint): boolean {
    if (this.healthy.has(id) || this.failing.has(id)) return false;
    return this.healthy.size + this.failing.size < MOST && (!isFailing || this.failing.size < MOST_FAILING);
  }

  private serve({ id, isFailing }: DueEndpoint, signal: AbortSignal, ended: () => void): void {
    const lanes = isFailing ? this.failing : this.healthy;
    const lane = inWorkload('webhooks', () => this.rounds(id, signal))
      .catch((error: unknown) => {
        if (!signal.aborted) this.failure = error;
      })
      .finally(() => {
        lanes.delete(id);
        ended();
      });
    lanes.set(id, lane);
  }

  private async rounds(endpointId: string, signal: AbortSignal): Promise<void> {
    try {
      for (let round = 0; round < ROUNDS; round++) if (!(await this.sending.execute(endpointId, signal))) return;
    } finally {
      await this.due.release(endpointId);
    }
  }
}
