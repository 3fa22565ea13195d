import { Redis } from 'ioredis';
import { whenAllKnow } from '../../../../tools/servers/redis/redis-cluster.ts';
import { type CuttableProxy, cuttableProxy } from './cuttable-proxy.js';
import { programServers, type WorkerServers, workerServers } from './worker-servers.js';

/** The servers of this test's worker behind proxies of one test's own, which are cut, frozen, stranded and restored together. */
export type CuttableServers = Readonly<{
  /** What leads a program there. */
  env: WorkerServers;
}> &
  Pick<CuttableProxy, 'cut' | 'freeze' | 'strand' | 'restore' | 'close'>;

/** Postgres: wherever the program would find it, also its standby and the way past a pooler. */
export async function cuttablePostgres(): Promise<CuttableServers> {
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_REPLICA_URL } = programServers();
  const urls = Object.entries({ DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_REPLICA_URL });
  const proxies: CuttableProxy[] = [];
  const env: Record<string, string> = {};
  for (const [name, url] of urls) {
    if (url === undefined) continue;
    const proxy = await cuttableProxy(url);
    proxies.push(proxy);
    env[name] = proxy.url;
  }
  return { env, ...together(proxies) };
}

/** Redis: one server, or each node of a cluster, which then sends everybody to the proxies. */
export async function cuttableRedis(): Promise<CuttableServers> {
  const nodes = redisNodes();
  const proxies = await Promise.all(nodes.map(cuttableProxy));
  const [REDIS_URL] = proxies.map(({ url }) => url);
  if (!workerServers().REDIS_CLUSTER_NODES) return { env: { REDIS_URL }, ...together(proxies) };

  await announce(proxies);
  const { close, ...losses } = together(proxies);
  return {
    env: { REDIS_URL, REDIS_CLUSTER_NODES: proxies.map(({ url }) => new URL(url).host).join(',') },
    ...losses,
    close: async () => {
      await announce(nodes.map((url) => ({ url })));
      await close();
    },
  };
}

/** The Redis of this test's worker, node by node. */
function redisNodes(): readonly string[] {
  const { REDIS_URL = '', REDIS_CLUSTER_NODES: nodes } = workerServers();
  return nodes?.split(',').map((host) => Object.assign(new URL(REDIS_URL), { host }).href) ?? [REDIS_URL];
}

/** What `work` does on each node, past all proxies. */
export async function onRedisNodes<T>(work: (redis: Redis, index: number) => Promise<T>): Promise<readonly T[]> {
  const connections = redisNodes().map((url) => new Redis(url));
  try {
    return await Promise.all(connections.map(work));
  } finally {
    for (const redis of connections) redis.disconnect();
  }
}

/** Each node tells the others, and they tell clients, that it is there. */
async function announce(places: readonly Readonly<{ url: string }>[]): Promise<void> {
  const ports = places.map(({ url }) => Number(new URL(url).port));
  await onRedisNodes((redis, index) => redis.config('SET', 'cluster-announce-port', ports[index] ?? 0));
  await onRedisNodes((admin) => whenAllKnow([{ admin }], ports));
}

const together = (proxies: readonly CuttableProxy[]): Omit<CuttableServers, 'env'> => {
  const each = (loss: 'cut' | 'freeze' | 'strand' | 'restore') => () => {
    for (const proxy of proxies) proxy[loss]();
  };
  return {
    cut: each('cut'),
    freeze: each('freeze'),
    strand: each('strand'),
    restore: each('restore'),
    close: async () => {
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
  };
};
