import type { DueDeliveries, DueEndpoint, Round, Settled } from '../application/sending/due-deliveries.js';
import type { DisabledReason } from '../domain/endpoint.js';

/** So many are due at one endpoint; remembers what becomes of them. */
export class RecordedDue implements DueDeliveries {
  readonly settled: Settled[] = [];
  readonly failing: (Date | null)[] = [];
  readonly disabled: DisabledReason[] = [];
  isDisabled = false;

  constructor(
    private readonly count: number,
    private readonly failingSince: Date | null,
  ) {}

  async endpoints(): Promise<readonly DueEndpoint[]> {
    return [];
  }

  async take(): Promise<Round | null> {
    if (this.count === 0) return null;
    const deliveries = Array.from({ length: this.count }, (_, index) => ({
      ...{ id: `delivery-${index}`, messageId: `msg_${index}`, body: '{}', attempts: 0 },
    }));
    const { failingSince } = this;
    return {
      url: 'https://receiver.example/',
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='],
      failingSince,
      deliveries,
    };
  }

  async settle(settled: readonly Settled[]): Promise<void> {
    this.settled.push(...settled);
  }

  async release(): Promise<void> {}

  async setFailing(_: string, since: Date | null): Promise<void> {
    this.failing.push(since);
  }

  async disable(_: string, reason: DisabledReason): Promise<boolean> {
    if (this.isDisabled) return false;
    this.disabled.push(reason);
    return true;
  }
}
