import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { newId } from '../../kernel/values/ids.js';

/** How often each connection must answer: silence is all that a firewall leaves of one it has dropped. */
const SIGN_OF_LIFE_EVERY_MS = 2_000;
/** A new connection each time, so not as often. */
const SAME_SERVER_EVERY_MS = 5_000;
/** Far longer than a key is needed. */
const KEY_LIFE_MS = 60_000;

/** What shows that a connection works. `none`: it waits for jobs, and its user watches over it. */
export type SignOfLife = 'write' | 'ping' | 'none';

/** `begunAt`: when it began to connect, since when it can be with another server than those before. Performance times, in milliseconds. */
type Watched = { readonly redis: Redis; readonly sign: SignOfLife; begunAt: number; isAsked: boolean };

type Options = Readonly<{
  /** Longest wait for an answer, in milliseconds. */
  timeoutMs: number;
  /** Reads a key over a new connection to the address. */
  readAnew: (key: string) => Promise<string | null>;
  onSilence: (redis: Redis) => void;
}>;

/**
 * Ends connections that lead nowhere, or no longer to where the address leads: nothing but the questions asked here would tell.
 * Those as well that are accepted and then left without a word: ioredis' own limit ends with TCP.
 *
 * All connections follow the first one that writes, whose server is compared with the address: when it has to be opened again, those that are older
 * are too. One that stayed behind, on a server that was replaced and still runs, would take jobs and messages nobody sends there any more.
 */
export class ConnectionWatch {
  private watched: readonly Watched[] = [];
  private readonly key = `connection-watch:${newId()}`;
  private readonly timers: readonly NodeJS.Timeout[];
  private first: Redis | undefined;
  private isFollowing = false;
  /** Connections that began earlier may be with a server that the first one has left. */
  private oldestAllowed = 0;

  constructor(private readonly options: Options) {
    this.timers = [
      setInterval(() => void this.askAll(), SIGN_OF_LIFE_EVERY_MS),
      setInterval(() => void this.followAddress(), SAME_SERVER_EVERY_MS),
    ];
    for (const timer of this.timers) timer.unref();
  }

  add(redis: Redis, sign: SignOfLife): void {
    const watched: Watched = { redis, sign, begunAt: performance.now(), isAsked: false };
    this.watched = [...this.watched, watched];
    redis.on('connecting', () => (watched.begunAt = performance.now()));
    redis.on('ready', () => this.leaveIfOlder(watched));
    if (sign === 'write' && !this.first) this.lead(redis);
  }

  /** One that is closed for good. */
  forget(redis: Redis): void {
    this.watched = this.watched.filter((each) => each.redis !== redis);
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private lead(redis: Redis): void {
    let lostAt = 0;
    this.first = redis;
    redis.on('close', () => (lostAt = performance.now()));
    redis.on('ready', () => {
      this.oldestAllowed = lostAt;
      for (const each of this.watched) this.leaveIfOlder(each);
    });
  }

  private leaveIfOlder({ redis, begunAt }: Watched): void {
    if (begunAt < this.oldestAllowed) renew(redis);
  }

  private async askAll(): Promise<void> {
    await Promise.all(this.watched.map((each) => this.ask(each)));
  }

  private async ask(watched: Watched): Promise<void> {
    const { redis } = watched;
    const question = this.questionFor(watched);
    if (!question || watched.isAsked) return;

    watched.isAsked = true;
    const { stream, status } = redis;
    const heardBefore = stream.bytesRead;
    // What an error means is seen where the connection was opened.
    await Promise.race([question().catch(() => undefined), this.timeout()]);
    // A process that was busy hears what has arrived only after its timers have run out.
    await nextTurn();
    watched.isAsked = false;
    const isSilent = stream.bytesRead === heardBefore && redis.stream === stream && redis.status === status;
    if (isSilent) {
      this.options.onSilence(redis);
      renew(redis);
    }
  }

  private timeout(): Promise<void> {
    return sleep(this.options.timeoutMs, undefined, { ref: false });
  }

  /** What the server has to answer. While a connection is being opened, ioredis itself has asked. */
  private questionFor({ redis, sign }: Watched): (() => Promise<unknown>) | undefined {
    if (redis.status === 'connect') return () => this.timeout();
    if (redis.status !== 'ready' || sign === 'none') return undefined;
    return sign === 'write' ? () => redis.set(this.key, '', 'PX', KEY_LIFE_MS) : () => redis.ping();
  }

  /** One round at a time: they share a key. */
  private async followAddress(): Promise<void> {
    const { first } = this;
    if (first?.status !== 'ready' || this.isFollowing) return;

    this.isFollowing = true;
    try {
      if (await this.isElsewhere(first)) renew(first);
    } catch {
      // Whichever of the two failed, this shows no difference between them.
    } finally {
      this.isFollowing = false;
    }
  }

  /**
   * What is written over the first connection must be there for a new one. If it is not, but still is for the first, these are two servers.
   * Gone for both proves nothing: a Redis that is full may evict it in between, or the first has been opened again meanwhile.
   */
  private async isElsewhere(first: Redis): Promise<boolean> {
    const [key, written] = [`${this.key}:address`, newId()];
    await first.set(key, written, 'PX', KEY_LIFE_MS);
    return (await this.options.readAnew(key)) !== written && (await first.get(key)) === written;
  }
}

/**
 * Opens it again. Not with `disconnect`: a server that is gone answers no farewell; and in the middle of asking Sentinels it would end for good.
 */
export function renew(redis: Redis): void {
  if (redis.status === 'ready' || redis.status === 'connect') redis.stream.destroy();
}
