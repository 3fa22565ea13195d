import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { unavailable } from '#platform/kernel/errors/service-unavailable.js';
import { isEnded } from '#platform/kernel/operations/operations.js';
import { Shutdown } from '#platform/kernel/shutdown.js';
import type { OperationView } from '#platform/operations/operation-views.js';

const LOOK_EVERY_MS = 1_000;
/** Proxies close a connection on which nothing happens; most wait a minute. */
const KEEP_ALIVE_MS = 15_000;
/** Then the client connects again, by itself, and shows anew who it is. */
const LONGEST_MS = 300_000;
/** Of one process. Each asks Postgres once a second. */
const MOST = 200;

/** How far an operation is, as server-sent events (HTML Living Standard, section 9.2): one for each change, until its end. */
@Injectable()
export class OperationStreams {
  private open = 0;

  constructor(private readonly shutdown: Shutdown) {}

  /** @param read looks again @throws ServiceUnavailable when too many are open */
  stream(first: OperationView, read: () => Promise<OperationView>): Readable {
    if (this.open >= MOST) throw unavailable('streams');

    this.open += 1;
    return Readable.from(this.events(first, read), { objectMode: false }).once('close', () => (this.open -= 1));
  }

  private async *events(first: OperationView, read: () => Promise<OperationView>): AsyncGenerator<string> {
    const endsAt = performance.now() + LONGEST_MS;
    let saidAt = performance.now();
    let [said, current] = ['', first];
    while (true) {
      const event = eventOf(current);
      const isNews = event !== said;
      if (isNews || performance.now() - saidAt > KEEP_ALIVE_MS) {
        yield isNews ? event : ':\n\n';
        saidAt = performance.now();
      }
      said = event;

      if (isEnded(current) || performance.now() > endsAt) return;
      await sleep(LOOK_EVERY_MS, undefined, { signal: this.shutdown.signal }).catch(() => undefined);
      if (this.shutdown.hasBegun) return;
      current = await read();
    }
  }
}

const eventOf = (operation: OperationView): string => `event: operation\ndata: ${JSON.stringify(operation)}\n\n`;
