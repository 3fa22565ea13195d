import { lookup } from 'node:dns';
import { setTimeout as delay } from 'node:timers/promises';
import { BrokenCircuitError, BulkheadRejectedError, bulkhead } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { fetch, type Pool, Request, type RequestInit } from 'undici';
import { type AnswerLimit, wholeAnswer } from './answer.js';
import { CallTelemetry } from './call-telemetry.js';
import { Destination, type DestinationLimits } from './destination.js';
import { addressCheck } from './given-addresses/address-check.js';
import { guardedConnector, type Resolve } from './given-addresses/guarded-connector.js';
import { nameResolver } from './given-addresses/name-resolver.js';
import { publicAddressesAnd } from './given-addresses/public-address.js';
import { OutboundFailure, toOutboundFailure } from './outbound-failure.js';
import { type PlainAnswer, plainCall } from './plain-call.js';
import { isPortOfAnotherProtocol } from './ports.js';
import { isRepeatable, pauseAfter } from './retries.js';
import { within } from './within.js';

/** Destinations that are remembered, those least used forgotten first; and calls at the same time to all of them, with as many that wait. */
const MAX_DESTINATIONS = 500;
const MAX_CALLS = 200;
const DEFAULTS = {
  longer: 'refused',
  connectMs: 2_000,
  headersMs: 5_000,
  bodyMs: 5_000,
  totalMs: 10_000,
  attempts: 3,
  concurrency: 20,
  breakMs: 10_000,
} as const;

export type OutboundOptions = Readonly<{
  /** What metrics call it, such as `oidc`. */
  name: string;
  /** Who has chosen the addresses. Those of users are connected to only where they are public, whatever names they come under. */
  addressesFrom: 'configuration' | 'users';
  /** Addresses and CIDR ranges that users may name although they are not public, such as those of receivers in one's own network. */
  alsoAllowed?: readonly string[];
  /** Of an answer, after decompression. */
  maxBytes: number;
  /** What becomes of a longer one; default: it is refused. */
  longer?: AnswerLimit['longer'];
  connectMs?: number;
  /** All of it: waiting for a place, attempts, pauses. */
  totalMs?: number;
  /** For calls that may be repeated, the first one included. */
  attempts?: number;
  /** Instead of the system's for configured addresses, and of the name servers for those of users. */
  resolve?: Resolve;
}> &
  Partial<DestinationLimits>;

/** What libraries hand to a `fetch` of one's own. */
export type OutboundRequest = Readonly<{
  method?: string | undefined;
  headers?: HeadersInit | undefined;
  /** What `fetch` takes, but no stream: it may have to be sent again. */
  body?: unknown;
  signal?: AbortSignal | null | undefined;
  /** The only way: an answer that leads elsewhere is an answer. To follow it is to ask again, and to be checked again. */
  redirect?: 'manual';
}>;

/** A message that is sent, and of whose answer little matters. `signal` bounds its time, and may be that of many. */
export type Posted = Readonly<{ headers: Readonly<Record<string, string>>; body: string; signal: AbortSignal }>;

type Call = Readonly<{ url: URL; method: string; headers: Headers; body: unknown; signal: AbortSignal }>;

/** Calls to other servers, each of them bounded in time, size and number. Make one for each purpose, and keep it. */
export class OutboundClient {
  private readonly options;
  private readonly connect;
  private readonly checkAddress;
  private readonly telemetry: CallTelemetry;
  private readonly places = bulkhead(MAX_CALLS, MAX_CALLS);
  private readonly destinations = new LRUCache<string, Destination>({
    max: MAX_DESTINATIONS,
    // Calls under way go on to their end.
    dispose: ({ pool }) => void pool.close(),
  });

  constructor(options: OutboundOptions) {
    this.options = { ...DEFAULTS, ...options };
    const { name, addressesFrom, alsoAllowed = [], connectMs } = this.options;
    const isFromUsers = addressesFrom === 'users';
    this.telemetry = new CallTelemetry(name, isFromUsers);
    const isAllowed = isFromUsers ? publicAddressesAnd(alsoAllowed) : () => true;
    // Half of the time, so that some is left to connect.
    const resolve = options.resolve ?? (isFromUsers ? nameResolver(Math.ceil(connectMs / 2)) : lookup);
    this.connect = guardedConnector({ connectMs, isAllowed, resolve });
    this.checkAddress = addressCheck(resolve, isAllowed);
  }

  /**
   * Whether an address leads, today, where calls may go; connects to nothing. For an answer to whom gives the address: each call finds out for
   * itself, and a name that is not known yet is no reason to refuse it. @throws OutboundFailure with `url-refused` or `address-refused`
   */
  async check(address: string | URL): Promise<void> {
    const url = callable(address);
    if (isPortOfAnotherProtocol(url)) throw new OutboundFailure('url-refused', url.origin);
    await this.checkAddress(url);
  }

