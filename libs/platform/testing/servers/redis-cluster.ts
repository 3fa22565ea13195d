import { Cluster } from 'ioredis';
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
  /** The master that holds the key ends; its replica, if it has one, is promoted. */
  endMasterOf: (key: string) => Promise<void>;
  stop: () => Promise<void>;
}>;

const SLOTS = 16_384;
const QUEUE = '{queue}';
const busPort = (port: number) => (port < 50_000 ? port + 10_000 : port - 10_000);

export async function startRedisCluster(): Promise<RedisCluster> {
  const servers = await Promise.all(
    Array.from({ length: 4 }, () =>
      startRedisServer((port) => [
        'cluster-enabled yes',
        `cluster-port ${busPort(port)}`,
        'cluster-node-timeout 1000',
        'repl-diskless-sync-delay 0',
      ]),
    ),
  );
  const [first, ...others] = servers as [RedisServer, ...RedisServer[]];
  const masters = servers.slice(0, 3);
  const slotOf = (key: string) => first.admin.cluster('KEYSLOT', key);
  const ownerOf = async (key: string) => masters[Math.floor((await slotOf(key)) / (SLOTS / 3))] as RedisServer;

  for (const [index, { admin }] of masters.entries()) {
    const [from, to] = [Math.ceil((index * SLOTS) / 3), Math.ceil(((index + 1) * SLOTS) / 3) - 1];
    await admin.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
  }
  for (const { port } of others) await first.admin.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort(port));
  const replica = servers[3] as RedisServer;
  const owner = String(await (await ownerOf(QUEUE)).admin.cluster('MYID' as never));
  await eventually(() => replica.admin.call('CLUSTER', 'REPLICATE', owner));
  for (const { admin } of servers)
    await eventually(async () => {
      const [state, known] = [await admin.cluster('INFO'), await admin.call('CLUSTER', 'NODES')];
      if (!String(state).includes('cluster_state:ok') || String(known).trim().split('\n').length !== servers.length)
        throw new Error('The cluster has not come together');
    });
  await eventually(async () => {
    if (!(await replica.admin.info('replication')).includes('master_link_status:up'))
      throw new Error('The replica has not caught up');
  });

  const nodes = servers.map(({ port }) => `127.0.0.1:${port}`);
  const client = new Cluster(servers.map(({ port }) => ({ host: '127.0.0.1', port })));
  client.on('error', () => undefined);
  return {
    nodes: nodes.join(','),
    env: { REDIS_URL: 'redis://cluster', REDIS_CLUSTER_NODES: nodes.join(',') },
    client,
    endMasterOf: async (key) => (await ownerOf(key)).end(),
    stop: async () => {
      client.disconnect();
      await Promise.all(servers.map((server) => server.remove()));
    },
  };
}
