import { Logger } from '@nestjs/common';
import {
  type BulkheadPolicy,
  bulkhead,
  circuitBreaker,
  handleWhen,
  type IPolicy,
  noop,
  SamplingBreaker,
} from 'cockatiel';
import { type buildConnector, Pool } from 'undici';
import { type FailureReason, OutboundFailure } from './outbound-failure.js';

/** The circuit opens when more than half of at least five calls within ten seconds fail. */
const FAILING = { threshold: 0.5, duration: 10_000, minimumRps: 0.5 };

/** The other side's doing. What we refuse ourselves, and what a caller gives up, says nothing about it. */
const ITS_FAULT: readonly FailureReason[] = [
  'dns',
  'connect',
  'connect-timeout',
  'tls',
  'headers-timeout',
  'body-timeout',
  'timeout',
  'connection-lost',
  'protocol',
];
function isItsFault(error: unknown): boolean {
  if (error instanceof OutboundFailure) return ITS_FAULT.includes(error.reason);
  // The time that a caller gave it.
  return error instanceof DOMException && error.name === 'TimeoutError';
}

export type DestinationLimits = Readonly<{
  headersMs: number;
  bodyMs: number;
  /** Calls at the same time, and as many again that wait. */
  concurrency: number;
  /**
   * How long it is left alone once it fails; then one call finds out. Null where several callers share a server and one that makes it fail
   * must not keep the others from it: they have a limit of their own.
   */
  breakMs: number | null;
}>;

/** One scheme, host and port, with its connections: what it does slowly or wrongly keeps nobody else from being served. */
export class Destination {
  readonly pool: Pool;
  private readonly places: BulkheadPolicy;
  private readonly circuit: IPolicy;

  constructor(
    private readonly origin: string,
    connect: buildConnector.connector,
    { headersMs, bodyMs, concurrency, breakMs }: DestinationLimits,
  ) {
    this.pool = new Pool(origin, { connect, connections: concurrency, headersTimeout: headersMs, bodyTimeout: bodyMs });
    this.places = bulkhead(concurrency, concurrency);
    this.circuit = breakMs === null ? noop : this.breaker(breakMs);
  }

  /** @throws BulkheadRejectedError, BrokenCircuitError, and what `call` throws */
  run<Answer extends Readonly<{ status: number }>>(call: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    return this.places.execute(() => this.circuit.execute(call, signal), signal);
  }

  /** Tells of an outage in two lines, however often it is tried meanwhile. */
  private breaker(breakMs: number): IPolicy {
    const circuit = circuitBreaker(
      handleWhen(isItsFault).orWhenResult((answer) => (answer as { status: number }).status >= 500),
      { halfOpenAfter: breakMs, breaker: new SamplingBreaker(FAILING) },
    );
    const logger = new Logger('Outbound');
    let isOut = false;
    circuit.onBreak(() => {
      if (!isOut) logger.warn(`${this.origin} fails too often, and is left alone until one call in a while succeeds.`);
      isOut = true;
    });
    circuit.onReset(() => {
      logger.log(`${this.origin} answers again.`);
      isOut = false;
    });
    return circuit;
  }
}
