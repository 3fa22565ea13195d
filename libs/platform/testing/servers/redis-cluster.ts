import { Cluster } from 'ioredis';
import { joinCluster, masterOf, nodeSettings } from '../../../../tools/servers/redis/redis-cluster.ts';
import { eventually } from '../waiting/eventually.js';
import { type RedisServer, startRedisServer } from './redis-server.js';

/** Three masters of one test's own, and a replica of the one that holds the queue. */
export type RedisCluster = Readonly<{
  /** As REDIS_CLUSTER_NODES names them. */
  nodes: string;
  /** The settings that lead a program there. */
  env: Readonly<{ REDIS_URL: string; REDIS_CLUSTER_NODES: string }>;
  /** As the service sees it. */
  client: Cluster;
  /** What each master holds. */
  keys: (pattern: string) => Promise<string[][]>;
  /** The master that holds the key ends; its replica, if it has one, is promoted. */
  endMasterOf: (key: string) => Promise<void>;
  stop: () => Promise<void>;
}>;

const QUEUE = '{queue}';
/** Short, so that a test sees a failover. */
const NODE_TIMEOUT_MS = 1_000;

export async function startRedisCluster(): Promise<RedisCluster> {
  const servers = await Promise.all(
    Array.from({ length: 4 }, () =>
      startRedisServer((port) => [...nodeSettings(port, NODE_TIMEOUT_MS), 'repl-diskless-sync-delay 0']),
    ),
  );
  const [masters, replica] = [servers.slice(0, 3), servers[3] as RedisServer];
  const ownerOf = async (key: string): Promise<RedisServer> => {
    const slot = await replica.admin.cluster('KEYSLOT', key);
    return masters[masterOf(slot, masters.length)] as RedisServer;
  };

  await joinCluster(masters, [replica]);
  await replica.admin.call('CLUSTER', 'REPLICATE', String(await (await ownerOf(QUEUE)).admin.call('CLUSTER', 'MYID')));
  await eventually(async () => {
    if (!(await replica.admin.info('replication')).includes('master_link_status:up'))
      throw new Error('The replica has not caught up');
  });

  const nodes = servers.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const client = new Cluster(servers.map(({ port }) => ({ host: '127.0.0.1', port })));
  client.on('error', () => undefined);
  return {
    nodes,
    env: { REDIS_URL: 'redis://cluster', REDIS_CLUSTER_NODES: nodes },
    client,
    keys: (pattern) => Promise.all(masters.map(({ admin }) => admin.keys(pattern))),
    endMasterOf: async (key) => (await ownerOf(key)).end(),
    stop: async () => {
      client.disconnect();
      await Promise.all(servers.map((server) => server.remove()));
    },
  };
}
