import { Injectable } from '@nestjs/common';
import { type Cluster, Redis, type RedisOptions } from 'ioredis';
import { Config } from '../../config/config.js';
import { traceCommands } from '../../telemetry/trace-commands.js';
import { clusterAddress } from './cluster/cluster-address.js';
import { openCluster, openOneNode } from './cluster/open-cluster.js';
import { ConnectionWatch, renew, type SignOfLife } from './connection-watch.js';
import { endConnection } from './end-connection.js';
import { OutageLog } from './outage-log.js';
import { readAnew } from './read-anew.js';
import { ReconnectionDelay } from './reconnection-delay.js';
import { type RedisAddress, redisAddress, withoutUser } from './redis-address.js';
import { isFromWrongServer, isRefusal, isRefusedCommand, problemOf, type RedisProblem } from './redis-problem.js';

type CommandError = Error & { command?: { name: string } };
/** What a connection is for, and how ConnectionWatch sees that it works. */
type Purpose = Readonly<{ name: string; sign: SignOfLife }>;

/** How long readiness goes on telling of a command that was refused. */
const REFUSAL_COUNTS_MS = 60_000;
const NEEDLESS_PASSWORD = /without any password configured|no password is set/;

/**
 * Opens Redis connections by what they are for, and closes all of them. None of them ever gives up reconnecting, and none stays with
 * a server that is silent, takes no writes, or is not the one any more that the address leads to.
 */
@Injectable()
export class RedisConnections {
  private readonly opened = new Set<Redis>();
  private readonly problems = new Map<Redis, RedisProblem>();
  private readonly outages = new OutageLog();
  private readonly address: RedisAddress;
  private readonly watch: ConnectionWatch;
  private refusal: Readonly<{ problem: RedisProblem; at: number }> | undefined;
  private isPasswordNeedless = false;

  constructor(private readonly config: Config) {
    this.address = redisAddress(config);
    this.watch = new ConnectionWatch({
      timeoutMs: config.REDIS_TIMEOUT,
      readAnew: (key) => readAnew(this.isPasswordNeedless ? withoutUser(this.address) : this.address, key),
      onSilence: (redis) => this.lost(redis, Object.assign(new Error('No answer'), { code: 'SILENT' })),
    });
  }

  /**
   * For commands somebody waits for: they fail rather than queue up. Not connected yet.
   * Without automatic pipelining, which would send the commands of many requests in the name and trace of the first.
   */
  commands(): Redis {
    const redis = this.open({ name: 'commands', sign: 'write' }, this.failFast());
    traceCommands(redis);
    return redis;
  }

  /** Like `commands`, for what each request counts: a span of its own would double what is exported and tell nothing. */
  counters(): Redis {
    return this.open({ name: 'counters', sign: 'write' }, { ...this.failFast(), enableAutoPipelining: true });
  }

  /** For a BullMQ worker, which keeps its commands until Redis is back, and waits for jobs on a duplicate of it. */
  worker(): Redis {
    return this.open({ name: 'worker', sign: 'write' }, { maxRetriesPerRequest: null });
  }

  /** For pub/sub. Subscribers subscribe again whenever the connection is ready: what is published in between is lost. */
  subscriber(): Redis {
    const [purpose, options] = [
      { name: 'subscriber', sign: 'ping' } as const,
      { maxRetriesPerRequest: null, autoResubscribe: false },
    ];
    if (!this.isCluster) return this.open(purpose, options);
    return this.follow(purpose, options, (all) => openOneNode(clusterAddress(this.config), all));
  }

  /** Why this connection is not open, or what it was refused lately. */
  problemOf(redis: Redis): RedisProblem | undefined {
    const { refusal } = this;
    const isRecent = refusal && Date.now() - refusal.at < REFUSAL_COUNTS_MS;
    return this.problems.get(redis) ?? (isRecent ? refusal.problem : undefined);
  }

  /** What an answer says is wrong. That it is a cluster is no problem where one is expected. */
  problemIn(error: Error): RedisProblem | undefined {
    const problem = problemOf(error);
    return problem === 'REDIS_IS_CLUSTER' && this.isCluster ? 'REDIS_CLUSTER_DOWN' : problem;
  }

  /** Without QUIT, which a frozen Redis would never answer; by now nobody waits for anything else. */
  close(): void {
    this.watch.stop();
    for (const redis of this.opened) endConnection(redis);
  }

  private failFast(): RedisOptions {
    return {
      lazyConnect: true,
      enableOfflineQueue: false,
      commandTimeout: this.config.REDIS_TIMEOUT,
      maxRetriesPerRequest: 1,
    };
  }

