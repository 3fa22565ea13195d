import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { newId } from '../kernel/ids.js';

/** How often each connection must answer: silence is all that a firewall leaves of one it has dropped. */
const SIGN_OF_LIFE_EVERY_MS = 2_000;
/** A new connection each time, so not as often. */
const SAME_SERVER_EVERY_MS = 5_000;
/** Far longer than a key is needed. */
const KEY_LIFE_MS = 60_000;

/** What shows that a connection works. `none`: it waits for jobs, and its user watches over it. */
export type SignOfLife = 'write' | 'ping' | 'none';

type Watched = { readonly redis: Redis; readonly sign: SignOfLife; openSince: number; isAsked: boolean };

type Options = Readonly<{
  /** Longest wait for an answer, in milliseconds. */
  timeoutMs: number;
  /** Reads a key over a new connection to the address. */
  readAnew: (key: string) => Promise<string | null>;
  onSilence: (redis: Redis) => void;
}>;

/**
 * Ends connections that lead nowhere, or no longer to where the address leads: nothing but the questions asked here would tell.
 *
 * All connections follow the first one that writes, whose server is compared with the address: when it has to be opened again, those that are older
 * are too. One that stayed behind, on a server that was replaced and still runs, would take jobs and messages nobody sends there any more.
 */
export class ConnectionWatch {
  private readonly watched: Watched[] = [];
  private readonly key = `connection-watch:${newId()}`;
  private readonly timers: readonly NodeJS.Timeout[];
  private first: Redis | undefined;
  private firstLostAt = 0;

  constructor(private readonly options: Options) {
    this.timers = [setInterval(() => void this.askAll(), SIGN_OF_LIFE_EVERY_MS), setInterval(() => void this.followAddress(), SAME_SERVER_EVERY_MS)];
    for (const timer of this.timers) timer.unref();
  }

  add(redis: Redis, sign: SignOfLife): void {
    const watched: Watched = { redis, sign, openSince: 0, isAsked: false };
    this.watched.push(watched);
    redis.on('ready', () => (watched.openSince = Date.now()));
    if (sign === 'write' && !this.first) this.lead(redis);
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private lead(redis: Redis): void {
    this.first = redis;
    redis.on('close', () => (this.firstLostAt = Date.now()));
    redis.on('ready', () => this.renewOlderThan(this.firstLostAt));
  }

  private async askAll(): Promise<void> {
    await Promise.all(this.watched.map((each) => this.ask(each)));
  }

  private async ask(watched: Watched): Promise<void> {
    const { redis, sign } = watched;
    if (sign === 'none' || redis.status !== 'ready' || watched.isAsked) return;

    watched.isAsked = true;
    const { stream } = redis;
    const heardBefore = stream.bytesRead;
    const answer: Promise<unknown> = sign === 'write' ? redis.set(this.key, '', 'PX', KEY_LIFE_MS) : redis.ping();
    // What an error means is seen where the connection was opened.
    await Promise.race([answer.catch(() => undefined), sleep(this.options.timeoutMs, undefined, { ref: false })]);
    // A process that was busy hears what has arrived only after its timers have run out.
    await nextTurn();
    watched.isAsked = false;
    const isSilent = stream.bytesRead === heardBefore && redis.stream === stream && redis.status === 'ready';
    if (isSilent) {
      this.options.onSilence(redis);
      renew(redis);
    }
  }

  /** What is written over the first connection must be there for a new one. */
  private async followAddress(): Promise<void> {
    const { first } = this;
    if (first?.status !== 'ready') return;
    const [key, written] = [`${this.key}:address`, newId()];
    try {
      await first.set(key, written, 'PX', KEY_LIFE_MS);
      if ((await this.options.readAnew(key)) !== written) renew(first);
    } catch {
      // Whichever of the two failed, this shows no difference between them.
    }
  }

  private renewOlderThan(time: number): void {
    for (const { redis, openSince } of this.watched) if (openSince < time) renew(redis);
  }
}

/**
 * Opens it again. Not with `disconnect`: whoever is gone answers no farewell; and in the middle of asking Sentinels it would end for good.
 */
export function renew(redis: Redis): void {
  if (redis.status === 'ready' || redis.status === 'connect') redis.stream.destroy();
}