  /**
   * As `fetch` does, with the whole answer read. What may be repeated is, when there is no answer or one that says "not now", for as long as
   * the time lasts: then the last answer or failure counts.
   * @throws OutboundFailure; the reason of the caller's signal; TypeError for what is no request
   */
  async fetch(address: string | URL, request: OutboundRequest = {}): Promise<Response> {
    const url = callable(address);
    const limit = {
      milliseconds: this.options.totalMs,
      reason: new OutboundFailure('timeout', url.origin),
      outer: request.signal,
    };
    return within(limit, (signal) =>
      this.repeat({
        url,
        method: (request.method ?? 'GET').toUpperCase(),
        headers: new Headers(request.headers),
        body: request.body,
        signal,
      }),
    );
  }

  /**
   * The quick way for many small messages: what `fetch` has of its own (streams, decompression, forms) costs several times the call. Once,
   * and never repeated. @throws OutboundFailure; the reason of the signal
   */
  async post(address: string | URL, message: Posted): Promise<PlainAnswer> {
    const url = callable(address);
    if (isPortOfAnotherProtocol(url)) throw new OutboundFailure('url-refused', url.origin);
    const answer = await this.inPlace(url.origin, message.signal, ({ pool }) => this.sendPlainly(url, message, pool));
    if (answer instanceof OutboundFailure) throw answer;
    return answer;
  }

  private async sendPlainly(url: URL, { headers: given, body, signal }: Posted, pool: Pool): Promise<PlainAnswer> {
    const headers = new Map(Object.entries(given));
    const finish = this.telemetry.start({ url, method: 'POST', headers, resends: 0 });
    try {
      const answer = await plainCall(pool, { url, headers, body, signal }, this.options);
      finish({ status: answer.status });
      return answer;
    } catch (error) {
      const failure: unknown = signal.aborted ? signal.reason : toOutboundFailure(error, url.origin);
      finish({ error: failure });
      throw failure;
    }
  }

  private async repeat(call: Call): Promise<Response> {
    const endsAt = performance.now() + this.options.totalMs;
    const canRepeat = isRepeatable(call.method, call.headers);
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.attempt(call, attempt);
      const pause = attempt < this.options.attempts ? pauseAfter(outcome, attempt, canRepeat) : null;
      if (pause === null || performance.now() + pause >= endsAt) {
        if (outcome instanceof OutboundFailure) throw outcome;
        return outcome;
      }
      await delay(pause, undefined, { signal: call.signal });
    }
  }

  private attempt(call: Call, attempt: number): Promise<Response | OutboundFailure> {
    return this.inPlace(call.url.origin, call.signal, (destination) => this.send(call, destination, attempt));
  }

  /** Where there is a place for it, over all and at this destination. */
  private async inPlace<Answer extends Readonly<{ status: number }>>(
    origin: string,
    signal: AbortSignal,
    work: (destination: Destination) => Promise<Answer>,
  ): Promise<Answer | OutboundFailure> {
    const destination = this.destinationOf(origin);
    try {
      return await this.places.execute(() => destination.run(() => work(destination), signal), signal);
    } catch (error) {
      if (error instanceof OutboundFailure) return error;
      if (error instanceof BulkheadRejectedError) return new OutboundFailure('busy', origin, error);
      if (error instanceof BrokenCircuitError) return new OutboundFailure('circuit-open', origin, error);
      throw signal.aborted ? signal.reason : error;
    }
  }

  private async send(call: Call, { pool }: Destination, attempt: number): Promise<Response> {
    const { url, method, body, signal } = call;
    const init = { method, headers: [...call.headers], body, signal, redirect: 'manual' };
    const request = new Request(url, init as RequestInit);
    const finish = this.telemetry.start({ url, method, headers: request.headers, resends: attempt - 1 });
    try {
      const received = await fetch(request, { dispatcher: pool });
      const answer = await wholeAnswer(received, this.options, url.origin);
      finish({ status: answer.status });
      return answer;
    } catch (error) {
      const failure: unknown = signal.aborted ? signal.reason : toOutboundFailure(error, url.origin);
      finish({ error: failure });
      throw failure;
    }
  }

  private destinationOf(origin: string): Destination {
    let destination = this.destinations.get(origin);
    if (!destination)
      this.destinations.set(origin, (destination = new Destination(origin, this.connect, this.options)));
    return destination;
  }
}

/** @throws OutboundFailure */
function callable(address: string | URL): URL {
  const url = URL.parse(address);
  if (url && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '') return url;
  throw new OutboundFailure('url-refused', url ? `${url.protocol}//${url.host}` : 'no URL');
}