  private get isCluster(): boolean {
    return this.config.REDIS_CLUSTER_NODES.length > 0;
  }

  private open(purpose: Purpose, options: RedisOptions): Redis {
    if (this.isCluster) return this.openCluster(purpose, options);
    const { url, options: address } = redisAddress(this.config);
    return this.follow(purpose, options, (all) => new Redis(url, { ...address, ...all }));
  }

  private nameOf({ name }: Purpose): string {
    return `${this.config.OTEL_SERVICE_NAME}:${name}`.replaceAll(/\s/g, '-');
  }

  private openCluster(purpose: Purpose, options: RedisOptions): Redis {
    const delay = new ReconnectionDelay();
    const ofNodes: RedisOptions = {
      ...options,
      connectionName: this.nameOf(purpose),
      reconnectOnError: (error: CommandError) => {
        this.noteRefusal(error);
        return false;
      },
    };
    const cluster = openCluster(clusterAddress(this.config), ofNodes, {
      delay: () => delay.next(),
      timeoutMs: this.config.REDIS_TIMEOUT,
      found: (node) => this.watch.add(node, purpose.sign === 'none' ? 'none' : 'ping'),
      gone: (node) => this.watch.forget(node),
    });
    // It has the commands of a Redis, and its events.
    const redis = cluster as unknown as Redis;
    const lost = (error: Error & { lastNodeError?: Error }) => {
      delay.isRefused = isRefusal(this.lost(redis, error.lastNodeError ?? error));
    };
    cluster.on('error', lost).on('node error', lost);
    // Every few seconds it finds out anew where the keys are: a node that has ended is then no loss any more.
    for (const event of ['ready', 'refresh']) cluster.on(event, () => this.isBack(redis, delay));
    cluster.duplicate = () =>
      this.open({ name: `${purpose.name}:waiting`, sign: 'none' }, options) as unknown as Cluster;
    this.opened.add(redis);
    return redis;
  }

  private follow(purpose: Purpose, options: RedisOptions, open: (all: RedisOptions) => Redis): Redis {
    const { name, sign } = purpose;
    const delay = new ReconnectionDelay();
    const redis: Redis = open({
      connectionName: this.nameOf(purpose),
      retryStrategy: () => delay.next(),
      reconnectOnError: (error) => this.answered(redis, error),
      ...options,
    });
    // Also what keeps a failed connection from ending the process.
    redis.on('error', (error: Error) => {
      const problem = this.lost(redis, error);
      delay.isRefused = isRefusal(problem);
      // ioredis would go on in database 0.
      if (problem === 'REDIS_DATABASE_UNKNOWN' || problem === 'REDIS_IS_CLUSTER') renew(redis);
    });
    redis.on('ready', () => this.isBack(redis, delay));
    // BullMQ opens another one like it to wait on, which must not escape all this.
    redis.duplicate = (override) => this.open({ name: `${name}:waiting`, sign: 'none' }, { ...options, ...override });
    this.opened.add(redis);
    this.watch.add(redis, sign);
    return redis;
  }

  private isBack(redis: Redis, delay: ReconnectionDelay): void {
    delay.opened();
    delay.isRefused = false;
    this.problems.delete(redis);
    this.outages.opened(redis);
  }

  private lost(redis: Redis, error: Error & { code?: unknown }): RedisProblem {
    // Without a code of Node's it is only what follows from the problem before, such as a command given up; and a reset can overtake its reason.
    const isMereEnd = error.code === undefined || error.code === 'ECONNRESET';
    const earlier = isMereEnd ? this.problems.get(redis) : undefined;
    const problem = this.problemIn(error) ?? earlier ?? 'REDIS_UNAVAILABLE';
    this.problems.set(redis, problem);
    this.outages.lost(redis, problem, error);
    return problem;
  }

  /** Called for every error that Redis answers with; true opens the connection again. The command is refused in any case: it may be part of a transaction. */
  private answered(redis: Redis, error: CommandError): boolean {
    if (isFromWrongServer(error)) {
      this.lost(redis, error);
      return true;
    }
    if (NEEDLESS_PASSWORD.test(error.message)) this.isPasswordNeedless = true;
    this.noteRefusal(error);
    return false;
  }

  private noteRefusal(error: CommandError): void {
    const problem = this.problemIn(error);
    if (!problem || !isRefusedCommand(error)) return;
    this.refusal = { problem, at: Date.now() };
    this.outages.refused(problem, error.command?.name ?? '');
  }
}
