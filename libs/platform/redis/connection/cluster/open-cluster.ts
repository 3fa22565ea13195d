import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { ClusterAddress } from './cluster-address.js';

/** A failover is over, or the caller has waited for long enough: 100 ms pass before each. */
const MOST_REDIRECTIONS = 8;

/** What a Redis Cluster has to know of a connection; of the other options each of its nodes is told. */
const OF_THE_CLUSTER = ['lazyConnect', 'enableOfflineQueue', 'enableAutoPipelining'] as const;

type Followed = Readonly<{
  delay: () => number;
  timeoutMs: number;
  /** A node was found, of which nothing is known yet. */
  found: (node: Redis) => void;
  gone: (node: Redis) => void;
}>;

/**
 * All nodes of a Redis Cluster as one connection: each command goes to the node that has its keys. It takes the place of a `Redis`,
 * whose commands it has too; what they must not do is to name keys of several slots.
 */
export function openCluster(
  { nodes, options: address }: ClusterAddress,
  options: RedisOptions,
  followed: Followed,
): Cluster {
  const { delay, timeoutMs, found, gone } = followed;
  const ofCluster: ClusterOptions = Object.fromEntries(OF_THE_CLUSTER.map((name) => [name, options[name]]));
  const { lazyConnect: _lazy, enableOfflineQueue: _queue, enableAutoPipelining: _pipelining, ...ofNodes } = options;
  const cluster = new Cluster(nodes, {
    ...ofCluster,
    clusterRetryStrategy: delay,
    maxRedirections: MOST_REDIRECTIONS,
    slotsRefreshTimeout: timeoutMs,
    // Names stay names: certificates are made out to them.
    dnsLookup: (name, callback) => callback(null, name),
    redisOptions: { ...address, ...ofNodes },
  });
  cluster.on('+node', found).on('-node', gone);
  failWhenClosed(cluster);
  return cluster;
}

/** ioredis leaves it open for ever when a cluster answers that it does not serve all keys. */
function failWhenClosed(cluster: Cluster): void {
  const connect = cluster.connect.bind(cluster);
  cluster.connect = () =>
    new Promise<void>((resolve, reject) => {
      const closed = () => reject(new Error('The Redis Cluster is away.'));
      cluster.once('close', closed);
      connect()
        .then(resolve, reject)
        .finally(() => cluster.off('close', closed));
    });
}

/**
 * A connection to one node, and after each loss to the next: messages that one node is told reach the subscribers of all. Not through
 * the cluster's own subscriber, of which nobody could tell when it has fallen silent.
 */
export function openOneNode({ nodes, options: address }: ClusterAddress, options: RedisOptions): Redis {
  let turn = Math.floor(Math.random() * nodes.length);
  const next = () => nodes[turn++ % nodes.length];
  const redis = new Redis({ ...address, ...options, ...next() });
  return redis.on('reconnecting', () => void Object.assign(redis.options, next()));
}
