import type { ClusterOptions } from 'ioredis';
import type { Config } from '../../../config/config.js';
import { redisAddress } from '../redis-address.js';

type Node = Readonly<{ host: string; port: number }>;
export type ClusterAddress = Readonly<{ nodes: Node[]; options: NonNullable<ClusterOptions['redisOptions']> }>;

/** Nodes that know the others: those of REDIS_CLUSTER_NODES, all of them with the user, the password and the TLS of REDIS_URL. */
export function clusterAddress(config: Config): ClusterAddress {
  const { username, password, protocol } = new URL(config.REDIS_URL);
  const { options } = redisAddress(config);
  return {
    nodes: [...config.REDIS_CLUSTER_NODES],
    options: {
      ...options,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: options.tls ?? {} }),
    },
  };
}
